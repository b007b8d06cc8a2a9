"""One added to each long by the pickled UDF, summed up."""

from pyspark.sql import SparkSession
from pyspark.sql.functions import sum as total, udf


@udf("bigint", useArrow=False)
def plus_one(x: int) -> int:
    return x + 1


def run(spark: SparkSession, file: str, rows: int) -> str:
    numbers = spark.range(0, rows, 1, 4)
    [row] = numbers.agg(total(plus_one("id")).cast("string")).collect()
    return row[0]


def checksum(result: str) -> str:
    return result
