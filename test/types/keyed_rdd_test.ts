/**
 * What the compiler must accept and refuse of operations on pairs, sets,
 * orders and samples. Checked by `deno check`; nothing here runs Spark.
 */
import type {
  KeyedMap,
  RDD,
  SparkContext,
  StorageLevel,
  Values,
} from "../../mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

function same<A, B>(_: Equal<A, B>): void {}

type Ages = RDD<[string, number]>;
type Towns = RDD<[string, { zip: string }]>;

/** Never called. */
export function joins(
  ages: Ages,
  towns: Towns,
  flags: RDD<[string, boolean]>,
): void {
  const inner = ages.join(towns);
  same<typeof inner, RDD<[string, [number, { zip: string }]]>>(true);
  const left = ages.leftOuterJoin(towns);
  same<typeof left, RDD<[string, [number, { zip: string } | undefined]]>>(true);
  const right = ages.rightOuterJoin(towns, 3);
  same<typeof right, RDD<[string, [number | undefined, { zip: string }]]>>(
    true,
  );
  const full = ages.fullOuterJoin(towns);
  same<
    typeof full,
    RDD<[string, [number | undefined, { zip: string } | undefined]]>
  >(true);
  const cogrouped = ages.cogroup(towns);
  same<
    typeof cogrouped,
    RDD<[string, [Values<number>, Values<{ zip: string }>]]>
  >(true);
  const one = ages.groupWith(towns);
  same<typeof one, typeof cogrouped>(true);
  const two = ages.groupWith(towns, flags);
  same<
    typeof two,
    RDD<[string, [Values<number>, Values<{ zip: string }>, Values<boolean>]]>
  >(true);
  const three = ages.groupWith(flags, flags, towns);
  same<
    typeof three,
    RDD<
      [
        string,
        [
          Values<number>,
          Values<boolean>,
          Values<boolean>,
          Values<{ zip: string }>,
        ],
      ]
    >
  >(true);
  // @ts-expect-error groupWith takes one to three others
  ages.groupWith();
  // @ts-expect-error groupWith takes one to three others
  ages.groupWith(flags, flags, flags, flags);
  const rest = ages.subtractByKey(towns);
  same<typeof rest, Ages>(true);

  // The two values of an outer join are to be looked at before their use.
  // @ts-expect-error the town may be undefined
  left.mapValues(([, town]) => town.zip);
  const zips = left.mapValues(([, town]) => town?.zip);
  same<typeof zips, RDD<[string, string | undefined]>>(true);
}

/** Never called. */
export function refusals(
  words: RDD<string>,
  lists: RDD<number[]>,
  ages: Ages,
): void {
  const triples = words.map((w) => [w, 1, 2] as [string, number, number]);
  // @ts-expect-error words are no pairs
  words.join(ages);
  // @ts-expect-error lists of any length are no pairs
  lists.join(ages);
  // @ts-expect-error lists of three are no pairs
  triples.join(ages);
  // @ts-expect-error the other side's records are no pairs
  ages.join(words);
  // @ts-expect-error the other side's keys are numbers, these are strings
  ages.join(words.map((w) => [w.length, w]));
  // @ts-expect-error words are no pairs
  words.leftOuterJoin(ages);
  // @ts-expect-error words are no pairs
  words.rightOuterJoin(ages);
  // @ts-expect-error words are no pairs
  words.fullOuterJoin(ages);
  // @ts-expect-error words are no pairs
  words.cogroup(ages);
  // @ts-expect-error words are no pairs
  words.groupWith(ages);
  // @ts-expect-error words are no pairs
  words.subtractByKey(ages);
  // @ts-expect-error words are no pairs
  words.sortByKey();
  // @ts-expect-error words are no pairs
  words.repartitionAndSortWithinPartitions(2);
  // @ts-expect-error words are no pairs
  words.sampleByKey(false, []);
  // @ts-expect-error words are no pairs
  words.keys();
  // @ts-expect-error words are no pairs
  words.values();
  // @ts-expect-error words are no pairs
  words.mapValues((v) => v);
  // @ts-expect-error words are no pairs
  words.flatMapValues((v) => [v]);
  // @ts-expect-error words are no pairs
  words.partitionBy(2);
  // @ts-expect-error words are no pairs
  words.combineByKey((v) => v, (a) => a, (a) => a);
  // @ts-expect-error words are no pairs
  words.aggregateByKey(0, (a) => a, (a) => a);
  // @ts-expect-error words are no pairs
  words.foldByKey(0, (a) => a);
  // @ts-expect-error words are no pairs
  void words.reduceByKeyLocally((a) => a);
  // @ts-expect-error words are no pairs
  void words.countByKey();
  // @ts-expect-error words are no pairs
  void words.collectAsMap();
  // @ts-expect-error words are no pairs
  void words.lookup("a");
  // @ts-expect-error the keys are strings
  void ages.lookup(1);
  // @ts-expect-error a partition function returns a number or a bigint
  ages.partitionBy(2, (key) => key);
  // @ts-expect-error the values are numbers
  ages.reduceByKey((a, b) => `${a}${b}`);
  // @ts-expect-error the zero is of another type than the values
  ages.foldByKey("", (a, b) => a + b);
  // @ts-expect-error sets are of one type of records
  words.intersection(lists);
  // @ts-expect-error sets are of one type of records
  words.subtract(lists);
  // @ts-expect-error fractions are numbers
  ages.sampleByKey(false, new Map([["a", "0.5"]]));
}

