/**
 * What the compiler must accept and refuse. Checked by `deno check`; nothing
 * here runs Spark.
 */
import type {
  RDD,
  Row,
  SparkContext,
  SparkSession,
  Values,
} from "../../mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

function same<A, B>(_: Equal<A, B>): void {}

/** Never called. */
export function holds(sc: SparkContext, spark: SparkSession): void {
  const lines = sc.textFile("x");
  same<typeof lines, RDD<string>>(true);

  const words = lines.flatMap((line) => line.split(" "));
  same<typeof words, RDD<string>>(true);

  // A list of two is a pair, without an annotation.
  const ones = words.map((word) => [word, 1]);
  same<typeof ones, RDD<[string, number]>>(true);
  const counts = ones.reduceByKey((a, b) => a + b);
  same<typeof counts, RDD<[string, number]>>(true);

  // A list of three is not a pair, nor is a list of unknown length.
  const triples = words.map((word) => [word, 1, 2]);
  same<typeof triples, RDD<[string, number, number]>>(true);
  const split = lines.map((line) => line.split(" "));
  same<typeof split, RDD<string[]>>(true);

  // Keyed operations exist on pairs only.
  // @ts-expect-error words are no pairs
  words.reduceByKey((a, b) => a + b);
  // @ts-expect-error lists are no pairs
  split.groupByKey();
  // @ts-expect-error only numbers have a sum
  void words.sum();

  const groups = ones.groupByKey();
  same<typeof groups, RDD<[string, Values<number>]>>(true);
  const lengths = ones.mapValues((n) => `${n}`);
  same<typeof lengths, RDD<[string, string]>>(true);
  const combined = ones.combineByKey(
    (n) => new Set([n]),
    (set, n) => set.add(n),
    (a, b) => new Set([...a, ...b]),
  );
  same<typeof combined, RDD<[string, Set<number>]>>(true);

  const keyed = words.flatMap((w) => [[w, w.length], [w, 0]]);
  same<typeof keyed, RDD<[string, number]>>(true);
  const parts = words.mapPartitions(function* (it) {
    for (const w of it) yield w.length;
  });
  same<typeof parts, RDD<number>>(true);
  const mixed = words.union(parts);
  same<typeof mixed, RDD<string | number>>(true);
  const narrowed = mixed.filter((x): x is number => typeof x === "number");
  same<typeof narrowed, RDD<number>>(true);
  const some = sc.parallelize([["a", 1], ["b", 2]]);
  same<typeof some, RDD<[string, number]>>(true);
  const all = sc.parallelize([1, 2]).collect();
  same<typeof all, Promise<number[]>>(true);
  const tree = sc.parallelize([1]).glom();
  same<typeof tree, RDD<number[]>>(true);

  const rows = spark.read.text("x").rdd;
  same<typeof rows, RDD<Row<{ value: string }>>>(true);
  const values = rows.map((row) => row.value);
  same<typeof values, RDD<string>>(true);
  const firsts = rows.map((row) => row[0]);
  same<typeof firsts, RDD<string>>(true);
  const columns = spark.sql("select 1 as x").rdd.map((row) => row.x);
  same<typeof columns, RDD<unknown>>(true);
}
