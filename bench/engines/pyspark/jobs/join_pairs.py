"""Two RDDs of pairs with the same keys joined."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    numbers = spark.sparkContext.range(0, rows, 1, 4)
    return numbers.map(lambda x: (x, x + 1)).join(numbers.map(lambda x: (x, x * 2))).count()


def checksum(result: int) -> str:
    return str(result)
