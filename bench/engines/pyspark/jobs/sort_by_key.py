"""Pairs of strings in mixed order, sorted."""

from job_input import JobInput
from pyspark.sql import SparkSession


def run(spark: SparkSession, job_input: JobInput) -> int:
    return (
        spark.sparkContext.range(job_input.records)
        .map(lambda x: (f"key{x * 48271 % 2147483647}", f"value{x}"))
        .sortByKey()
        .count()
    )


def checksum(result: int) -> str:
    return str(result)
