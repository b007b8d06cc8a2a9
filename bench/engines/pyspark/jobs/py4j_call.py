"""Round trips between the driver and the JVM."""

from job_input import JobInput
from pyspark.sql import SparkSession


def run(spark: SparkSession, job_input: JobInput) -> int:
    absolute = spark.sparkContext._jvm.java.lang.Math.abs
    total = 0
    for index in range(job_input.records):
        total += absolute(-index)
    return total


def checksum(result: int) -> str:
    return str(result)
