"""Rows of ten columns; a twin of engines/tspark/ten_columns.ts."""

from pyspark.sql import DataFrame, SparkSession

COLUMNS = [
    "id",
    "CAST(id % 1000 AS INT) AS small",
    "id / 7.0D AS ratio",
    "CAST(id % 97 AS FLOAT) / 4 AS quarter",
    "id % 3 = 0 AS flag",
    "concat('name ', id) AS name",
    "CASE WHEN id % 5 != 0 THEN concat('city ', id % 100) END AS city",
    "date_add(DATE'2000-01-01', CAST(id % 9000 AS INT)) AS day",
    "timestamp_millis(id * 1000) AS at",
    "CAST(id % 100000 AS DECIMAL(12,2)) AS price",
]


def ten_columns(spark: SparkSession, rows: int) -> DataFrame:
    """Rows of ten columns of several types, one of them with nulls."""
    return spark.range(0, rows, 1, 4).selectExpr(*COLUMNS)
