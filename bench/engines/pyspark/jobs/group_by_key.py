"""Pairs grouped under half as many keys; every group is read."""

from job_input import JobInput
from pyspark.sql import SparkSession


def run(spark: SparkSession, job_input: JobInput) -> int:
    keys = job_input.records // 2
    return (
        spark.sparkContext.range(job_input.records)
        .map(lambda x: (x * 7919 % keys, x))
        .groupByKey()
        .map(lambda group: sum(group[1]) % 1009)
        .sum()
    )


def checksum(result: int) -> str:
    return str(result)
