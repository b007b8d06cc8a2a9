import { AGGREGATORS, MERGE_FUNCTIONS, RECORD_FUNCTIONS } from "./functions.ts";
import type { Transformation } from "./program.ts";
import { DeadEnd, type ProgramBuilder } from "./program_builder.ts";
import {
  bagOf,
  INT,
  isHashable,
  isSortable,
  optionOf,
  pairTypes,
  type RecordType,
  tupleOf,
} from "./record_type.ts";

/** Adds an operation on an RDD of a program, with what it needs before it. */
export type AddTransformation = (b: ProgramBuilder, id: number) => number;

/** How each transformation gets into a program. */
export const ADD_TRANSFORMATION: Readonly<
  Record<Transformation, AddTransformation>
> = {
  map: (b, id) => b.map(id, b.pickFunction(RECORD_FUNCTIONS, b.type(id))[0]),
  flatMap: addFlatMap("flatMap"),
  mapPartitions: addFlatMap("mapPartitions"),
  filter: (b, id) => addSame(b, id, "filter", b.pickPredicate(b.type(id))),
  glom: (b, id) => addSame(b, id, "glom"),
  cache: (b, id) => addSame(b, id, "cache"),
  mapValues(b, id) {
    const of = b.keyed(id);
    const { key, value } = pair(b, of);
    const [f, output] = b.pickFunction(RECORD_FUNCTIONS, value);
    const { uniqueKeys } = b.traits(of);
    return b.narrow("mapValues", of, f, tupleOf(key, output), uniqueKeys);
  },
  flatMapValues(b, id) {
    const of = b.keyed(id);
    const { key, value } = pair(b, of);
    const [f, output] = b.pickFlatFunction(value);
    return b.narrow("flatMapValues", of, f, tupleOf(key, output));
  },
  keys(b, id) {
    const of = b.keyed(id);
    return b.narrow("keys", of, undefined, pair(b, of).key);
  },
  values(b, id) {
    const of = b.keyed(id);
    return b.narrow("values", of, undefined, pair(b, of).value);
  },
  keyBy(b, id) {
    const type = b.type(id);
    const [f, key] = b.pickFunction(RECORD_FUNCTIONS, type, isHashable);
    return b.narrow("keyBy", id, f, tupleOf(key, type));
  },
  groupBy(b, id) {
    const item = b.type(id);
    const [f, key] = b.pickFunction(RECORD_FUNCTIONS, item, isHashable);
    const type = tupleOf(key, bagOf(item));
    return addKeyShuffle(b, id, "groupBy", type, f);
  },
  groupByKey(b, id) {
    const of = b.keyed(id);
    const { key, value } = pair(b, of);
    return addKeyShuffle(b, of, "groupByKey", tupleOf(key, bagOf(value)));
  },
  reduceByKey: addMergeByKey("reduceByKey"),
  foldByKey: addMergeByKey("foldByKey"),
  aggregateByKey: addAggregateByKey("aggregateByKey"),
  combineByKey: addAggregateByKey("combineByKey"),
  distinct(b, id) {
    const of = b.hashable(id);
    const type = b.type(of);
    const { uniqueKeys } = b.traits(of);
    const partitions = b.partitions();
    return b.add({ op: "distinct", type, of: [of], partitions }, {
      uniqueKeys,
    });
  },
  union(b, id) {
    const other = b.alike(id);
    const isGiven = [id, other].every((of) => b.traits(of).order === "given");
    return b.add({ op: "union", type: b.type(id), of: [id, other] }, {
      order: isGiven ? "given" : "free",
    });
  },
  intersection(b, id) {
    const of = b.hashable(id);
    const both = [of, b.alike(of)];
    return b.add({ op: "intersection", type: b.type(of), of: both });
  },
  subtract(b, id) {
    const of = b.hashable(id);
    const both = [of, b.alike(of)];
    const partitions = b.partitions();
    return b.add({ op: "subtract", type: b.type(of), of: both, partitions });
  },
  subtractByKey(b, id) {
    const of = arranged(b, b.joinable(id));
    const both = [of, arranged(b, b.partner(of))];
    const step = { type: b.type(of), of: both, partitions: b.partitions() };
    const { uniqueKeys } = b.traits(of);
    return b.add({ op: "subtractByKey", ...step }, { uniqueKeys });
  },
  join: addJoin("join", (v, w) => [v, w]),
  leftOuterJoin: addJoin("leftOuterJoin", (v, w) => [v, optionOf(w)]),
  rightOuterJoin: addJoin("rightOuterJoin", (v, w) => [optionOf(v), w]),
  fullOuterJoin: addJoin(
    "fullOuterJoin",
    (v, w) => [optionOf(v), optionOf(w)],
  ),
  cogroup: (b, id) => addCogroup(b, id, "cogroup", 1),
  groupWith: (b, id) => addCogroup(b, id, "groupWith", b.dice.int(1, 3)),
  cartesian(b, id) {
    const other = b.dice.percent(50)
      ? b.source()
      : b.dice.pick([...b.steps.keys()]);
    const type = tupleOf(b.type(id), b.type(other));
    return b.add({ op: "cartesian", type, of: [id, other] });
  },
  zip(b, id) {
    const left = b.ordered(id);
    const [f] = b.pickFunction(RECORD_FUNCTIONS, b.type(left));
    const right = b.map(left, f);
    const type = tupleOf(b.type(left), b.type(right));
    const { order } = b.traits(left);
    return b.add({ op: "zip", type, of: [left, right] }, { order });
  },
  zipWithIndex(b, id) {
    const of = b.ordered(id);
    return b.narrow("zipWithIndex", of, undefined, tupleOf(b.type(of), INT));
  },
  sortBy(b, id) {
    const type = b.type(id);
    const [f] = b.pickFunction(RECORD_FUNCTIONS, type, isSortable);
    const order = RECORD_FUNCTIONS[f]?.injective
      ? "sorted"
      : { ofFirst: false, f };
    return b.add({ op: "sortBy", type, of: [id], f, ...sorting(b) }, { order });
  },
  sortByKey(b, id) {
    const of = sortableKeys(b, id);
    const keyFunction = sortKeyFunction(b, of);
    // PySpark looks for made keys among bounds that are keys as they were: on
    // several partitions it fails or sorts wrongly.
    const one = keyFunction === undefined ? {} : { partitions: 1 };
    const { uniqueKeys } = b.traits(of);
    const isWhole = uniqueKeys && keyFunction === undefined;
    const step = { type: b.type(of), of: [of], keyFunction, ...sorting(b) };
    return b.add({ op: "sortByKey", ...step, ...one }, {
      order: isWhole ? "sorted" : { ofFirst: true, f: keyFunction },
      uniqueKeys,
    });
  },
  repartitionAndSortWithinPartitions(b, id) {
    const of = sortableKeys(b, id);
    const keyFunction = sortKeyFunction(b, of);
    const step = { type: b.type(of), of: [of], keyFunction, ...sorting(b) };
    return b.add({
      op: "repartitionAndSortWithinPartitions",
      ...step,
      partitions: b.dice.int(1, 3),
      f: "measure",
    }, {
      order: { ofFirst: true, f: keyFunction },
      uniqueKeys: b.traits(of).uniqueKeys,
    });
  },
  repartition(b, id) {
    const partitions = b.dice.int(1, 4);
    return addMoved(b, id, { op: "repartition", partitions });
  },
  coalesce(b, id) {
    const shuffle = b.dice.percent(30);
    const partitions = b.dice.int(1, 4);
    return addMoved(b, id, { op: "coalesce", partitions, shuffle });
  },
  partitionBy(b, id) {
    const of = b.keyed(id);
    const f = b.dice.percent(50) ? "measure" : undefined;
    const partitions = b.dice.int(1, 4);
    return addMoved(b, of, { op: "partitionBy", partitions, f });
  },
};

