"""Nested objects through functions."""

from typing import Any

from job_input import JobInput
from pyspark.sql import SparkSession


def prepare(job_input: JobInput) -> list[dict[str, Any]]:
    return [make_order(id) for id in range(job_input.records)]


def make_order(id: int) -> dict[str, Any]:
    return {
        "id": id,
        "name": f"name{id}",
        "active": id % 2 == 0,
        "tags": [f"tag{id % 10}", f"tag{id % 7}"],
        "address": {"city": f"city{id % 100}", "place": {"x": id / 2, "y": -id / 4}},
        "items": [
            {"sku": f"sku{id % 50}", "count": id % 5, "price": 2.5},
            {"sku": f"sku{id % 30}", "count": id % 3, "price": 4},
        ],
    }


def run(spark: SparkSession, job_input: JobInput, prepared: list[dict[str, Any]]) -> int:
    return (
        spark.sparkContext.parallelize(prepared)
        .map(
            lambda order: {
                "id": order["id"],
                "to": {"name": order["name"], "city": order["address"]["city"]},
                "total": sum(item["count"] * item["price"] for item in order["items"]),
            }
        )
        .filter(lambda bill: bill["total"] > 10 and bill["to"]["city"] != "city7")
        .count()
    )


def checksum(result: int) -> str:
    return str(result)
