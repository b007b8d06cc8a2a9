"""Rows of ten columns brought to the driver."""

from pyspark.sql import Row, SparkSession
from ten_columns import ten_columns


def run(spark: SparkSession, file: str, rows: int) -> list[Row]:
    return ten_columns(spark, rows).collect()


def checksum(result: list[Row]) -> str:
    last = result[-1]
    parts = [
        len(result),
        sum(row.id for row in result),
        sum(row.flag for row in result),
        sum(row.city is not None for row in result),
        last.name,
        last.price,
        int(last["at"].timestamp()),
    ]
    return ":".join(str(part) for part in parts)
