"""The word count over four partitions of textFile, collected as pairs."""

from checksum import of_counts as checksum
from job_input import JobInput
from pyspark.sql import SparkSession

__all__ = ["checksum", "run"]


def run(spark: SparkSession, job_input: JobInput) -> list[tuple[str, int]]:
    return (
        spark.sparkContext.textFile(job_input.file, 4)
        .flatMap(lambda line: line.split(" "))
        .map(lambda word: (word, 1))
        .reduceByKey(lambda a, b: a + b)
        .collect()
    )
