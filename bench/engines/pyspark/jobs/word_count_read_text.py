"""The article's word count: rows of spark.read.text, collected as pairs."""

from checksum import of_counts as checksum
from pyspark.sql import SparkSession

__all__ = ["checksum", "run"]


def run(spark: SparkSession, file: str, rows: int) -> list[tuple[str, int]]:
    return (
        spark.read.text(file)
        .rdd.map(lambda row: row[0])
        .flatMap(lambda line: line.split(" "))
        .map(lambda word: (word, 1))
        .reduceByKey(lambda a, b: a + b)
        .collect()
    )
