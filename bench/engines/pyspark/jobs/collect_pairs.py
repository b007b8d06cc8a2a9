"""Pairs of a string and a number, brought to the driver."""

from checksum import of_counts as checksum
from job_input import JobInput
from pyspark.sql import SparkSession

__all__ = ["checksum", "run"]


def run(spark: SparkSession, job_input: JobInput) -> list[tuple[str, int]]:
    return spark.sparkContext.range(job_input.records).map(lambda x: (f"key{x}", x)).collect()
