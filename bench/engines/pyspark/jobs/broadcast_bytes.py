"""Bytes sent once to an executor, read by four tasks."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    shared = spark.sparkContext.broadcast(bytes(rows))
    total = spark.sparkContext.range(0, 4, 1, 4).map(lambda _: len(shared.value)).sum()
    shared.destroy()
    return total


def checksum(result: int) -> str:
    return str(result)
