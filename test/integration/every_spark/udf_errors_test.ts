import assert from "node:assert/strict";
import { tableFromArrays } from "apache-arrow";
import {
  aggregateUdf,
  arrowAggregateUdf,
  arrowIteratorUdf,
  arrowUdf,
  asyncUdf,
  udf,
  udtf,
  Window,
} from "../../../mod.ts";
import { lit } from "../../../src/driver/sql/functions/mod.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

const LONG = "x".repeat(100);

function fails(): never {
  throw new RangeError("no");
}

/** Kinds of functions, each of which throws, or gives `"x"` where an int is wanted. */
Deno.test("errors of functions in queries name the function and its arguments", async (t) => {
  const spark = await sharedSession();
  const numbers = spark.range(7, 8, 1, 1);
  const name = "given";

  /** What a function that throws, and one whose result is wrong, are told as. */
  const both = async (
    kind: string,
    run: (isWrong: boolean) => Promise<unknown>,
    call: string,
    column = "given",
  ): Promise<void> => {
    await t.step(kind, async () => {
      await failsInWorker(
        run(false),
        "FUNCTION_FAILED",
        new RegExp(`^RangeError: no\n {2}in ${call} of \\w+\\(\\) at udf_err`),
      );
      await failsInWorker(
        run(true),
        "VALUE_TYPE_MISMATCH",
        new RegExp(
          `column "${column}": "x" is no value of type int; give a whole number from -2147483648 to 2147483647\n {2}in ${call} of \\w+\\(\\) at udf_err`,
        ),
      );
    });
  };
  const result = (isWrong: boolean): number =>
    isWrong ? "x" as unknown as number : fails();
  const schema = "id INT";

  await both("row", (isWrong) => {
    const f = udf((_: number, __: string) => result(isWrong), "int", { name });
    return numbers.select(f("id", lit(LONG))).collect();
  }, `given\\(7, "x{40}…"\\)`);

  await both("async", (isWrong) => {
    const f = asyncUdf(
      async (_: number) => await Promise.resolve(result(isWrong)),
      "int",
      { name },
    );
    return numbers.select(f("id")).collect();
  }, "given\\(7\\)");

  await both("the outer one of two", (isWrong) => {
    const inner = udf((x: number) => x + 1, "int", { name: "inner" });
    const f = udf((_: number | null) => result(isWrong), "int", { name });
    return numbers.select(f(inner("id"))).collect();
  }, "given\\(8\\)");

  await t.step("the inner one of two", async () => {
    const inner = udf((_: number) => "x" as unknown as number, "int", { name });
    const outer = udf((x: number | null) => x, "int", { name: "outer" });
    await failsInWorker(
      numbers.select(outer(inner("id"))).collect(),
      "VALUE_TYPE_MISMATCH",
      /Cannot take the result of "given": "x" is no value of type int; give a whole number from -2147483648 to 2147483647\n {2}in given\(7\) of udf\(\) at udf_err/,
    );
  });

  await both("vector", (isWrong) => {
    const f = arrowUdf(() => [result(isWrong)], "int", { name });
    return numbers.select(f("id")).collect();
  }, "given\\(an object of class Vector\\)");

  await both("iterator", (isWrong) => {
    const f = arrowIteratorUdf(
      function* (batches) {
        for (const _ of batches) yield [result(isWrong)];
      },
      "int",
      { name },
    );
    return numbers.select(f("id")).collect();
  }, "given\\(\\)");

  await both(
    "map",
    (isWrong) =>
      numbers.map(function given() {
        return [result(isWrong)];
      }, schema).collect(),
    "given\\(\\{ id: 7 \\}\\)",
    "id",
  );

  await both(
    "flatMap",
    (isWrong) =>
      numbers.flatMap(function* given() {
        yield [result(isWrong)];
      }, schema).collect(),
    "given\\(\\{ id: 7 \\}\\)",
    "id",
  );

  await both(
    "mapPartitions",
    (isWrong) =>
      numbers.mapPartitions(function* given(rows) {
        for (const _ of rows) yield [result(isWrong)];
      }, schema).collect(),
    "given\\(\\{ id: 7 \\}\\)",
    "id",
  );

  await t.step("mapInArrow", async () => {
    await failsInWorker(
      numbers.mapInArrow(function* given(tables) {
        for (const _ of tables) {
          fails();
          yield tableFromArrays({ id: Int32Array.of(1) });
        }
      }, schema).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in given\(\) of mapInArrow\(\) at udf_err/,
    );
  });

  await both(
    "flatMapGroups",
    (isWrong) =>
      numbers.groupBy("id").flatMapGroups(function* given(_, rows) {
        for (const _ of rows) yield [result(isWrong)];
      }, schema).collect(),
    "given\\(\\{ id: 7 \\}, \\{ id: 7 \\}\\)",
    "id",
  );

  await t.step("applyInArrow", async () => {
    await failsInWorker(
      numbers.groupBy("id").applyInArrow(function given() {
        return fails();
      }, schema).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in given\(\{ id: 7 \}\) of applyInArrow\(\) at udf_err/,
    );
  });

  await t.step("flatMapGroupsInArrow", async () => {
    await failsInWorker(
      numbers.groupBy("id").flatMapGroupsInArrow(function given() {
        return fails();
      }, schema).collect(),
      "FUNCTION_FAILED",
      /^RangeError: no\n {2}in given\(\{ id: 7 \}\) of flatMapGroupsInArrow\(\) at udf_err/,
    );
  });

  await both(
    "cogroup",
    (isWrong) =>
      numbers.groupBy("id").cogroup(numbers.groupBy("id"))
        .flatMapGroups(function given() {
          return [[result(isWrong)]];
        }, schema).collect(),
    "given\\(\\{ id: 7 \\}\\)",
    "id",
  );

  await both("aggregate", (isWrong) => {
    const f = aggregateUdf((_: readonly number[]) => result(isWrong), "int", {
      name,
    });
    return numbers.groupBy("id").agg(f("id")).collect();
  }, "given\\(an array of length 1\\)");

  await both("aggregate that awaits", (isWrong) => {
    const f = arrowAggregateUdf(
      async () => await Promise.resolve(result(isWrong)),
      "int",
      { name },
    );
    return numbers.groupBy("id").agg(f("id")).collect();
  }, "given\\(an object of class Vector\\)");

  for (const bounds of [null, [-1, 0]] as const) {
    await both(
      `window ${bounds === null ? "without" : "with"} bounds`,
      (isWrong) => {
        const f = aggregateUdf(
          (_: readonly number[]) => result(isWrong),
          "int",
          {
            name,
          },
        );
        const window = Window.partitionBy("id").orderBy("id");
        return numbers.select(
          f("id").over(
            bounds === null
              ? Window.partitionBy("id")
              : window.rowsBetween(...bounds),
          ),
        ).collect();
      },
      "given\\(an array of length 1\\)",
    );
  }

  await both(
    "table function",
    (isWrong) => {
      const f = udtf((_: number) => [[result(isWrong)]], schema, { name });
      return f(lit(7)).collect();
    },
    "given\\(7\\)",
    "id",
  );

  await both(
    "table function's end",
    (isWrong) => {
      const f = udtf(
        class {
          eval(_: number): undefined {}
          terminate(): number[][] {
            return [[result(isWrong)]];
          }
        },
        schema,
        { name },
      );
      return f(lit(7)).collect();
    },
    "given\\.terminate\\(\\)",
    "id",
  );

  assert.deepEqual(await numbers.collect(), [{ id: 7 }]); // the session goes on
});
