/**
 * A random program: a graph of RDDs and one action, as JSON that three
 * interpreters read.
 *
 * @module
 */
import type { RecordType } from "./record_type.ts";

/** Every transformation that programs use. */
export const TRANSFORMATIONS = [
  "map",
  "flatMap",
  "filter",
  "mapValues",
  "flatMapValues",
  "keys",
  "values",
  "keyBy",
  "groupBy",
  "groupByKey",
  "reduceByKey",
  "foldByKey",
  "aggregateByKey",
  "combineByKey",
  "distinct",
  "union",
  "intersection",
  "subtract",
  "subtractByKey",
  "join",
  "leftOuterJoin",
  "rightOuterJoin",
  "fullOuterJoin",
  "cogroup",
  "groupWith",
  "cartesian",
  "zip",
  "zipWithIndex",
  "sortBy",
  "sortByKey",
  "repartition",
  "coalesce",
  "partitionBy",
  "repartitionAndSortWithinPartitions",
  "glom",
  "mapPartitions",
  "cache",
] as const;

/** Name of a transformation. */
export type Transformation = typeof TRANSFORMATIONS[number];

/** Every action that programs use; `mapPartitionsWithIndex` adds up its partitions' sums. */
export const ACTIONS = [
  "collect",
  "count",
  "countByKey",
  "countByValue",
  "reduce",
  "fold",
  "aggregate",
  "treeAggregate",
  "treeReduce",
  "sum",
  "max",
  "min",
  "take",
  "takeOrdered",
  "top",
  "first",
  "lookup",
  "isEmpty",
  "collectAsMap",
  "reduceByKeyLocally",
  "histogram",
  "stats",
  "mean",
  "mapPartitionsWithIndex",
] as const;

/** Name of an action. */
export type Action = typeof ACTIONS[number];

/** One RDD of a program; its number is its place in the list. */
export interface Step {
  readonly op: "parallelize" | Transformation;
  /** Type of the RDD's records. */
  readonly type: RecordType;
  /** Numbers of the RDDs that it is made from. */
  readonly of: readonly number[];
  /** Name of the function in the catalog that goes with the operation. */
  readonly f?: string | undefined;
  /** Name of the record function that makes sort keys. */
  readonly keyFunction?: string | undefined;
  /** Number of partitions, where the program gives one. */
  readonly partitions?: number | undefined;
  /** Direction of a sort. */
  readonly ascending?: boolean | undefined;
  /** Whether `coalesce()` shuffles. */
  readonly shuffle?: boolean | undefined;
  /** Records of `parallelize()`. */
  readonly data?: readonly unknown[] | undefined;
}

/** The action that ends a program. */
export interface FinalAction {
  readonly op: Action;
  /** Number of the RDD that it runs on. */
  readonly of: number;
  /** Name of the function in the catalog that goes with the action. */
  readonly f?: string | undefined;
  /** Name of the record function that makes keys to order by. */
  readonly keyFunction?: string | undefined;
  /** How many records. */
  readonly num?: number | undefined;
  /** Levels of `treeReduce()` and `treeAggregate()`. */
  readonly depth?: number | undefined;
  /** Key of `lookup()`, with its type. */
  readonly key?: unknown;
  readonly keyType?: RecordType | undefined;
  /** Buckets of `histogram()`: how many, or their bounds. */
  readonly buckets?: number | readonly number[] | undefined;
}

/** A whole program. */
export interface Program {
  /** Seed and number that make it again. */
  readonly seed: number;
  readonly index: number;
  readonly steps: readonly Step[];
  readonly action: FinalAction;
  /** Type of the result, which says how it is compared. */
  readonly result: RecordType;
}

/** A program as people would write it, a line for each RDD. */
export function printProgram(program: Program): string {
  const lines = program.steps.map((step, id) => `r${id} = ${printStep(step)}`);
  return [...lines, `r${program.action.of}.${printAction(program.action)}`]
    .join("\n");
}

function printStep(step: Step): string {
  const [first, ...others] = step.of;
  const target = first === undefined ? "" : `r${first}.`;
  const args = [
    ...(step.data === undefined ? [] : [JSON.stringify(step.data)]),
    ...others.map((id) => `r${id}`),
    step.f,
    named("key", step.keyFunction),
    named("ascending", step.ascending),
    named("shuffle", step.shuffle),
    named("partitions", step.partitions),
  ].filter((arg) => arg !== undefined);
  return `${target}${step.op}(${args.join(", ")})`;
}

function printAction(action: FinalAction): string {
  const args = [
    action.f,
    action.num,
    named("key", action.keyFunction ?? action.key),
    named("depth", action.depth),
    named("buckets", action.buckets),
  ].filter((arg) => arg !== undefined);
  return `${action.op}(${args.join(", ")})`;
}

function named(name: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return `${name}: ${
    typeof value === "string" ? value : JSON.stringify(value)
  }`;
}
