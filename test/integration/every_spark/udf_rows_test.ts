import assert from "node:assert/strict";
import { tableFromArrays } from "apache-arrow";
import type { DataFrame } from "../../../mod.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** The values of a frame's rows, in order. */
async function valuesOf<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  return (await df.collect()).map((row) => Object.values(row));
}

Deno.test("functions over rows of a DataFrame", async (t) => {
  const spark = await sharedSession();
  const numbers = spark.range(0, 6, 1, 2);
  const groups = spark.sql(
    "SELECT id % 3 AS k, id, double(id) / 2 AS v FROM range(10)",
  ).as<{ k: number; id: number; v: number }>();
  const others = spark.sql("SELECT id AS k, id * 10 AS w FROM range(1, 5)")
    .as<{ k: number; w: number }>();

  await t.step("map(), flatMap() and mapPartitions() give rows", async () => {
    assert.deepEqual(
      await numbers.map(
        ({ id }) => ({ id, square: id * id }),
        "id BIGINT, square BIGINT",
      )
        .filter("id > 3").collect(),
      [{ id: 4, square: 16 }, { id: 5, square: 25 }],
    );
    assert.deepEqual(
      await valuesOf(
        numbers.flatMap(function* ({ id }) {
          for (let i = 0; i < id; i++) yield [id, i];
        }, "id BIGINT, i INT").filter("id = 3"),
      ),
      [[3, 0], [3, 1], [3, 2]],
    );
    assert.deepEqual(
      await valuesOf(numbers.mapPartitions(function* (rows) {
        let count = 0;
        for (const _ of rows) count++;
        yield [count];
      }, "count INT")),
      [[3], [3]],
    );
    assert.deepEqual(
      await valuesOf(numbers.mapPartitions(async function* (rows) {
        for (const { id } of rows) {
          await Promise.resolve();
          yield { id };
        }
      }, "id BIGINT")),
      [[0], [1], [2], [3], [4], [5]],
    );
  });

  await t.step("mapPartitions() may leave rows unread", async () => {
    const first = spark.range(0, 500_000, 1, 1).mapPartitions(
      function* (rows) {
        for (const row of rows) {
          yield row;
          return;
        }
      },
      "id BIGINT",
    );
    assert.deepEqual(await valuesOf(first), [[0]]);
    assert.deepEqual(await valuesOf(first), [[0]]);
  });

  await t.step("mapInArrow() takes and gives tables", async () => {
    const counted = numbers.mapInArrow(function* (batches) {
      for (const batch of batches) {
        yield tableFromArrays({
          text: [`${batch.getChild("id")?.get(0)}`],
          count: Int32Array.of(batch.numRows),
        });
      }
    }, "count INT, text STRING");
    assert.deepEqual(await valuesOf(counted), [[3, "0"], [3, "3"]]);
  });

  await t.step("flatMapGroups() gives rows for each group", async () => {
    const result = groups.groupBy("k").flatMapGroups(
      ({ k }, rows) => [{
        k,
        ids: Array.from(rows, ({ id }) => id).sort(),
      }],
      "k BIGINT, ids ARRAY<BIGINT>",
    );
    assert.deepEqual(
      (await valuesOf(result)).sort(),
      [[0, [0, 3, 6, 9]], [1, [1, 4, 7]], [2, [2, 5, 8]]],
    );
  });

  await t.step("flatMapGroups() goes on behind rows left unread", async () => {
    const result = groups.groupBy("k").flatMapGroups(
      ({ k }, rows) => k === 1 ? [] : [[k, rows.next().value?.id]],
      "k BIGINT, id BIGINT",
    );
    assert.deepEqual((await valuesOf(result)).map(([k]) => k).sort(), [0, 2]);
  });

  await t.step("groups larger than a batch come whole", async () => {
    const large = spark.sql("SELECT id % 2 AS k, id FROM range(50000)")
      .as<{ k: number; id: number }>();
    const sums = large.groupBy("k").flatMapGroups(({ k }, rows) => {
      let sum = 0;
      for (const { id } of rows) sum += id;
      return [[k, sum]];
    }, "k BIGINT, sum BIGINT");
    assert.deepEqual(
      (await valuesOf(sums)).sort(),
      [[0, 624_975_000], [1, 625_000_000]],
    );
  });

  await t.step("applyInArrow() takes and gives a table", async () => {
    const result = groups.groupBy("k").applyInArrow(
      (table, { k }) =>
        tableFromArrays({
          k: BigInt64Array.of(BigInt(k)),
          rows: Int32Array.of(table.numRows),
          names: [table.schema.fields.map(({ name }) => name).join()],
        }),
      "k BIGINT, rows INT, names STRING",
    );
    assert.deepEqual(
      (await valuesOf(result)).sort(),
      [[0, 4, "k,id,v"], [1, 3, "k,id,v"], [2, 3, "k,id,v"]],
    );
  });

  await t.step("flatMapGroupsInArrow() goes table by table", async () => {
    const sizes = "spark.sql.execution.arrow.maxRecordsPerBatch";
    await spark.conf.set(sizes, 2);
    try {
      const result = groups.groupBy("k").flatMapGroupsInArrow(
        function* ({ k }, tables) {
          for (const { numRows, schema } of tables) {
            assert.equal(
              schema.fields.map(({ name }) => name).join(),
              "k,id,v",
            );
            yield tableFromArrays({
              k: BigInt64Array.of(BigInt(k)),
              n: Int32Array.of(numRows),
            });
          }
        },
        "k BIGINT, n INT",
      );
      const version = await spark.version;
      assert.deepEqual(
        (await valuesOf(result)).map(String).sort(),
        version < "4.1"
          ? ["0,4", "1,3", "2,3"]
          : ["0,2", "0,2", "1,1", "1,2", "2,1", "2,2"],
      );
    } finally {
      await spark.conf.unset(sizes);
    }
    const firsts = groups.groupBy("k").flatMapGroupsInArrow(
      async function* (_, tables) {
        const [first] = tables;
        if (first !== undefined) yield await Promise.resolve(first.slice(0, 1));
      },
      "k BIGINT, id BIGINT, v DOUBLE",
    );
    assert.deepEqual(
      (await valuesOf(firsts.select("k"))).flat().sort(),
      [0, 1, 2],
    );
  });

  await t.step("cogroup() pairs groups of equal keys", async () => {
    const pairs = groups.groupBy("k").cogroup(others.groupBy("k"));
    const rows = pairs.flatMapGroups(
      ({ k }, left, right) => [[k, left.length, right.map(({ w }) => w)]],
      "k BIGINT, left INT, right ARRAY<BIGINT>",
    );
    assert.deepEqual(
      (await valuesOf(rows)).sort(),
      [[0, 4, []], [1, 3, [10]], [2, 3, [20]], [3, 0, [30]], [4, 0, [40]]],
    );
    const tables = pairs.applyInArrow(
      (left, right, { k }) =>
        tableFromArrays({
          k: BigInt64Array.of(BigInt(k)),
          left: Int32Array.of(left.numRows),
          right: Int32Array.of(right.numRows),
        }),
      "k BIGINT, left INT, right INT",
    );
    assert.deepEqual(
      (await valuesOf(tables)).sort(),
      [[0, 4, 0], [1, 3, 1], [2, 3, 1], [3, 0, 1], [4, 0, 1]],
    );
  });

  await t.step("errors tell the row, the key and what is wrong", async () => {
    await failsInWorker(
      numbers.map(() => ({ id: "x" as unknown as number }), "id INT").collect(),
      "VALUE_TYPE_MISMATCH",
      /"x" is no value of type int[^]*\n {2}in map\(\{ id: \d \}\) of map\(\) at udf_rows_test\.ts:\d+:\d+\n/,
    );
    await failsInWorker(
      groups.groupBy("k").flatMapGroups(function broken() {
        throw new RangeError("no");
      }, "k BIGINT").collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in broken\(\{ k: \d \}\) of flatMapGroups\(\) at udf_rows_test\.ts/,
    );
    await failsInWorker(
      numbers.mapInArrow(
        () => [tableFromArrays({ other: Int32Array.of(1) })],
        "id INT",
      )
        .collect(),
      "TABLE_INVALID",
      /Cannot take the result of "mapInArrow": it has the columns "other", and the schema has "id"; give a table of apache-arrow with the columns of the schema/,
    );
    await failsInWorker(
      numbers.flatMap((() => 5) as never, "id INT").collect(),
      "RESULT_NOT_ITERABLE",
      /Cannot iterate over the result of "flatMap": it is 5; return an array or another iterable/,
    );
  });
});
