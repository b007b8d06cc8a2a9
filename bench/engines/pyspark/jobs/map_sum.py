"""Lengths of the text's lines, summed."""

from job_input import JobInput
from pyspark.sql import SparkSession


def run(spark: SparkSession, job_input: JobInput) -> int:
    return spark.sparkContext.textFile(job_input.file, 4).map(lambda line: len(line)).sum()


def checksum(result: int) -> str:
    return str(result)
