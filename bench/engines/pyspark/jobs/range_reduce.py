"""Numbers added up by their remainder modulo 1,000."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    return (
        spark.sparkContext.range(0, rows, 1, 4)
        .map(lambda x: (x % 1000, x))
        .reduceByKey(lambda a, b: a + b)
        .count()
    )


def checksum(result: int) -> str:
    return str(result)
