import assert from "node:assert/strict";
import type {
  ListState,
  MapState,
  StatefulProcessorHandle,
  ValueState,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";
import { ALL_TYPES, VALUE_OF_ALL_TYPES } from "../state_values.ts";
import { ROCKS_DB, settings } from "../streams.ts";

Deno.test("processors in batch queries", async (t) => {
  const spark = await sharedSession();
  if (dialectOf(spark.version) === "3.5") return; // versions_test.ts has the refusal
  await using _ = await settings(spark, {
    ...ROCKS_DB,
    "spark.sql.shuffle.partitions": "1",
  });

  await t.step("values of all types come back as they went", async () => {
    const value = VALUE_OF_ALL_TYPES;
    const nulls = Object.fromEntries(
      Object.keys(value).map((name) => [name, null]),
    );
    const rows = spark.range(1).groupBy("id").transformWithState(
      () => {
        let one: ValueState<string>;
        let list: ListState<string>;
        let map: MapState<typeof KEYS, string>;
        return {
          init(handle: StatefulProcessorHandle) {
            one = handle.getValueState("one", ALL_TYPES);
            list = handle.getListState("list", ALL_TYPES);
            map = handle.getMapState("map", KEYS, ALL_TYPES);
          },
          *handleInputRows() {
            const key = { text: value.text, day: value.day, at: value.at };
            one.update(value);
            list.put([nulls]);
            list.put([value, nulls]);
            list.appendList([nulls, value]);
            map.updateValue(key, value);
            yield one.get() ?? nulls;
            yield* list.get();
            yield map.getValue(key) ?? nulls;
            yield* map.values();
            for (const [, found] of map.iterator()) yield found;
            for (const k of map.keys()) yield { ...nulls, ...k };
          },
        };
      },
      ALL_TYPES,
      { outputMode: "append" },
    );
    const { text, day, at } = value;
    assert.deepEqual(await rows.collect(), [
      value,
      ...[value, nulls, nulls, value],
      ...[value, value, value],
      { ...nulls, text, day, at },
    ]);
  });

  await t.step("values of a megabyte", async () => {
    const sizes = spark.range(1).groupBy("id").transformWithState(
      () => {
        let one: ValueState<"text STRING">;
        let list: ListState<"text STRING">;
        let map: MapState<"k INT", "text STRING">;
        return {
          init(handle: StatefulProcessorHandle) {
            one = handle.getValueState("one", "text STRING");
            list = handle.getListState("list", "text STRING");
            map = handle.getMapState("map", "k INT", "text STRING");
          },
          *handleInputRows() {
            const text = "x".repeat(1 << 20);
            one.update({ text });
            list.put([{ text }, { text: "y" }, { text }]);
            map.updateValue([1], { text });
            yield { size: one.get()?.text?.length ?? 0 };
            for (const { text } of list.get()) {
              yield { size: text?.length ?? 0 };
            }
            for (const { text } of map.values()) {
              yield { size: text?.length ?? 0 };
            }
          },
        };
      },
      "size INT",
      { outputMode: "append" },
    );
    const large = { size: 1 << 20 };
    assert.deepEqual(
      await sizes.collect(),
      [large, large, { size: 1 }, large, large],
    );
  });

  await t.step("a batch query has states, of itself alone", async () => {
    const counted = spark.range(10).groupBy("id").transformWithState(
      () => ({
        init: (handle) => void handle.getValueState("n", "n INT"),
        handleInputRows: ({ id }) => [{ id }],
      }),
      "id BIGINT",
      { outputMode: "append" },
    );
    assert.equal(await counted.count(), 10);
  });

  await t.step(
    "a batch query with an initial state, by keys of two columns that lie apart",
    async () => {
      const rows = spark.createDataFrame(
        [{ a: 1, v: 10, b: "x" }, { a: 2, v: 20, b: "x" }, {
          a: 1,
          v: 5,
          b: "x",
        }],
        "a INT, v INT, b STRING",
      );
      const initialState = spark.createDataFrame(
        [{ n: 100, b2: "x", a2: 1 }, { n: 200, b2: "y", a2: 3 }],
        "n INT, b2 STRING, a2 INT",
      ).groupBy("b2", "a2");
      const sums = rows.groupBy("b", "a").transformWithState(
        () => {
          let sum: ValueState<"n INT">;
          return {
            init(handle: StatefulProcessorHandle) {
              sum = handle.getValueState("sum", "n INT");
            },
            handleInitialState({ b, a }, { n, b2, a2 }) {
              if (b === b2 && a === a2) sum.update({ n });
            },
            handleInputRows({ b, a }, rows) {
              const before = sum.get()?.n ?? 0;
              return [{
                b,
                a,
                n: [...rows].reduce((n, { v }) => n + (v ?? 0), before),
              }];
            },
          };
        },
        "b STRING, a INT, n INT",
        { outputMode: "append", initialState },
      );
      assert.deepEqual(await sums.orderBy("a").collect(), [
        { b: "x", a: 1, n: 115 },
        { b: "x", a: 2, n: 20 },
      ]);
    },
  );
});

const KEYS = "text STRING, day DATE, at TIMESTAMP";
