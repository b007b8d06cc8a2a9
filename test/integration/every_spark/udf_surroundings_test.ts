import assert from "node:assert/strict";
import { tableFromArrays } from "apache-arrow";
import {
  aggregateUdf,
  arrowIteratorUdf,
  arrowUdf,
  type ArrowVector,
  asyncUdf,
  type DataFrame,
  TaskContext,
  udf,
  udtf,
  Window,
} from "../../../mod.ts";
import { col, lit } from "../../../src/driver/sql/functions/mod.ts";
import { sharedSession } from "../shared_session.ts";

const OFFSET = 100;

/** The values of a frame's rows, in order. */
async function valuesOf<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  return (await df.collect()).map((row) => Object.values(row));
}

Deno.test("functions in queries have what functions of RDDs have", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const table = sc.broadcast({ factor: 2 });
  const calls = sc.accumulator(0);
  const numbers = spark.range(0, 6, 1, 2);
  const grouped = numbers.select("id", col("id").mod(2).as("k"))
    .as<{ id: number; k: number }>();

  /** Uses a captured value, a broadcast, an accumulator and the task's context. */
  const use = (x: number): number => {
    calls.add(1);
    const partition = TaskContext.get()?.partitionId();
    if (partition === undefined) throw new TypeError("no task");
    return x * table.value.factor + OFFSET;
  };
  const schema = "x BIGINT";
  const six = [0, 1, 2, 3, 4, 5].map((x) => 2 * x + OFFSET);

  /** What a frame gives in all, and how often the function was called for it. */
  const gives = async <S extends object>(
    kind: string,
    df: DataFrame<S>,
    expected: readonly number[],
    times = 6,
  ): Promise<void> => {
    await t.step(kind, async () => {
      const before = Number(calls.value);
      const values = (await valuesOf(df)).flat().map(Number);
      assert.deepEqual(values.sort((a, b) => a - b), expected);
      assert.equal(Number(calls.value) - before, times);
    });
  };

  await gives("row", numbers.select(udf(use, "bigint")("id")), six);
  const awaited = asyncUdf(
    async (x: number) => use(await Promise.resolve(x)),
    "bigint",
  );
  await gives("async", numbers.select(awaited("id")), six);
  const vector = arrowUdf(
    (ids: ArrowVector) => Array.from(ids, (id) => use(Number(id))),
    "bigint",
  );
  await gives("vector", numbers.select(vector("id")), six);
  const iterator = arrowIteratorUdf(function* (batches) {
    for (const [ids] of batches) {
      yield Array.from(ids ?? [], (id) => use(Number(id)));
    }
  }, "bigint");
  await gives("iterator", numbers.select(iterator("id")), six);
  await gives("map", numbers.map(({ id }) => [use(id)], schema), six);
  await gives("flatMap", numbers.flatMap(({ id }) => [[use(id)]], schema), six);
  await gives(
    "mapPartitions",
    numbers.mapPartitions(function* (rows) {
      for (const { id } of rows) yield [use(id)];
    }, schema),
    six,
  );
  await gives(
    "mapInArrow",
    numbers.mapInArrow(function* (tables) {
      for (const table of tables) {
        const ids = Array.from(table.getChild("id") ?? []);
        yield tableFromArrays({
          x: BigInt64Array.from(ids, (id) => BigInt(use(Number(id)))),
        });
      }
    }, schema),
    six,
  );
  await gives(
    "flatMapGroups",
    grouped.groupBy("k").flatMapGroups(function* (_, rows) {
      for (const { id } of rows) yield [use(id)];
    }, schema),
    six,
  );
  await gives(
    "applyInArrow",
    grouped.groupBy("k").applyInArrow(
      ({ numRows }) =>
        tableFromArrays({ x: BigInt64Array.of(BigInt(use(numRows))) }),
      schema,
    ),
    [106, 106],
    2,
  );
  await gives(
    "flatMapGroupsInArrow",
    grouped.groupBy("k").flatMapGroupsInArrow(
      function* (_, tables) {
        for (const { numRows } of tables) {
          yield tableFromArrays({ x: BigInt64Array.of(BigInt(use(numRows))) });
        }
      },
      schema,
    ),
    [106, 106],
    2,
  );
  await gives(
    "cogroup",
    grouped.groupBy("k").cogroup(grouped.groupBy("k")).flatMapGroups(
      (_, left, right) => [[use(left.length + right.length)]],
      schema,
    ),
    [112, 112],
    2,
  );
  const size = aggregateUdf(
    (ids: readonly number[]) => use(ids.length),
    "bigint",
  );
  await gives(
    "aggregate",
    grouped.groupBy("k").agg(size("id").as("x")).select("x"),
    [106, 106],
    2,
  );
  await gives(
    "window",
    grouped.select(
      size("id").over(
        Window.partitionBy("k").orderBy("id").rowsBetween(-1, 0),
      ).as("x"),
    ),
    [102, 102, 104, 104, 104, 104],
  );
  const rows = udtf((x: number) => [[use(x)]], schema);
  await gives("table function", rows(lit(7)), [114], 1);

  await t.step(
    "one that is not deterministic is called once a row",
    async () => {
      const dice = udf((_: number) => Math.random(), "double");
      assert.equal(dice.deterministic, true);
      const fair = dice.asNondeterministic();
      assert.equal(fair.deterministic, false);
      const marked = udf((_: number) => Math.random(), "double", {
        deterministic: false,
      });
      for (const f of [fair, marked]) {
        const [row] = await spark.range(0, 1000, 1, 2)
          .select(f("id").as("x")).filter("x < 0.5")
          .selectExpr("count(*) AS n", "count_if(x < 0.5) AS low").collect();
        assert.equal(row?.low, row?.n);
        assert.ok(Number(row?.n) > 300 && Number(row?.n) < 700);
      }
    },
  );
});
