"""Pairs grouped by key, two to a group."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    return (
        spark.sparkContext.range(0, rows, 1, 4)
        .map(lambda x: (x % (rows // 2), x))
        .groupByKey()
        .map(lambda pair: len(pair[1]))
        .sum()
    )


def checksum(result: int) -> str:
    return str(result)