/** Never called. */
export function pairsAndSets(
  sc: SparkContext,
  words: RDD<string>,
  ages: Ages,
): void {
  const keyed = words.keyBy((w) => w.length);
  same<typeof keyed, RDD<[number, string]>>(true);
  const groups = words.groupBy((w) => w.length > 2);
  same<typeof groups, RDD<[boolean, Values<string>]>>(true);
  const sets = ages.aggregateByKey(
    new Set<number>(),
    (set, n) => set.add(n),
    (a, b) => a.union(b),
  );
  same<typeof sets, RDD<[string, Set<number>]>>(true);
  const folded = ages.foldByKey(0, (a, b) => a + b);
  same<typeof folded, Ages>(true);
  const zipped = words.zip(ages);
  same<typeof zipped, RDD<[string, [string, number]]>>(true);
  const crossed = words.cartesian(sc.range(2));
  same<typeof crossed, RDD<[string, number]>>(true);
  const numbered = words.zipWithIndex();
  same<typeof numbered, RDD<[string, number]>>(true);
  const named = ages.zipWithUniqueId();
  same<typeof named, RDD<[[string, number], number]>>(true);
  const both = words.intersection(words).subtract(words).distinct();
  same<typeof both, RDD<string>>(true);
  const none = sc.emptyRDD<string>();
  same<typeof none, RDD<string>>(true);
  const all = sc.union([words, none]);
  same<typeof all, RDD<string>>(true);

  const ordered = words.sortBy((w) => [w.length, w], false);
  same<typeof ordered, RDD<string>>(true);
  const byKey = ages.sortByKey(true, 2, (name) => name.length);
  same<typeof byKey, Ages>(true);
  const placed = ages.repartitionAndSortWithinPartitions(2, (k) => k.length);
  same<typeof placed, Ages>(true);
  const part = ages.sample(false, 0.5).sampleByKey(true, [["a", 2]]);
  same<typeof part, Ages>(true);
  const split = ages.randomSplit([1, 2]);
  same<typeof split, Ages[]>(true);
  const chained = ages.setName("ages").cache().persist().unpersist();
  same<typeof chained, Ages>(true);
  const level = ages.getStorageLevel();
  same<typeof level, StorageLevel>(true);
}

/** Never called. */
export async function actions(
  sc: SparkContext,
  words: RDD<string>,
  ages: Ages,
): Promise<void> {
  const counts = await words.countByValue();
  same<typeof counts, KeyedMap<string, number>>(true);
  const perKey = await ages.countByKey();
  same<typeof perKey, KeyedMap<string, number>>(true);
  const map = await ages.collectAsMap();
  same<typeof map, KeyedMap<string, number>>(true);
  const merged = await ages.reduceByKeyLocally((a, b) => a + b);
  same<typeof merged, KeyedMap<string, number>>(true);
  const found = await ages.lookup("a");
  same<typeof found, number[]>(true);
  const top = await words.top(3, (w) => w.length);
  same<typeof top, string[]>(true);
  const least = await words.takeOrdered(3);
  same<typeof least, string[]>(true);
  const longest = await words.max((w) => w.length);
  same<typeof longest, string>(true);
  const sample = await ages.takeSample(true, 3);
  same<typeof sample, [string, number][]>(true);
  const tree = await words.treeAggregate(0, (n, w) => n + w.length, Math.max);
  same<typeof tree, number>(true);
  const reduced = await words.treeReduce((a, b) => a < b ? a : b, 3);
  same<typeof reduced, string>(true);
  const job = await sc.runJob(words, (it) => it.map((w) => w.length), [0]);
  same<typeof job, number[]>(true);
  const file = await words.checkpoint().getCheckpointFile();
  same<typeof file, string | null>(true);
}
