import type { RDD } from "../../mod.ts";
import {
  AGGREGATORS,
  lookUp,
  MERGE_FUNCTIONS,
  RECORD_FUNCTIONS,
} from "./functions.ts";
import type { FinalAction } from "./program.ts";

/** An RDD of which only the program knows that it holds pairs. */
export type PairRdd = RDD<[unknown, unknown]>;

/** The result of a program's action in TSpark; maps as lists of pairs. */
export async function runTSparkAction(
  action: FinalAction,
  rdd: RDD<unknown>,
): Promise<unknown> {
  const pairs = rdd as PairRdd;
  const numbers = rdd as RDD<number>;
  const { num = 0, depth } = action;
  switch (action.op) {
    case "collect":
    case "count":
    case "first":
    case "isEmpty":
      return await rdd[action.op]();
    case "countByKey":
      return [...await pairs.countByKey()];
    case "countByValue":
      return [...await rdd.countByValue()];
    case "collectAsMap":
      return [...await pairs.collectAsMap()];
    case "reduce":
      return await rdd.reduce(mergeOf(action));
    case "treeReduce":
      return await rdd.treeReduce(mergeOf(action), depth);
    case "fold": {
      const { zero, apply } = lookUp(MERGE_FUNCTIONS, action.f);
      return await rdd.fold(zero(), apply);
    }
    case "reduceByKeyLocally":
      return [...await pairs.reduceByKeyLocally(mergeOf(action))];
    case "aggregate": {
      const { zero, seq, comb } = lookUp(AGGREGATORS, action.f);
      return await rdd.aggregate<unknown>(zero(), seq, comb);
    }
    case "treeAggregate": {
      const { zero, seq, comb } = lookUp(AGGREGATORS, action.f);
      return await rdd.treeAggregate<unknown>(zero(), seq, comb, depth);
    }
    case "mapPartitionsWithIndex":
      return await numbers
        .mapPartitionsWithIndex((_, records) => [
          records.reduce((sum, n) => sum + n, 0),
        ])
        .sum();
    case "sum":
    case "mean":
      return await numbers[action.op]();
    case "max":
    case "min":
      return await rdd[action.op](keyFunction(action));
    case "takeOrdered":
    case "top":
      return await rdd[action.op](num, keyFunction(action));
    case "take":
      return await rdd.take(num);
    case "lookup":
      return await pairs.lookup(action.key);
    case "histogram":
      return await numbers.histogram(action.buckets ?? 1);
    case "stats": {
      const stats = await numbers.stats();
      return [
        stats.count(),
        stats.mean(),
        stats.sum(),
        stats.min(),
        stats.max(),
        stats.variance(),
        stats.stdev(),
      ];
    }
  }
}

function mergeOf(action: FinalAction): (a: unknown, b: unknown) => unknown {
  return lookUp(MERGE_FUNCTIONS, action.f).apply;
}

function keyFunction(
  action: FinalAction,
): ((record: unknown) => unknown) | undefined {
  if (action.keyFunction === undefined) return undefined;
  return lookUp(RECORD_FUNCTIONS, action.keyFunction).apply;
}
