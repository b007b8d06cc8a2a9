"""Two sets of pairs over the same keys, joined; every match is read."""

from job_input import JobInput
from pyspark.sql import SparkSession


def run(spark: SparkSession, job_input: JobInput) -> int:
    records = job_input.records
    left = spark.sparkContext.range(records).map(lambda x: (x * 7919 % records, x))
    right = spark.sparkContext.range(records).map(lambda x: (x, x))
    return left.join(right).map(lambda row: (row[1][0] + row[1][1]) % 1009).sum()


def checksum(result: int) -> str:
    return str(result)
