"""Nested objects that go to the JVM and come back."""

from pyspark.sql import SparkSession


def run(spark: SparkSession, file: str, rows: int) -> int:
    objects = spark.sparkContext.range(0, rows, 1, 4).map(
        lambda x: {
            "id": x,
            "name": f"name {x}",
            "tags": ["a", "b", f"c{x % 10}"],
            "inner": {"score": x / 2, "isEven": x % 2 == 0, "note": None},
        }
    ).cache()
    objects.count()
    even = (
        objects.map(lambda o: {**o, "label": f"{o['name']} {len(o['tags'])}"})
        .filter(lambda o: o["inner"]["isEven"] and len(o["label"]) > 0)
        .count()
    )
    objects.unpersist()
    return even


def checksum(result: int) -> str:
    return str(result)
