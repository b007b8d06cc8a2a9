"""As rate.ts, by PySpark: rows a second of a count by key that keeps states."""

import resource
import sys
import tempfile
import time

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import udf
from pyspark.sql.streaming import StreamingQueryListener
from pyspark.sql.streaming.state import GroupStateTimeout

minutes, rows, keys = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.sql.shuffle.partitions", 2)
    .config("spark.ui.enabled", False)
    .getOrCreate()
)


def count(key, frames, state):
    total = state.get[0] if state.exists else 0
    for frame in frames:
        total += len(frame)
    state.update((total,))
    yield pd.DataFrame({"count": [total]})


key_of = udf(lambda value: value % keys, "int")
counts = (
    spark.readStream.format("rate").option("rowsPerSecond", rows).load()
    .select(key_of("value").alias("key"))
    .groupBy("key")
    .applyInPandasWithState(
        count, "count long", "count long", "update", GroupStateTimeout.NoTimeout
    )
)

class Rows(StreamingQueryListener):
    read = 0

    def onQueryStarted(self, event):
        pass

    def onQueryProgress(self, event):
        self.read += event.progress.numInputRows

    def onQueryIdle(self, event):
        pass

    def onQueryTerminated(self, event):
        pass


listener = Rows()
spark.streams.addListener(listener)
with tempfile.TemporaryDirectory() as folder:
    start = time.time()
    query = (
        counts.writeStream.format("noop").outputMode("update")
        .option("checkpointLocation", folder).start()
    )
    query.awaitTermination(int(minutes * 60))
    seconds = time.time() - start
    query.stop()
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"{round(listener.read / seconds)} rows/s, children {memory} MiB at most")
