"""The values of 10,000 groups less their group's mean; their squares, summed up."""

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import expr, sum as total


def run(spark: SparkSession, file: str, rows: int) -> float:
    # Within run(), so that it is sent whole: workers do not have this module.
    def centered(group: pd.DataFrame) -> pd.DataFrame:
        return group.assign(v=group.v - group.v.mean())

    numbers = spark.range(0, rows, 1, 4).selectExpr(
        "id % 10000 AS k", "CAST(id % 997 AS DOUBLE) AS v"
    )
    around = numbers.groupBy("k").applyInPandas(centered, "k BIGINT, v DOUBLE")
    [row] = around.agg(total(expr("v * v"))).collect()
    return row[0]


def checksum(result: float) -> str:
    return str(round(result))
