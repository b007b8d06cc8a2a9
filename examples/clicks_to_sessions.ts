/**
 * Clicks of a stream of files, cut into sessions: a session ends when no click
 * of its user came for half an hour of the clicks' own time. A processor keeps
 * each user's open session and a timer for its end. It reads what is there, and
 * ends. `deno run -A examples/clicks_to_sessions.ts [folder]`
 *
 * @module
 */
import {
  SparkSession,
  type StatefulProcessorHandle,
  type ValueState,
} from "../mod.ts";

const BREAK_MS = 30 * 60_000;
const folder = Deno.args[0] ??
  new URL("data/clicks", import.meta.url).pathname;

/** One user's open session: when it began, its last click, and how many there were. */
const SESSION =
  "begin BIGINT NOT NULL, last BIGINT NOT NULL, clicks INT NOT NULL";

interface User {
  readonly user: string | null;
}

class Sessions {
  #handle!: StatefulProcessorHandle;
  #session!: ValueState<typeof SESSION>;

  init(handle: StatefulProcessorHandle): void {
    this.#handle = handle;
    this.#session = handle.getValueState("session", SESSION);
  }

  *handleInputRows(
    { user }: User,
    rows: Iterable<{ readonly time: Date | null }>,
  ) {
    let open = this.#session.get();
    const times = Array.from(rows, ({ time }) => Number(time));
    for (const time of times.toSorted((a, b) => a - b)) {
      if (open !== null && time - open.last > BREAK_MS) {
        yield closed(user, open);
        open = null;
      }
      open ??= { begin: time, last: time, clicks: 0 };
      open = {
        begin: open.begin,
        last: Math.max(open.last, time),
        clicks: open.clicks + 1,
      };
    }
    if (open === null) return;
    this.#session.update(open);
    for (const timer of this.#handle.listTimers()) {
      this.#handle.deleteTimer(timer);
    }
    this.#handle.registerTimer(open.last + BREAK_MS);
  }

  *handleExpiredTimer({ user }: User) {
    const open = this.#session.get();
    if (open !== null) yield closed(user, open);
    this.#session.clear();
  }
}

function closed(
  user: string | null,
  { begin, last, clicks }: { begin: number; last: number; clicks: number },
) {
  return { user, begin: new Date(begin), end: new Date(last), clicks };
}

await using spark = await SparkSession.builder.appName("clicks to sessions")
  .config("spark.sql.session.timeZone", "UTC")
  .config("spark.sql.shuffle.partitions", 2)
  .config(
    "spark.sql.streaming.stateStore.providerClass",
    "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
  )
  .getOrCreate();

const sessions = spark.readStream
  .schema("user STRING, time TIMESTAMP").csv(folder)
  .withWatermark("time", "5 minutes")
  .groupBy("user")
  .transformWithState(
    Sessions,
    "user STRING, begin TIMESTAMP, `end` TIMESTAMP, clicks INT",
    { outputMode: "append", timeMode: "eventTime" },
  );

const query = await sessions.writeStream.outputMode("append")
  .foreachBatch(async (batch) => {
    for (const row of await batch.orderBy("begin", "user").collect()) {
      const time = (at: Date | null) => at?.toISOString().slice(11, 16);
      console.log(
        `${row.user} ${time(row.begin)} to ${
          time(row.end)
        }, clicks: ${row.clicks}`,
      );
    }
  })
  .trigger({ availableNow: true }).start();
await query.awaitTermination();
