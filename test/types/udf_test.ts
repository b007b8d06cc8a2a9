/**
 * What the compiler must accept and refuse of functions in queries. Checked by
 * `deno check`; nothing here runs Spark.
 */
import {
  aggregateUdf,
  arrowIteratorUdf,
  arrowUdf,
  type Column,
  type DataFrame,
  type SparkSession,
  udf,
  udtf,
  type UserDefinedFunction,
} from "../../mod.ts";
import { type Equal, holds } from "./equal.ts";

/** Never called. */
export function rowFunctions(
  spark: SparkSession,
  df: DataFrame<{ id: number; name: string; city: string | null }>,
): void {
  const both = udf((x: number, y: string) => x + y.length, "int");
  type Both = UserDefinedFunction<[x: number, y: string], number | null>;
  holds<Equal<typeof both, Both>>();
  const column = both("id", "name");
  holds<Equal<typeof column, Column<number | null>>>();
  df.select((c) => [both(c.id, c.name).as("n")]);
  const registered = spark.udf.register("both", both);
  holds<Equal<typeof registered, Both>>();
  spark.udf.register("half", (x: number) => x / 2, "double");

  df.select((c) => [
    // @ts-expect-error the column is a text
    both(c.name, c.name),
  ]);
  // @ts-expect-error it takes two columns
  both("id");
  // @ts-expect-error it takes no third one
  both("id", "name", "city");
  // @ts-expect-error the result is no text
  udf((x: number) => x, "string");
  // @ts-expect-error the element is no number
  udf((x: string) => [x], "array<int>");
  // @ts-expect-error the field has another name
  udf((x: number) => ({ y: x }), "struct<x: int>");
  // @ts-expect-error there is no such type
  udf((x: number) => x, "integre");
  // @ts-expect-error the result is no text
  spark.udf.register("text", (x: number) => x, "string");
  // @ts-expect-error there is no such option
  udf((x: number) => x, "int", { nulls: "skip" });
}

/** Never called. */
export function columnFunctions(df: DataFrame<{ k: string; x: number }>): void {
  const twice = arrowUdf((x) => Float64Array.from(x, Number), "double");
  const doubled = twice("x");
  holds<Equal<typeof doubled, Column<number | null>>>();
  arrowIteratorUdf(function* (batches) {
    for (const [x] of batches) yield Array.from(x ?? [], Number);
  }, "int");
  // @ts-expect-error a column is wanted, not a value
  arrowUdf(() => 5, "int");

  const total = aggregateUdf(
    (values: readonly number[]) => values.reduce((a, b) => a + b, 0),
    "double",
  );
  const totals = df.groupBy("k").agg((c) => [total(c.x).as("total")]);
  type Totals = DataFrame<{ k: string; total: number | null }>;
  holds<Equal<typeof totals, Totals>>();
  df.groupBy("k").agg((c) => [
    // @ts-expect-error the column is a text
    total(c.k),
  ]);
}

/** Never called. */
export function rowsFunctions(df: DataFrame<{ k: string; x: number }>): void {
  const mapped = df.map(
    ({ k, x }) => ({ n: k.length + x }),
    "n INT NOT NULL",
  );
  holds<Equal<typeof mapped, DataFrame<{ n: number }>>>();
  const grouped = df.groupBy("k").flatMapGroups(
    ({ k }, rows) => [{ k, n: [...rows].filter(({ x }) => x > 0).length }],
    "k STRING, n INT NOT NULL",
  );
  type Grouped = DataFrame<{ k: string | null; n: number }>;
  holds<Equal<typeof grouped, Grouped>>();
  df.groupBy("k").flatMapGroupsInArrow(
    // @ts-expect-error tables are wanted, not rows
    ({ k }) => [{ k }],
    "k STRING",
  );
  // @ts-expect-error the row has no such column
  df.map(({ y }) => ({ y }), "y INT");
  // @ts-expect-error the result is no number
  df.map(({ k }) => ({ k }), "k INT");
  // @ts-expect-error rows are wanted, not a row
  df.flatMap(({ x }) => ({ x }), "x INT");
  df.groupBy("k").flatMapGroups(
    // @ts-expect-error the key is "k"
    ({ x }) => [[x]],
    "x INT",
  );
}

/** Never called. */
export function tableFunctions(): void {
  const words = udtf(function* (text: string) {
    for (const word of text.split(" ")) yield { word, n: word.length };
  }, "word STRING, n INT");
  const rows = words("text");
  type Rows = DataFrame<{ word: string | null; n: number | null }>;
  holds<Equal<typeof rows, Rows>>();
  // @ts-expect-error the result is no number
  udtf((text: string) => [{ n: text }], "n INT");
}
