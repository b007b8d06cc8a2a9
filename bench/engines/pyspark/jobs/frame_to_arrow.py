"""Rows of ten columns brought to the driver as a table."""

import pyarrow as pa
from pyspark.sql import SparkSession
from ten_columns import ten_columns


def run(spark: SparkSession, file: str, rows: int) -> pa.Table:
    return ten_columns(spark, rows).toArrow()


def checksum(result: pa.Table) -> str:
    name = result.column("name")[-1].as_py()
    nulls = result.column("city").null_count
    return f"{result.num_rows}:{result.num_columns}:{nulls}:{name}"