function pair(
  b: ProgramBuilder,
  id: number,
): { readonly key: RecordType; readonly value: RecordType } {
  const types = pairTypes(b.type(id));
  if (types === null) throw new DeadEnd();
  return types;
}

function sorting(
  b: ProgramBuilder,
): { readonly ascending: boolean; readonly partitions: number | undefined } {
  return { ascending: b.dice.percent(60), partitions: b.partitions() };
}

/** The RDD, or one made of it, that holds pairs whose keys have an order. */
function sortableKeys(b: ProgramBuilder, id: number): number {
  const of = b.keyed(id);
  return isSortable(pair(b, of).key) ? of : b.joinable(of);
}

function sortKeyFunction(b: ProgramBuilder, of: number): string | undefined {
  if (b.dice.percent(50)) return undefined;
  return b.pickFunction(RECORD_FUNCTIONS, pair(b, of).key, isSortable)[0];
}

/** Adds a step that keeps records, their order and their keys' uniqueness. */
function addSame(
  b: ProgramBuilder,
  id: number,
  op: "filter" | "glom" | "cache",
  f?: string,
): number {
  return b.add({ op, type: b.type(id), of: [id], f }, b.traits(id));
}

/** Adds a step that keeps records and gives up their order. */
function addMoved(
  b: ProgramBuilder,
  id: number,
  step: {
    readonly op: "repartition" | "coalesce" | "partitionBy";
    readonly partitions: number;
    readonly shuffle?: boolean;
    readonly f?: string | undefined;
  },
): number {
  const { uniqueKeys } = b.traits(id);
  return b.add({ ...step, type: b.type(id), of: [id] }, { uniqueKeys });
}

