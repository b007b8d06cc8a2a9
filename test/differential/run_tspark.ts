/**
 * Runs a program in TSpark.
 *
 * @module
 */
import type { RDD, SparkContext } from "../../mod.ts";
import {
  AGGREGATORS,
  FLAT_FUNCTIONS,
  lookUp,
  MERGE_FUNCTIONS,
  PREDICATES,
  RECORD_FUNCTIONS,
} from "./functions.ts";
import type { Outcome } from "./normalize.ts";
import type { Program, Step } from "./program.ts";
import { type PairRdd, runTSparkAction } from "./tspark_actions.ts";

/** The outcome of a program. */
export async function runTSpark(
  sc: SparkContext,
  program: Program,
): Promise<Outcome> {
  const rdds: RDD<unknown>[] = [];
  try {
    for (const step of program.steps) {
      rdds.push(makeRdd(sc, step, step.of.map((id) => at(rdds, id))));
    }
    const rdd = at(rdds, program.action.of);
    const value = await runTSparkAction(program.action, rdd);
    return { kind: "result", value };
  } catch (error) {
    return { kind: "failure", text: String(error) };
  } finally {
    for (const rdd of rdds) {
      if (rdd.isCached) rdd.unpersist();
    }
  }
}

function at(rdds: readonly RDD<unknown>[], id: number): RDD<unknown> {
  const rdd = rdds[id];
  if (rdd === undefined) throw new RangeError(`Cannot find RDD ${id}`);
  return rdd;
}

function makeRdd(
  sc: SparkContext,
  step: Step,
  inputs: readonly RDD<unknown>[],
): RDD<unknown> {
  const { partitions, ascending } = step;
  if (step.op === "parallelize") {
    return sc.parallelize<unknown>(step.data ?? [], partitions);
  }
  const rdd = at(inputs, 0);
  const pairs = rdd as PairRdd;
  switch (step.op) {
    case "map":
      return rdd.map(recordFunction(step));
    case "flatMap":
      return rdd.flatMap(flatFunction(step));
    case "mapPartitions": {
      const f = flatFunction(step);
      return rdd.mapPartitions(function* (records) {
        for (const record of records) yield* f(record);
      });
    }
    case "filter":
      return rdd.filter(lookUp(PREDICATES, step.f).apply);
    case "mapValues":
      return pairs.mapValues(recordFunction(step));
    case "flatMapValues":
      return pairs.flatMapValues(flatFunction(step));
    case "keys":
      return pairs.keys();
    case "values":
      return pairs.values();
    case "keyBy":
      return rdd.keyBy(recordFunction(step));
    case "groupBy":
      return rdd.groupBy(recordFunction(step), partitions);
    case "groupByKey":
      return pairs.groupByKey(partitions);
    case "reduceByKey": {
      const { apply } = lookUp(MERGE_FUNCTIONS, step.f);
      return pairs.reduceByKey(apply, partitions);
    }
    case "foldByKey": {
      const { zero, apply } = lookUp(MERGE_FUNCTIONS, step.f);
      return pairs.foldByKey(zero(), apply, partitions);
    }
    case "aggregateByKey": {
      const { zero, seq, comb } = lookUp(AGGREGATORS, step.f);
      return pairs.aggregateByKey(zero(), seq, comb, partitions);
    }
    case "combineByKey": {
      const { create, seq, comb } = lookUp(AGGREGATORS, step.f);
      return pairs.combineByKey(create, seq, comb, partitions);
    }
    case "distinct":
      return rdd.distinct(partitions);
    case "union":
      return rdd.union(at(inputs, 1));
    case "intersection":
      return rdd.intersection(at(inputs, 1));
    case "subtract":
      return rdd.subtract(at(inputs, 1), partitions);
    case "cartesian":
      return rdd.cartesian(at(inputs, 1));
    case "zip":
      return rdd.zip(at(inputs, 1));
    case "subtractByKey":
    case "join":
    case "leftOuterJoin":
    case "rightOuterJoin":
    case "fullOuterJoin":
    case "cogroup":
      return pairs[step.op](at(inputs, 1) as PairRdd, partitions);
    case "groupWith":
      return groupWith(pairs, inputs.slice(1) as PairRdd[]);
    case "zipWithIndex":
      return rdd.zipWithIndex();
    case "sortBy":
      return rdd.sortBy(recordFunction(step), ascending, partitions);
    case "sortByKey":
      return pairs.sortByKey(ascending, partitions, keyFunction(step));
    case "repartitionAndSortWithinPartitions": {
      const f = partitionFunction(step);
      return pairs.repartitionAndSortWithinPartitions(
        partitions,
        f,
        ascending,
        keyFunction(step),
      );
    }
    case "repartition":
      return rdd.repartition(partitions ?? 1);
    case "coalesce":
      return rdd.coalesce(partitions ?? 1, step.shuffle);
    case "partitionBy":
      return pairs.partitionBy(partitions, partitionFunction(step));
    case "glom":
      return rdd.glom().flatMap((records) => records);
    case "cache":
      return rdd.cache();
  }
}

function groupWith(
  pairs: PairRdd,
  [first, second, third]: readonly PairRdd[],
): RDD<unknown> {
  if (first === undefined) throw new RangeError("Cannot group with no RDD");
  if (second === undefined) return pairs.groupWith(first);
  if (third === undefined) return pairs.groupWith(first, second);
  return pairs.groupWith(first, second, third);
}

type Apply = (record: unknown) => unknown;

function recordFunction(step: Step): Apply {
  return lookUp(RECORD_FUNCTIONS, step.f).apply;
}

function flatFunction(step: Step): (record: unknown) => Iterable<unknown> {
  const { apply } = lookUp(FLAT_FUNCTIONS, step.f);
  return apply as (record: unknown) => Iterable<unknown>;
}

function keyFunction(step: Step): Apply | undefined {
  if (step.keyFunction === undefined) return undefined;
  return lookUp(RECORD_FUNCTIONS, step.keyFunction).apply;
}

function partitionFunction(
  step: Step,
): ((key: unknown) => number) | undefined {
  if (step.f === undefined) return undefined;
  return recordFunction(step) as (key: unknown) => number;
}
