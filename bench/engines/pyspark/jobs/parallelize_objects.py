"""Objects of the driver's own, brought to the workers."""

from typing import Any

from job_input import JobInput
from pyspark.sql import SparkSession


def prepare(job_input: JobInput) -> list[dict[str, Any]]:
    return [{"id": id, "name": f"name{id}", "score": id / 2} for id in range(job_input.records)]


def run(spark: SparkSession, job_input: JobInput, prepared: list[dict[str, Any]]) -> int:
    return spark.sparkContext.parallelize(prepared).count()


def checksum(result: int) -> str:
    return str(result)
