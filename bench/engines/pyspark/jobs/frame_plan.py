"""A plan with an expression for each column, made and analyzed."""

from pyspark.sql import SparkSession
from pyspark.sql.functions import col


def run(spark: SparkSession, file: str, rows: int) -> int:
    columns = [((col("id") + i) * 2).alias(f"c{i}") for i in range(rows)]
    return len(spark.range(10).select(*columns).schema.fields)


def checksum(result: int) -> str:
    return str(result)
