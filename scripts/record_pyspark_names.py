"""Records the public names of PySpark's classic SQL API, as dir() tells them.

    PYTHONPATH=<pyspark's folder> python3 scripts/record_pyspark_names.py > scripts/pyspark_names.json

What is recorded: for each class its public members without those of object;
for each module the names that it defines or documents, without what it imports
for itself. `deno task parity` compares them with ours.
"""

import datetime
import inspect
import json
import sys

import pyspark
import pyspark.sql
import pyspark.sql.classic.column
import pyspark.sql.classic.dataframe
import pyspark.sql.classic.window
import pyspark.sql.datasource
import pyspark.sql.functions
import pyspark.sql.streaming.datasource
import pyspark.sql.types
from pyspark.sql import observation, udf, udtf
from pyspark.sql.catalog import Catalog
from pyspark.sql.conf import RuntimeConfig
from pyspark.sql.dataframe import DataFrameNaFunctions, DataFrameStatFunctions
from pyspark.sql.datasource import (
    DataSource,
    DataSourceArrowWriter,
    DataSourceReader,
    DataSourceRegistration,
    DataSourceStreamArrowWriter,
    DataSourceStreamReader,
    DataSourceStreamWriter,
    DataSourceWriter,
    SimpleDataSourceStreamReader,
)
from pyspark.sql.merge import MergeIntoWriter
from pyspark.sql.pandas.group_ops import PandasCogroupedOps
from pyspark.sql.readwriter import DataFrameWriterV2
from pyspark.sql.streaming import (
    DataStreamReader,
    DataStreamWriter,
    StreamingQuery,
    StreamingQueryListener,
    StreamingQueryManager,
)
from pyspark.sql.table_arg import TableArg
from pyspark.sql.tvf import TableValuedFunction

# Where the classic API adds to the class that Spark Connect shares.
CLASSIC = {
    pyspark.sql.Column: pyspark.sql.classic.column.Column,
    pyspark.sql.DataFrame: pyspark.sql.classic.dataframe.DataFrame,
    pyspark.sql.Window: pyspark.sql.classic.window.Window,
    pyspark.sql.WindowSpec: pyspark.sql.classic.window.WindowSpec,
}

CLASSES = [
    pyspark.sql.SparkSession,
    pyspark.sql.SparkSession.Builder,
    pyspark.sql.DataFrame,
    pyspark.sql.Column,
    pyspark.sql.GroupedData,
    PandasCogroupedOps,
    pyspark.sql.Window,
    pyspark.sql.WindowSpec,
    Catalog,
    pyspark.sql.DataFrameReader,
    pyspark.sql.DataFrameWriter,
    DataFrameWriterV2,
    MergeIntoWriter,
    DataFrameNaFunctions,
    DataFrameStatFunctions,
    RuntimeConfig,
    observation.Observation,
    udf.UDFRegistration,
    udf.UserDefinedFunction,
    udtf.UDTFRegistration,
    udtf.UserDefinedTableFunction,
    TableValuedFunction,
    TableArg,
    pyspark.sql.Row,
    pyspark.sql.types.StructType,
    pyspark.sql.types.StructField,
    pyspark.sql.VariantVal,
    DataSource,
    DataSourceArrowWriter,
    DataSourceReader,
    DataSourceRegistration,
    DataSourceStreamArrowWriter,
    DataSourceStreamReader,
    DataSourceStreamWriter,
    DataSourceWriter,
    SimpleDataSourceStreamReader,
    DataStreamReader,
    DataStreamWriter,
    StreamingQuery,
    StreamingQueryManager,
    StreamingQueryListener,
]

MODULES = [
    pyspark.sql,
    pyspark.sql.functions,
    pyspark.sql.types,
    pyspark.sql.streaming,
    pyspark.sql.datasource,
    pyspark.sql.streaming.datasource,
]


def members(cls):
    base = set(dir(tuple if issubclass(cls, tuple) else object))
    all_names = {*dir(cls), *dir(CLASSIC.get(cls, cls))}
    return sorted(n for n in all_names if not n.startswith("_") and n not in base)


def names(module):
    """What the module offers: its __all__, and all functions and classes of its own."""
    offered = set(getattr(module, "__all__", []))
    for name, value in vars(module).items():
        own = getattr(value, "__module__", "").startswith(module.__name__)
        if own and (inspect.isroutine(value) or inspect.isclass(value)):
            offered.add(name)
    return sorted(n for n in offered if not n.startswith("_"))


recorded = {
    "pyspark": pyspark.__version__,
    "recorded": datetime.date.today().isoformat(),
    "modules": {m.__name__: names(m) for m in MODULES},
    "classes": {
        c.__qualname__.replace("SparkSession.Builder", "SparkSession.builder"): members(c)
        for c in CLASSES
    },
}
json.dump(recorded, sys.stdout, indent=1)
print()
