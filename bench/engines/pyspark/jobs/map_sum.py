"""The lengths of all lines, summed up."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    return spark.sparkContext.textFile(file, 4).map(len).sum()


def checksum(result: int) -> str:
    return str(result)
