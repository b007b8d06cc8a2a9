import assert from "node:assert/strict";
import { functions as F, JavaError } from "../../../mod.ts";
import type { DataFrame } from "../../../mod.ts";
import { dialectOf, isSince } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";

const { col, lit } = F;

type Frame = { collect(): Promise<readonly unknown[]> };

/** What fails while it is computed; each on one line, which begins with the name that Spark 4 tells. */
const CASES: readonly (readonly [
  method: string,
  condition: string,
  make: (df: DataFrame) => Frame,
])[] = [
  [
    "divide",
    "DIVIDE_BY_ZERO",
    (df) =>
      df.select(
        col("id"),
        col("id")
          .divide(col("id").minus(1)).as("q"),
      ),
  ],
  [
    "times",
    "ARITHMETIC_OVERFLOW",
    (df) =>
      df.select(
        col("id").plus(5)
          .times(lit(9_000_000_000_000_000_000n)),
      ),
  ],
  [
    "cast",
    "CAST_INVALID_INPUT",
    (df) =>
      df.withColumn("s", lit("x")).select(
        col("s")
          .cast("int"),
      ),
  ],
  [
    "gt",
    "CAST_INVALID_INPUT",
    (df) =>
      df.withColumn("s", F.concat(lit("x"), col("id"))).where(
        col("s")
          .gt(lit(5)),
      ),
  ],
  [
    "element_at",
    "INVALID_ARRAY_INDEX_IN_ELEMENT_AT",
    (df) =>
      df.select(F.array(col("id")).as("a")).select(
        F
          .element_at(col("a"), lit(5)),
      ),
  ],
  [
    "divide",
    "DIVIDE_BY_ZERO",
    (df) =>
      df.select(F.array(col("id")).as("a")).select(
        F.transform(col("a"), (x) =>
          x
            .divide(lit(0)).plus(1)),
      ),
  ],
  [
    "when",
    "CAST_INVALID_INPUT",
    (df) =>
      df.withColumn("s", F.concat(lit("x"), col("id"))).select(
        F
          .when(col("id").ge(0), col("s")).otherwise(lit(1)).plus(0),
      ),
  ],
];

Deno.test("an expression that fails names its line in the program", async (t) => {
  const spark = await sharedSession();
  const df = spark.range(900).coalesce(1) as unknown as DataFrame;
  const knows = isSince(dialectOf(spark.version), "4.0");
  await spark.conf.set("spark.sql.ansi.enabled", true);

  const failure = async (frame: Frame): Promise<JavaError> => {
    try {
      await frame.collect();
    } catch (error) {
      assert.ok(error instanceof JavaError, Deno.inspect(error));
      return error;
    }
    throw new assert.AssertionError({ message: "nothing was thrown" });
  };

  for (const [method, condition, make] of CASES) {
    await t.step(`${method}: ${condition}`, async () => {
      const { condition: told, message, stack = "" } = await failure(make(df));
      assert.equal(told, condition);
      assert.match(
        message,
        /\n {2}in collect\(\) at query_context_test\.ts:\d+:\d+$/,
      );
      const [, name, place] =
        /\n {2}in (\w+)\(\) at query_context_test\.ts:(\d+:\d+)\n {2}in collect\(\) at/
          .exec(message) ?? [];
      if (!knows) return assert.equal(name, undefined);
      assert.equal(name, method);
      assert.equal(await wordAt(place ?? ""), method);
      const frame = `    at ${method}() (${import.meta.url}:${place})\n`;
      assert.ok(stack.includes(frame), stack);
    });
  }

  await t.step("a text of SQL is shown with the place in it", async () => {
    const error = await failure(df.select(F.expr("id / (id - 3)")));
    assert.equal(error.condition, "DIVIDE_BY_ZERO");
    assert.match(
      error.message,
      /\n== SQL ?\(line 1, position 1\) ==\nid \/ \(id - 3\)\n\^{13}\n {2}in collect\(\) at /,
    );
  });

  await t.step("a view tells the line of its own expressions", async () => {
    const view = df.select(col("id").divide(col("id")).as("q"));
    await view.createOrReplaceTempView("query_context");
    const error = await failure(spark.table("query_context"));
    assert.equal(error.condition, "DIVIDE_BY_ZERO");
    const place = / in divide\(\) at query_context_test\.ts:(.+)\n/
      .exec(error.message)?.[1];
    if (knows) assert.equal(await wordAt(place ?? ""), "divide");
    await spark.catalog.dropTempView("query_context");
  });

  await spark.conf.unset("spark.sql.ansi.enabled");
});

/** The word of this file that a position points to. */
async function wordAt(position: string): Promise<string> {
  const [line, column] = position.split(":").map(Number);
  const text = await Deno.readTextFile(new URL(import.meta.url));
  const rest = text.split("\n")[(line ?? 0) - 1]?.slice((column ?? 0) - 1);
  return /^\w+/.exec(rest ?? "")?.[0] ?? "";
}