function addFlatMap(op: "flatMap" | "mapPartitions"): AddTransformation {
  return (b, id) => {
    const [f, output] = b.pickFlatFunction(b.type(id));
    return b.narrow(op, id, f, output);
  };
}

/**
 * The pairs, sometimes partitioned by key: an operation on two RDDs then does
 * not move them, or moves the other to them.
 */
function arranged(b: ProgramBuilder, id: number): number {
  if (b.dice.percent(70)) return id;
  const op = b.dice.pick(
    [
      "partitionBy",
      "sortByKey",
      "repartitionAndSortWithinPartitions",
      "reduceByKey",
      "groupByKey",
    ] as const,
  );
  return ADD_TRANSFORMATION[op](b, id);
}

/** Adds a shuffle after which each key has one pair. */
function addKeyShuffle(
  b: ProgramBuilder,
  id: number,
  op: Transformation,
  type: RecordType,
  f?: string,
): number {
  const partitions = b.partitions();
  return b.add({ op, type, of: [id], f, partitions }, { uniqueKeys: true });
}

function addMergeByKey(op: "reduceByKey" | "foldByKey"): AddTransformation {
  return (b, id) => {
    let of = b.keyed(id);
    const takers = (): string[] =>
      Object.entries(MERGE_FUNCTIONS)
        .filter(([, f]) => f.takes(pair(b, of).value)).map(([name]) => name);
    if (takers().length === 0) {
      const type = tupleOf(pair(b, of).key, INT);
      of = b.narrow("mapValues", of, "measure", type);
    }
    return addKeyShuffle(b, of, op, b.type(of), b.dice.pick(takers()));
  };
}

function addAggregateByKey(
  op: "aggregateByKey" | "combineByKey",
): AddTransformation {
  return (b, id) => {
    const of = b.keyed(id);
    const { key, value } = pair(b, of);
    const [f, aggregator] = b.dice.pick(Object.entries(AGGREGATORS));
    const type = tupleOf(key, aggregator.output(value));
    return addKeyShuffle(b, of, op, type, f);
  };
}

function addJoin(
  op: "join" | "leftOuterJoin" | "rightOuterJoin" | "fullOuterJoin",
  values: (v: RecordType, w: RecordType) => readonly RecordType[],
): AddTransformation {
  return (b, id) => {
    const left = arranged(b, b.joinable(id));
    const right = arranged(b, b.partner(left));
    const { key, value } = pair(b, left);
    const type = tupleOf(key, tupleOf(...values(value, pair(b, right).value)));
    return b.add({ op, type, of: [left, right], partitions: b.partitions() });
  };
}

function addCogroup(
  b: ProgramBuilder,
  id: number,
  op: "cogroup" | "groupWith",
  others: number,
): number {
  const first = arranged(b, b.joinable(id));
  const of = [first];
  for (let i = 0; i < others; i++) of.push(arranged(b, b.partner(first)));
  const groups = of.map((input) => bagOf(pair(b, input).value));
  const type = tupleOf(pair(b, first).key, tupleOf(...groups));
  const partitions = op === "cogroup" ? b.partitions() : undefined;
  return b.add({ op, type, of, partitions }, { uniqueKeys: true });
}
