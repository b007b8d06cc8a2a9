import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { tableFromArrays } from "apache-arrow";
import {
  arrowIteratorUdf,
  BarrierTaskContext,
  type DataSource,
  type SparkSession,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { ROCKS_DB, settings } from "../streams.ts";
import { temporaryFolder } from "../temporary_folder.ts";

/** What a task was told by what the one before left: the error, how many it then read of its own, and its process. */
type Told = readonly [said: string, count: number, pid: number];

/** Where functions of these queries leave what they were given: the worker's global object. */
interface Shelf {
  keptRows?: Iterator<unknown> | undefined;
  keptContext?: BarrierTaskContext | undefined;
}

const SCHEMA = "said STRING, count INT, pid INT";

/** Keeps the iterator, or asks the one that was kept before it reads its own. */
function look(rows: Iterable<unknown>): Told {
  const shelf = globalThis as Shelf;
  const kept = shelf.keptRows;
  if (kept === undefined) {
    shelf.keptRows = rows[Symbol.iterator]();
    shelf.keptRows.next();
    return ["", 0, Deno.pid];
  }
  shelf.keptRows = undefined;
  let said = "";
  try {
    for (let i = 0; i < 3; i++) kept.next();
  } catch (error) {
    said = (error as Error).message;
  }
  let count = 0;
  for (const _ of rows) count++;
  return [said, count, Deno.pid];
}

/** Checks what functions of queries keep, in a session of one core. @param closed what is said of it */
export async function checkKeptRows(
  t: Deno.TestContext,
  spark: SparkSession,
  closed: string,
): Promise<void> {
  await using folder = await temporaryFolder();
  await using _ = await settings(spark, {
    ...ROCKS_DB,
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2",
  });
  const numbers = spark.range(0, 6, 1, 1);
  const groups = numbers.selectExpr("0 AS k", "id").groupBy("k");
  const told = async (
    frame: { collect(): Promise<readonly object[]> },
  ): Promise<Told> =>
    Object.values((await frame.collect())[0] ?? {}) as unknown as Told;

  const check = async (
    name: string,
    count: number,
    ask: () => Promise<Told>,
  ): Promise<void> => {
    await t.step(`what ${name} was given`, async () => {
      const [, , pid] = await ask();
      assert.deepEqual(await ask(), [closed, count, pid]);
    });
  };
  await check(
    "mapPartitions() of frames",
    6,
    () => told(numbers.mapPartitions((rows) => [look(rows)], SCHEMA)),
  );
  await check("mapInArrow()", 3, () =>
    told(numbers.mapInArrow((tables) => {
      const [said, count, pid] = look(tables);
      return [tableFromArrays({
        said: [said],
        count: Int32Array.of(count),
        pid: Int32Array.of(pid),
      })];
    }, SCHEMA)));
  await check(
    "flatMapGroups()",
    6,
    () => told(groups.flatMapGroups((_key, rows) => [look(rows)], SCHEMA)),
  );
  await check("arrowIteratorUdf()", 2, async () => {
    const f = arrowIteratorUdf(function* (batches) {
      // A function has to read all: a first batch for what is told, then the rest.
      const [first] = [batches.next()];
      const [said, count, pid] = look(batches);
      for (const _ of batches) { /* read */ }
      if (first.done === true) return;
      yield Array.from({ length: 6 }, () => `${said}|${count}|${pid}`);
    }, "string");
    const [row] = await numbers.select(f("id").as("told")).collect();
    const [said = "", count, pid] = String(row?.told).split("|");
    return [said, Number(count), Number(pid)];
  });
  if (dialectOf(spark.version) !== "3.5") { // which has neither
    await check("a writer of a data source", 6, async () => {
      const path = `${folder.path}/told`;
      class KeptRows implements DataSource {
        writer() {
          return {
            write: (rows: Iterable<unknown>) => look(rows),
            commit: (messages: readonly unknown[]) =>
              writeFileSync(path, JSON.stringify(messages[0])),
          };
        }
      }
      spark.dataSource.register(KeptRows);
      await numbers.write.format("keptRows").mode("append").save();
      return JSON.parse(await readFile(path, "utf8"));
    });
    await check("a processor", 6, () =>
      told(groups.transformWithState(
        () => ({
          init() {},
          handleInputRows: (_key: unknown, rows: Iterable<unknown>) => [
            look(rows),
          ],
        }),
        SCHEMA,
        { outputMode: "append" },
      )));
  }
  await t.step("the context of a barrier task", async () => {
    const one = spark.sparkContext.parallelize([1], 1).barrier();
    await one.mapPartitions(() => {
      (globalThis as Shelf).keptContext = BarrierTaskContext.get();
      return [];
    }).collect();
    const said = await one.mapPartitions(() => {
      const context = (globalThis as Shelf).keptContext;
      const uses = [
        () => context?.barrier(),
        () => context?.allGather("late"),
        () => context?.getTaskInfos(),
        () => context?.stageId(),
      ];
      return uses.map((use) => {
        try {
          return String(use());
        } catch (error) {
          return (error as Error).message;
        }
      });
    }).collect();
    assert.deepEqual(
      said,
      Array(4).fill(
        "Cannot ask about a task that has ended: call TaskContext.get() anew in each function that needs it",
      ),
    );
  });
}
