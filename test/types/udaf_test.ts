/**
 * What the compiler must accept and refuse of aggregators. Checked by `deno
 * check`; nothing here runs Spark.
 */
import { type DataFrame, udaf, type UserDefinedAggregator } from "../../mod.ts";
import { type Equal, holds } from "./equal.ts";

/** Never called. */
export function aggregators(df: DataFrame<{ k: string; x: number }>): void {
  const average = udaf({
    zero: () => ({ sum: 0, count: 0 }),
    reduce: ({ sum, count }, x: number) => ({ sum: sum + x, count: count + 1 }),
    merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
    finish: ({ sum, count }) => sum / count,
  }, "double");
  type OfNumber = UserDefinedAggregator<[x: number], number | null>;
  holds<Equal<typeof average, OfNumber>>();
  const means = df.groupBy("k").agg(average("x").as("mean"));
  type Means = DataFrame<{ k: string; mean: number | null }>;
  holds<Equal<typeof means, Means>>();
  const picked = df.groupBy("k").agg((c) => [average(c.x).alias("mean")]);
  holds<Equal<typeof picked, Means>>();

  df.groupBy().agg((c) => [
    // @ts-expect-error the column is no number
    average(c.k),
  ]);
  // @ts-expect-error it takes one column
  average("x", "k");
  udaf({
    zero: () => 0,
    reduce: (n, _: string) => n + 1,
    merge: (a, b) => a + b,
    // @ts-expect-error the result is no text
    finish: (n) => n,
  }, "string");
}
