import assert from "node:assert/strict";
import { type Accumulator, TaskContext } from "../../../mod.ts";
import { ownSession } from "../shared_session.ts";
import { checkKeptRows } from "./kept_rows.ts";

/** Where functions of these jobs leave what they were given: the worker's global object. */
interface Shelf {
  kept?: Iterator<unknown> | AsyncIterator<unknown>;
  accumulator?: Accumulator<number>;
  context?: TaskContext | null;
}

const CLOSED =
  "Cannot read from an iterator of a task that has ended: read the records within the function that was given it, and keep those that are needed later";

// One core, so that each job gets the worker of the one before.
for (const permissions of [null, ""]) {
  const confined = permissions === null ? {} : {
    "spark.tspark.worker.permissions": permissions,
  };
  const held = permissions === null ? "" : ", confined";
  Deno.test(`what a function keeps ends with its task${held}`, async (t) => {
    await using spark = await ownSession({
      "spark.master": "local[1]",
      ...confined,
    });
    const sc = spark.sparkContext;
    await using folder = {
      path: await Deno.makeTempDir(),
      [Symbol.asyncDispose]: () =>
        Deno.remove(folder.path, { recursive: true }),
    };
    const file = `${folder.path}/lines.txt`;
    await Deno.writeTextFile(file, "a line\n".repeat(200_000));
    const inputs = {
      records: sc.parallelize(Array.from({ length: 200_000 }, (_, i) => i), 1),
      texts: sc.textFile(file, 1),
      ranges: sc.range(0, 200_000, 1, 1).map((n) => n),
    };

    for (const [name, rdd] of Object.entries(inputs)) {
      await t.step(`an iterator of ${name}`, async () => {
        const records = rdd as typeof inputs.records;
        await records.mapPartitions((values) => {
          const shelf = globalThis as Shelf;
          shelf.kept = values[Symbol.iterator]();
          shelf.kept.next();
          return [1];
        }).collect();
        const [message, count] = await records.mapPartitions((values) => {
          const { kept } = globalThis as Shelf;
          let said = "";
          try {
            for (let i = 0; i < 1000; i++) kept?.next();
          } catch (error) {
            said = (error as Error).message;
          }
          let n = 0;
          for (const _ of values) n++;
          return [said, n] as unknown[];
        }).collect();
        assert.deepEqual([message, count], [CLOSED, 200_000]);
      });
    }

    await t.step("an iterator that is awaited", async () => {
      const { records } = inputs;
      await records.mapPartitions(async (values) => {
        const shelf = globalThis as Shelf;
        const kept = (values as unknown as AsyncIterable<number>)[
          Symbol.asyncIterator
        ]();
        await kept.next();
        shelf.kept = kept;
        return [1];
      }).collect();
      const [message, count] = await records.mapPartitions(
        async (values) => {
          const { kept } = globalThis as Shelf;
          let said = "";
          try {
            for (let i = 0; i < 1000; i++) await kept?.next();
          } catch (error) {
            said = (error as Error).message;
          }
          let n = 0;
          for await (const _ of values) n++;
          return [said, n] as unknown[];
        },
      ).collect();
      assert.deepEqual([message, count], [CLOSED, 200_000]);
    });

    await t.step("an accumulator and a task's context", async () => {
      const sum = sc.accumulator(0);
      const one = sc.parallelize([1], 1);
      await one.foreach((n) => {
        const shelf = globalThis as Shelf;
        sum.add(n);
        shelf.accumulator = sum;
        shelf.context = TaskContext.get();
      });
      const said = await one.map((n) => {
        const { accumulator, context } = globalThis as Shelf;
        sum.add(10 * n);
        const uses = [
          () => accumulator?.add(100),
          () => context?.partitionId(),
        ];
        return uses.map((use) => {
          try {
            return String(use());
          } catch (error) {
            return (error as Error).message;
          }
        });
      }).first();
      assert.match(
        said[0] ?? "",
        /^Cannot add to accumulator \d+: the task that was given it has ended/,
      );
      assert.match(
        said[1] ?? "",
        /^Cannot ask about a task that has ended: call TaskContext\.get\(\)/,
      );
      assert.equal(sum.value, 11);
    });
    if (permissions === null) await checkKeptRows(t, spark, CLOSED);
  });
}
