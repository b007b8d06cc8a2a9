"""The PySpark engine: one request per line of JSON on stdin, one marked reply per line on stdout.

Settings come as a JSON object of Spark properties in BENCH_CONF.
"""

import importlib
import json
import os
import sys
import time
from typing import Any

from pyspark.sql import SparkSession


def start_session() -> SparkSession:
    """The session with the harness's settings."""
    builder = SparkSession.builder.appName("bench")
    for key, value in json.loads(os.environ["BENCH_CONF"]).items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def answer(spark: SparkSession, line: str) -> None:
    """Runs one request and prints its reply."""
    request = json.loads(line)
    name = request["job"]
    try:
        job = importlib.import_module(f"jobs.{name}")
        start = time.perf_counter()
        result = job.run(spark, request["file"], request["rows"])
        seconds = time.perf_counter() - start
        reply(job=name, seconds=seconds, checksum=job.checksum(result))
    except Exception as error:
        reply(job=name, error=repr(error))


def reply(**fields: Any) -> None:
    """Prints one marked line of JSON."""
    print("@bench " + json.dumps(fields), flush=True)


def main() -> None:
    """Serves requests until stdin ends."""
    spark = start_session()
    python = ".".join(str(part) for part in sys.version_info[:3])
    reply(ready=True, spark=spark.version, language=f"Python {python}")
    for line in sys.stdin:
        answer(spark, line)
    spark.stop()


if __name__ == "__main__":
    main()
