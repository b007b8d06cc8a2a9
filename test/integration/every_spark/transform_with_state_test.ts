import assert from "node:assert/strict";
import {
  functions as F,
  type ListState,
  type MapState,
  type StatefulProcessorHandle,
  type TimerValues,
  type ValueState,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";
import {
  arrivals,
  ended,
  memory,
  ROCKS_DB,
  settings,
  toMemory,
  until,
} from "../streams.ts";
import { temporaryFolder } from "../temporary_folder.ts";

interface Word {
  readonly value: string;
}

Deno.test("processors with states", async (t) => {
  const spark = await sharedSession();
  if (dialectOf(spark.version) === "3.5") return; // versions_test.ts has the refusal
  await using folder = await temporaryFolder();
  await using _ = await settings(spark, {
    ...ROCKS_DB,
    "spark.sql.shuffle.partitions": "1",
  });

  await t.step("values, lists and maps go on from batch to batch", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    class Everything {
      #count!: ValueState<"n INT NOT NULL">;
      #words!: ListState<"word STRING">;
      #map!: MapState<"k STRING", "n INT">;

      init(handle: StatefulProcessorHandle): void {
        this.#count = handle.getValueState("count", "n INT NOT NULL");
        this.#words = handle.getListState("words", "word STRING");
        this.#map = handle.getMapState("map", "k STRING", "n INT");
      }

      *handleInputRows({ value }: Word, rows: Iterable<Word>) {
        const existed = this.#count.exists();
        const words = [...rows].map((row) => [row.value]);
        const n = (this.#count.get()?.n ?? 0) + words.length;
        this.#count.update({ n });
        this.#words.appendList(words);
        this.#words.appendValue({ word: `${n}` });
        this.#map.updateValue(["all"], { n });
        this.#map.updateValue({ k: `at ${n}` }, [words.length]);
        if (n > 2) this.#map.removeKey(["at 2"]);
        yield {
          value,
          existed,
          n,
          words: Array.from(this.#words.get(), ({ word }) => word),
          map: new Map(
            Array.from(this.#map.iterator(), ([{ k }, { n }]) => [k ?? "", n]),
          ),
          keys: Array.from(this.#map.keys(), ({ k }) => k),
          values: Array.from(this.#map.values(), ({ n }) => n),
          has: [this.#map.containsKey(["all"]), this.#map.containsKey(["x"])],
          found: this.#map.getValue(["all"])?.n ?? null,
          missing: this.#map.getValue(["x"])?.n ?? null,
        };
        if (n > 2) {
          this.#count.clear();
          this.#words.clear();
          this.#map.clear();
        }
      }
    }
    const all = lines.groupBy("value").transformWithState(
      Everything,
      "value STRING, existed BOOLEAN, n INT, words ARRAY<STRING>, map MAP<STRING, INT>, keys ARRAY<STRING>, values ARRAY<INT>, has ARRAY<BOOLEAN>, found INT, missing INT",
      { outputMode: "update" },
    );
    await arrive("a", "b", "a");
    await using query = await toMemory(all, "processor_all", "update");
    await query.processAllAvailable();
    await arrive("a");
    await query.processAllAvailable();
    await arrive("a");
    await query.processAllAvailable();
    const rows = await spark.table("processor_all").where("value = 'a'")
      .collect();
    const has = [true, false];
    assert.deepEqual(rows, [
      {
        ...{ value: "a", existed: false, n: 2, words: ["a", "a", "2"] },
        map: new Map([["all", 2], ["at 2", 2]]),
        ...{ keys: ["all", "at 2"], values: [2, 2], has, found: 2 },
        missing: null,
      },
      {
        ...{ value: "a", existed: true, n: 3 },
        words: ["a", "a", "2", "a", "3"],
        map: new Map([["all", 3], ["at 3", 1]]),
        ...{ keys: ["all", "at 3"], values: [3, 1], has, found: 3 },
        missing: null,
      },
      {
        ...{ value: "a", existed: false, n: 1, words: ["a", "1"] },
        map: new Map([["all", 1], ["at 1", 1]]),
        ...{ keys: ["all", "at 1"], values: [1, 1], has, found: 1 },
        missing: null,
      },
    ]);
  });

  await t.step("long lists, and rows of a key over many batches", async () => {
    await using _ = await settings(spark, {
      "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    });
    const { arrive, lines } = await arrivals(spark, folder);
    await arrive(...Array.from({ length: 3000 }, (_, i) => `${i % 2}`));
    const long = lines.groupBy("value").transformWithState(
      () => {
        let list: ListState<"n INT">;
        return {
          init(handle: StatefulProcessorHandle) {
            list = handle.getListState("list", "n INT");
          },
          handleInputRows({ value }: Word, rows: Iterable<Word>) {
            let count = 0;
            for (const row of rows) if (row.value === value) count++;
            list.put(Array.from({ length: count }, (_, i) => [i]));
            let sum = 0;
            let read = 0;
            for (const { n } of list.get()) {
              sum += n ?? 0;
              read++;
            }
            return [{ value, count, read, sum }];
          },
        };
      },
      "value STRING, count INT, read INT, sum INT",
      { outputMode: "append" },
    );
    await using query = await toMemory(long, "processor_long", "append");
    await query.processAllAvailable();
    const sum = 1500 * 1499 / 2;
    assert.deepEqual(await memory(spark, "processor_long"), [
      { value: "0", count: 1500, read: 1500, sum },
      { value: "1", count: 1500, read: 1500, sum },
    ]);
  });

  await t.step("timers of the watermark", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const events = lines.select(
      F.substring("value", 1, 1).as("user"),
      F.timestamp_seconds(F.substring("value", 3, 9).cast("bigint")).as("time"),
    ).withWatermark("time", "10 seconds");
    class Sessions {
      #handle!: StatefulProcessorHandle;
      #last!: ValueState<"ms BIGINT NOT NULL">;

      init(handle: StatefulProcessorHandle): void {
        this.#handle = handle;
        this.#last = handle.getValueState("last", "ms BIGINT NOT NULL");
      }

      handleInputRows(
        _key: object,
        rows: Iterable<{ time: Date | null }>,
      ): never[] {
        for (const timer of this.#handle.listTimers()) {
          this.#handle.deleteTimer(timer);
        }
        const before = this.#last.get()?.ms ?? 0;
        const ms = Math.max(before, ...Array.from(rows, (r) => Number(r.time)));
        this.#last.update([ms]);
        this.#handle.registerTimer(new Date(ms + 5000));
        return [];
      }

      *handleExpiredTimer(
        { user }: { user: string | null },
        times: TimerValues,
        timer: { getExpiryTimeInMs(): number },
      ) {
        const ms = this.#last.get()?.ms ?? -1;
        yield {
          user,
          ms,
          expiry: timer.getExpiryTimeInMs(),
          watermark: times.getCurrentWatermarkInMs(),
        };
        this.#last.clear();
      }
    }
    const sessions = events.groupBy("user").transformWithState(
      Sessions,
      "user STRING, ms BIGINT, expiry BIGINT, watermark BIGINT",
      { outputMode: "append", timeMode: "eventTime" },
    );
    await arrive("a,100", "b,103", "a,101");
    await using query = await toMemory(sessions, "processor_event", "append");
    await query.processAllAvailable();
    await arrive("b,117");
    await query.processAllAvailable();
    assert.deepEqual(await memory(spark, "processor_event"), [
      { user: "a", ms: 101_000, expiry: 106_000, watermark: 107_000 },
    ]);
  });

  await t.step(
    "a time that a processor gives, for windows behind it",
    async () => {
      const { arrive, lines } = await arrivals(spark, folder);
      const events = lines.select(
        F.substring("value", 1, 1).as("user"),
        F.timestamp_seconds(F.substring("value", 3, 9).cast("bigint")).as(
          "time",
        ),
      ).withWatermark("time", "1 second");
      const seen = events.groupBy("user").transformWithState(
        () => ({
          init: (handle) => void handle.getValueState("n", "n INT"),
          handleInputRows: ({ user }, rows) =>
            Array.from(rows, ({ time }) => ({ user, at: time })),
        }),
        "user STRING, at TIMESTAMP",
        { outputMode: "append", timeMode: "eventTime", eventTimeColumn: "at" },
      ).groupBy(F.window("at", "10 seconds"), "user").count()
        .select(F.unix_timestamp("window.end").as("end"), "user", "count");
      await arrive("a,100", "b,103", "a,101");
      await using query = await toMemory(seen, "processor_window", "append");
      await query.processAllAvailable();
      await arrive("a,120");
      await query.processAllAvailable();
      assert.deepEqual(await memory(spark, "processor_window"), [
        { end: 110, user: "a", count: 2 },
        { end: 110, user: "b", count: 1 },
      ]);
    },
  );

  await t.step("timers of the clock, and values that end", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    class Clock {
      #handle!: StatefulProcessorHandle;
      #short!: ValueState<"n INT">;
      #long!: ValueState<"n INT">;

      init(handle: StatefulProcessorHandle): void {
        this.#handle = handle;
        this.#short = handle.getValueState("short", "n INT", { ttlMs: 1 });
        this.#long = handle.getValueState("long", "n INT", { ttlMs: 1e9 });
      }

      handleInputRows(_key: Word, _rows: unknown, times: TimerValues): never[] {
        this.#short.update([1]);
        this.#long.update([2]);
        const now = times.getCurrentProcessingTimeInMs();
        this.#handle.registerTimer(now + 1);
        return [];
      }

      handleExpiredTimer({ value }: Word) {
        return [[value, this.#short.exists(), this.#long.get()?.n ?? null]];
      }
    }
    const timed = lines.groupBy("value").transformWithState(
      Clock,
      "value STRING, short BOOLEAN, long INT",
      { outputMode: "update", timeMode: "processingTime" },
    );
    await arrive("a");
    await using query = await toMemory(timed, "processor_clock", "update");
    await until(
      query,
      async () => (await memory(spark, "processor_clock")).length > 0,
    );
    assert.deepEqual(await memory(spark, "processor_clock"), [
      { value: "a", short: false, long: 2 },
    ]);
  });

  await t.step("an initial state, and the state data source", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    class Seeded {
      #sum!: ValueState<"n INT NOT NULL">;

      init(handle: StatefulProcessorHandle): void {
        this.#sum = handle.getValueState("sum", "n INT NOT NULL");
      }

      handleInitialState(
        { value }: Word,
        { name, n }: { name: string; n: number },
      ): void {
        if (value !== name) throw new Error(`the key of ${name} is ${value}`);
        this.#sum.update([(this.#sum.get()?.n ?? 0) + n]);
      }

      handleInputRows({ value }: Word, rows: Iterable<Word>) {
        const n = (this.#sum.get()?.n ?? 0) + [...rows].length;
        this.#sum.update({ n });
        return [{ value, n }];
      }
    }
    const initialState = spark.createDataFrame(
      [{ name: "a", n: 10 }, { name: "z", n: 20 }, { name: "a", n: 30 }],
      "name STRING, n INT NOT NULL",
    ).groupBy("name");
    const sums = lines.groupBy("value").transformWithState(
      Seeded,
      "value STRING, n INT",
      { outputMode: "update", initialState },
    );
    const checkpoint = `${folder.path}/seeded`;
    await arrive("a", "b", "a");
    for (const words of [["c"], []]) {
      await arrive(...words, "a");
      await ended(
        await sums.writeStream.format("parquet").outputMode("append")
          .option("checkpointLocation", checkpoint)
          .trigger({ availableNow: true }).start(`${checkpoint}.out`),
      );
    }
    const states = await spark.read.format("statestore")
      .option("stateVarName", "sum").load(checkpoint)
      .select(
        F.col("key.value").cast("string").as("value"),
        F.col("value.n").cast("int").as("n"),
      ).orderBy("value").collect();
    assert.deepEqual(
      states.map(({ value, n }) => [value, n]),
      [["a", 44], ["b", 1], ["c", 1], ["z", 20]],
    );
    const out = await spark.read.parquet(`${checkpoint}.out`)
      .orderBy("value", "n").collect();
    assert.deepEqual(
      out.map(({ value, n }) => [value, n]),
      [["a", 43], ["a", 44], ["b", 1], ["c", 1]],
    );
  });

  assert.deepEqual(await spark.streams.active, []);
});
