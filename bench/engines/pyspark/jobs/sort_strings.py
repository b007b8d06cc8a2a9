"""Pairs of strings sorted by their keys."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    return (
        spark.sparkContext.range(0, rows, 1, 4)
        .map(lambda x: (f"k{(x * 7919) % 1_000_003}", f"v{x}"))
        .sortByKey()
        .count()
    )


def checksum(result: int) -> str:
    return str(result)
