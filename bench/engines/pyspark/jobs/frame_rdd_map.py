"""A function over the rows of a frame."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> float:
    return (
        spark.range(0, rows, 1, 4)
        .selectExpr("id", "concat('name ', id) AS name", "id / 4.0D AS price")
        .rdd.map(lambda row: row.price + len(row.name))
        .sum()
    )


def checksum(result: float) -> str:
    return f"{result:.15g}"
