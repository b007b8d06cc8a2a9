"""Strings of which each occurs five times."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    return (
        spark.sparkContext.range(0, rows, 1, 4)
        .map(lambda x: f"s{x % (rows // 5)}")
        .distinct()
        .count()
    )


def checksum(result: int) -> str:
    return str(result)
