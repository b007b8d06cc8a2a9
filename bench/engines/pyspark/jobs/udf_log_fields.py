"""The fields of log lines by a regular expression; status, size and bytes, summed up."""

import re

from pyspark.sql import SparkSession
from pyspark.sql.functions import sum as total, udf

PATTERN = re.compile(r'^(\S+) \S+ \S+ \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d+) (\d+)$')
LINE = (
    "format_string('10.0.%d.%d - - [29/Nov/2026:10:00:00 +0000] "
    "\"GET /item/%d HTTP/1.1\" %d %d', "
    "id % 256, id % 250, id % 9973, 200 + id % 5, id % 100000) AS line"
)


@udf(
    "struct<host: string, method: string, path: string, status: int, size: int>",
    useArrow=False,
)
def fields(line: str) -> tuple[str, str, str, int, int]:
    found = PATTERN.match(line)
    return (
        found[1],
        found[3],
        found[4],
        int(found[5]),
        int(found[6]),
    )


def run(spark: SparkSession, file: str, rows: int) -> str:
    name = f"log_lines_{rows}"
    if not spark.catalog.tableExists(name):
        # To make the lines takes Spark longer than to take them apart.
        spark.range(0, rows, 1, 4).selectExpr(LINE).createOrReplaceTempView(name)
        spark.catalog.cacheTable(name)
    numbers = spark.table(name).select(fields("line").alias("f")).selectExpr(
        "f.status + f.size + octet_length(f.path) + octet_length(f.host) AS n"
    )
    [row] = numbers.agg(total("n").cast("string")).collect()
    return row[0]


def checksum(result: str) -> str:
    return result
