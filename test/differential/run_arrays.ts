/**
 * The reference: what a program's RDDs and its result are, on plain arrays.
 *
 * @module
 */
import { EmptyRecordsError, runArrayAction } from "./array_actions.ts";
import {
  AGGREGATORS,
  FLAT_FUNCTIONS,
  lookUp,
  measure,
  MERGE_FUNCTIONS,
  PREDICATES,
  RECORD_FUNCTIONS,
} from "./functions.ts";
import {
  cogrouped,
  distinct,
  grouped,
  joined,
  keyName,
  type Pair,
  reducedByKey,
} from "./keyed_arrays.ts";
import type { Outcome } from "./normalize.ts";
import type { Program, Step } from "./program.ts";
import { compareValues, valueName } from "./value_order.ts";

type Records = readonly unknown[];

/** The outcome of a program. */
export function arrayOutcome(program: Program): Outcome {
  try {
    return { kind: "result", value: runArrays(program) };
  } catch (error) {
    if (!(error instanceof EmptyRecordsError)) throw error;
    return { kind: "failure", text: error.message };
  }
}

/**
 * The result of a program's action.
 *
 * @throws EmptyRecordsError where Spark refuses an empty RDD
 */
export function runArrays(program: Program): unknown {
  const records = runSteps(program.steps)[program.action.of] ?? [];
  return runArrayAction(program.action, records);
}

/** The records of every RDD of a program. */
export function runSteps(steps: readonly Step[]): Records[] {
  const made: Records[] = [];
  for (const step of steps) {
    made.push(runStep(step, step.of.map((id) => made[id] ?? [])));
  }
  return made;
}

/** The records of one RDD, given those of the RDDs that it is made from. */
export function runStep(step: Step, inputs: readonly Records[]): Records {
  const [records = [], other = []] = inputs;
  const pairs = records as readonly Pair[];
  switch (step.op) {
    case "parallelize":
      return step.data ?? [];
    case "map":
      return records.map(recordFunction(step));
    case "flatMap":
    case "mapPartitions":
      return records.flatMap(flatFunction(step));
    case "filter":
      return records.filter(lookUp(PREDICATES, step.f).apply);
    case "mapValues": {
      const f = recordFunction(step);
      return pairs.map(([k, v]) => [k, f(v)]);
    }
    case "flatMapValues": {
      const f = flatFunction(step);
      return pairs.flatMap(([k, v]) => f(v).map((item) => [k, item]));
    }
    case "keys":
      return pairs.map(([k]) => k);
    case "values":
      return pairs.map(([, v]) => v);
    case "keyBy":
      return keyed(records, recordFunction(step));
    case "groupBy":
      return grouped(keyed(records, recordFunction(step)));
    case "groupByKey":
      return grouped(pairs);
    case "reduceByKey":
    case "foldByKey":
      return reducedByKey(pairs, lookUp(MERGE_FUNCTIONS, step.f).apply);
    case "aggregateByKey": {
      const { zero, seq } = lookUp(AGGREGATORS, step.f);
      return grouped(pairs).map(([k, vs]) => [k, vs.reduce(seq, zero())]);
    }
    case "combineByKey": {
      const { create, seq } = lookUp(AGGREGATORS, step.f);
      return grouped(pairs)
        .map(([k, [first, ...rest]]) => [k, rest.reduce(seq, create(first))]);
    }
    case "distinct":
      return distinct(records);
    case "union":
      return [...records, ...other];
    case "intersection": {
      const names = new Set(other.map(valueName));
      return distinct(records).filter((x) => names.has(valueName(x)));
    }
    case "subtract": {
      const names = new Set(other.map(valueName));
      return records.filter((x) => !names.has(valueName(x)));
    }
    case "subtractByKey": {
      const names = new Set((other as readonly Pair[]).map(keyName));
      return pairs.filter((pair) => !names.has(keyName(pair)));
    }
    case "join":
      return joined(inputs, false, false);
    case "leftOuterJoin":
      return joined(inputs, true, false);
    case "rightOuterJoin":
      return joined(inputs, false, true);
    case "fullOuterJoin":
      return joined(inputs, true, true);
    case "cogroup":
    case "groupWith":
      return cogrouped(inputs);
    case "cartesian":
      return records.flatMap((x) => other.map((y) => [x, y]));
    case "zip":
      return records.map((x, i) => [x, other[i]]);
    case "zipWithIndex":
      return records.map((x, i) => [x, i]);
    case "sortBy":
      return sorted(records, recordFunction(step), step);
    case "sortByKey": {
      const f = keyFunction(step);
      return sorted(records, (x) => f((x as Pair)[0]), step);
    }
    case "repartitionAndSortWithinPartitions":
      return sortedWithinPartitions(pairs, step);
    case "repartition":
    case "coalesce":
    case "partitionBy":
    case "glom": // programs put the lists together again at once
    case "cache":
      return records;
  }
}

type Apply = (record: unknown) => unknown;

function recordFunction(step: Step): Apply {
  return lookUp(RECORD_FUNCTIONS, step.f).apply;
}

function keyFunction(step: Step): Apply {
  if (step.keyFunction === undefined) return (key) => key;
  return lookUp(RECORD_FUNCTIONS, step.keyFunction).apply;
}

function flatFunction(step: Step): (record: unknown) => unknown[] {
  const { apply } = lookUp(FLAT_FUNCTIONS, step.f);
  return (record) => [...apply(record) as Iterable<unknown>];
}

function keyed(records: Records, f: Apply): Pair[] {
  return records.map((x) => [f(x), x]);
}

function sorted(records: Records, keyOf: Apply, step: Step): unknown[] {
  const sign = step.ascending === false ? -1 : 1;
  return records.toSorted((a, b) => sign * compareValues(keyOf(a), keyOf(b)));
}

/** The partition function of programs is `measure`, so that partitions are known. */
function sortedWithinPartitions(
  pairs: readonly Pair[],
  step: Step,
): unknown[] {
  const { partitions = 1 } = step;
  const f = keyFunction(step);
  const parts = Array.from(
    { length: partitions },
    (_, index) =>
      pairs.filter(([key]) =>
        (measure(key) % partitions + partitions) % partitions === index
      ),
  );
  return parts.flatMap((part) =>
    sorted(part, (pair) => f((pair as Pair)[0]), step)
  );
}
