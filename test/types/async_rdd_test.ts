/**
 * What the compiler must accept and refuse of functions that await. Checked by
 * `deno check`; nothing here runs Spark.
 */
import type { RDD, SparkContext } from "../../mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

function same<A, B>(_: Equal<A, B>): void {}

declare function fetched(line: string): Promise<number>;

/** Never called. */
export function holds(sc: SparkContext): void {
  const lines = sc.textFile("x");
  const numbers = lines.mapAsync(fetched);
  same<typeof numbers, RDD<number>>(true);
  const lengths = lines.mapAsync(async (line) => await fetched(line) > 1);
  same<typeof lengths, RDD<boolean>>(true);
  const plain = lines.mapAsync((line) => line.length);
  same<typeof plain, RDD<number>>(true);

  // A promise of a list of two is a pair, without an annotation.
  const pairs = lines.mapAsync(async (line) => [line, await fetched(line)]);
  same<typeof pairs, RDD<[string, number]>>(true);
  const keys = pairs.keys();
  same<typeof keys, RDD<string>>(true);
  const flat = lines.flatMapAsync(async (line) => [
    [line, await fetched(line)],
  ]);
  same<typeof flat, RDD<[string, number]>>(true);

  const generated = lines.flatMapAsync(async function* (line) {
    yield await fetched(line);
  });
  same<typeof generated, RDD<number>>(true);
  const partitions = lines.mapPartitions(async function* (records) {
    for await (const line of records) yield line.length;
  });
  same<typeof partitions, RDD<number>>(true);
  const promised = lines.mapPartitionsWithIndex(async (index, records) => [
    index + await fetched(records.toArray().join("")),
  ]);
  same<typeof promised, RDD<number>>(true);

  const piped = numbers.pipe(["sort", "-n"], { env: {}, checkCode: true });
  same<typeof piped, RDD<string>>(true);

  // @ts-expect-error the option has another name
  lines.mapAsync(fetched, { parallelism: 4 });
  // @ts-expect-error a number cannot be iterated
  lines.flatMapAsync(fetched);
  // @ts-expect-error a promise is not a record
  same<typeof numbers, RDD<Promise<number>>>(true);
}
