"""The distances of pairs of places by a pandas UDF with numpy, summed up in km."""

import numpy as np
import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf, sum as total

EARTH = 6371.0088  # km, its mean radius
POINTS = [
    "CAST(id * 0.37D % 180 - 90 AS DOUBLE) AS lat1",
    "CAST(id * 0.73D % 360 - 180 AS DOUBLE) AS lon1",
    "CAST(id * 0.59D % 180 - 90 AS DOUBLE) AS lat2",
    "CAST(id * 0.91D % 360 - 180 AS DOUBLE) AS lon2",
]


@pandas_udf("double")
def haversine(
    lat1: pd.Series, lon1: pd.Series, lat2: pd.Series, lon2: pd.Series
) -> pd.Series:
    d_lat = np.sin(np.radians(lat2 - lat1) / 2)
    d_lon = np.sin(np.radians(lon2 - lon1) / 2)
    a = d_lat**2 + np.cos(np.radians(lat1)) * np.cos(np.radians(lat2)) * d_lon**2
    return 2 * EARTH * np.arcsin(np.sqrt(a))


def run(spark: SparkSession, file: str, rows: int) -> float:
    name = f"points_{rows}"
    if not spark.catalog.tableExists(name):
        # The rest of a division of doubles takes the JVM longer than the function.
        spark.range(0, rows, 1, 4).selectExpr(*POINTS).createOrReplaceTempView(name)
        spark.catalog.cacheTable(name)
    points = spark.table(name)
    [row] = points.agg(total(haversine("lat1", "lon1", "lat2", "lon2"))).collect()
    return row[0]


def checksum(result: float) -> str:
    return str(round(result))
