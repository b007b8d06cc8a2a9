"""The PySpark program whose tasks scripts/record_wire.ts records.

Arguments: the run's name, a neutral folder for everything that Spark writes,
and the Spark version. One task per step, in the order of the recorder's list.
"""

import os
import sys

from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession
from pyspark.sql.types import LongType, StructField, StructType
from pyspark.sql.udf import _wrap_function

run, folder, version = sys.argv[1:4]


def consume(rows):
    for _ in rows:
        pass


def pass_on(rows):
    return rows


def configure():
    conf = SparkConf().setMaster("local[1]").setAppName("wire")
    conf.set("spark.ui.enabled", "false")
    conf.set("spark.driver.bindAddress", "127.0.0.1")
    conf.set("spark.driver.host", "127.0.0.1")
    conf.set("spark.local.dir", folder)
    conf.set("spark.sql.warehouse.dir", folder + "/warehouse")
    if run != "tcp":
        conf.set("spark.io.encryption.enabled", "true")
    if run == "unix":
        conf.set("spark.python.unix.domain.socket.enabled", "true")
        conf.set("spark.python.unix.domain.socket.dir", folder)
    return conf


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def barrier(sc):
    sc.parallelize([1], 1).barrier().mapPartitions(pass_on).collect()


def broadcasts(sc):
    first, second = sc.broadcast("first value"), sc.broadcast("second value")
    rows = sc.parallelize([1], 1)
    rows.foreachPartition(lambda it: first.value)
    rows.foreachPartition(lambda it: second.value)


def java_function(sc, spark, return_type, kind):
    make = getattr(
        sc._jvm, "org.apache.spark.sql.execution.python.UserDefinedPythonFunction"
    )
    arguments = [
        "wire",
        _wrap_function(sc, pass_on, return_type),
        spark._jsparkSession.parseDataType(return_type.json()),
        kind,
        True,
    ]
    return make(*arguments, *([[], []] if version >= "4.3" else []))


def columns(sc, frame, names):
    return sc._jvm.PythonUtils.toSeq([frame.col(name) for name in names])


def map_in_arrow(sc, spark):
    frame = spark.range(0, 3, 1, 1)._jdf
    schema = StructType([StructField("id", LongType())])
    column = java_function(sc, spark, schema, 207).apply(columns(sc, frame, ["id"]))
    if version < "4":
        mapped = frame.pythonMapInArrow(column.expr(), False)
    else:
        mapped = frame.mapInArrow(column, False, None)
    mapped.count()


def arrow_row_function(sc, spark):
    frame = spark.range(0, 3, 1, 1)._jdf
    column = java_function(sc, spark, LongType(), 101).apply(
        columns(sc, frame, ["id", "id"])
    )
    chosen = frame.select(sc._jvm.PythonUtils.toSeq([column]))
    try:
        chosen.collectToPython()
    except Exception as error:
        if "The recorder answers kind 101 by a failure" not in str(error):
            raise
        return
    raise RuntimeError("The recorder's failure did not reach the driver")


def run_tcp(sc):
    sc.setJobGroup("wire group", "a job of the recorder's")
    sc.setLocalProperty("wire.property", "väl:ue ✓")
    sc.parallelize([1, 2, 3], 1).foreachPartition(consume)
    text = write("in/text.txt", "one line\n\nünï ✓ 😀\nlast")
    sc.textFile(text, 1).foreachPartition(consume)
    write("pairs/a.txt", "content of a")
    sc.wholeTextFiles(folder + "/pairs", 1).foreachPartition(consume)
    broadcasts(sc)
    barrier(sc)
    spark = SparkSession.builder.getOrCreate()
    map_in_arrow(sc, spark)
    arrow_row_function(sc, spark)


sc = SparkContext(conf=configure())
sc.setLogLevel("ERROR")
if run == "tcp":
    run_tcp(sc)
else:
    broadcasts(sc)
    barrier(sc)
sc.stop()
