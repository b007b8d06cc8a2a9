"""The medians of 10,000 groups, summed up."""

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf, sum as total


@pandas_udf("double")
def median(values: pd.Series) -> float:
    return values.median()


def run(spark: SparkSession, file: str, rows: int) -> float:
    numbers = spark.range(0, rows, 1, 4).selectExpr(
        "id % 10000 AS k", "CAST(id % 997 AS DOUBLE) AS v"
    )
    medians = numbers.groupBy("k").agg(median("v").alias("m"))
    [row] = medians.agg(total("m")).collect()
    return row[0]


def checksum(result: float) -> str:
    return str(int(2 * result))  # medians are whole or halves
