"""The word count over four partitions of textFile, collected as pairs."""

from checksum import of_counts as checksum
from pyspark.sql import SparkSession

__all__ = ["checksum", "run"]


def run(spark: SparkSession, file: str, rows: int) -> list[tuple[str, int]]:
    return (
        spark.sparkContext.textFile(file, 4)
        .flatMap(lambda line: line.split(" "))
        .map(lambda word: (word, 1))
        .reduceByKey(lambda a, b: a + b)
        .collect()
    )
