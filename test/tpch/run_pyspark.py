"""Runs TPC-H's queries in PySpark over tables in parquet: queries as a list in one JSON file, rows as a list of lists in another."""

import json
import os
import sys
from decimal import Decimal
from typing import Any

from pyspark.sql import SparkSession

TABLES = (
    "region nation supplier customer part partsupp orders lineitem".split()
)


def plain(value: Any) -> Any:
    """A value as plain_rows.ts writes it."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def main(folder: str, queries: str, output: str) -> None:
    builder = SparkSession.builder.appName("tpch")
    for key, value in json.loads(os.environ["TPCH_CONF"]).items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    for table in TABLES:
        spark.read.parquet(f"{folder}/{table}").createOrReplaceTempView(table)
    with open(queries, encoding="utf-8") as file:
        texts = json.load(file)
    rows = [
        [[plain(value) for value in row] for row in spark.sql(text).collect()]
        for text in texts
    ]
    with open(output, "w", encoding="utf-8") as file:
        json.dump(rows, file)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
