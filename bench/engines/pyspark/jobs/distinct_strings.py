"""Strings of which four in five are repeats, counted once each."""

from job_input import JobInput
from pyspark.sql import SparkSession


def run(spark: SparkSession, job_input: JobInput) -> int:
    different = job_input.records // 5
    return (
        spark.sparkContext.range(job_input.records)
        .map(lambda x: f"string{x * 7919 % different}")
        .distinct()
        .count()
    )


def checksum(result: int) -> str:
    return str(result)
