import { AGGREGATORS, MERGE_FUNCTIONS, RECORD_FUNCTIONS } from "./functions.ts";
import type { Action, FinalAction } from "./program.ts";
import { DeadEnd, type ProgramBuilder } from "./program_builder.ts";
import {
  bagOf,
  FLAG,
  FLOAT,
  INT,
  isSortable,
  listOf,
  pairTypes,
  type RecordType,
  tupleOf,
} from "./record_type.ts";
import { randomRecord } from "./source_data.ts";
import { ADD_TRANSFORMATION } from "./transformations.ts";

/** An action with the type of its result. */
export interface ChosenAction {
  readonly action: FinalAction;
  readonly result: RecordType;
}

/** How each action ends a program, with what it needs before it. */
export const CHOOSE_ACTION: Readonly<
  Record<Action, (b: ProgramBuilder, id: number) => ChosenAction>
> = {
  collect(b, of) {
    const item = b.type(of);
    const { order } = b.traits(of);
    const action = { op: "collect", of } as const;
    if (order === "free") return { action, result: bagOf(item) };
    if (typeof order === "string") return { action, result: listOf(item) };
    return { action, result: { kind: "runs", item, sortKey: order } };
  },
  count: (_, of) => ({ action: { op: "count", of }, result: INT }),
  isEmpty: (_, of) => ({ action: { op: "isEmpty", of }, result: FLAG }),
  countByKey(b, id) {
    const of = b.keyed(id);
    const result = bagOf(tupleOf(pair(b, of).key, INT));
    return { action: { op: "countByKey", of }, result };
  },
  countByValue(b, id) {
    const of = b.hashable(id);
    const result = bagOf(tupleOf(b.type(of), INT));
    return { action: { op: "countByValue", of }, result };
  },
  reduce: (b, id) => chooseMerge(b, id, "reduce"),
  fold: (b, id) => chooseMerge(b, id, "fold"),
  treeReduce: (b, id) => chooseMerge(b, id, "treeReduce"),
  aggregate: (b, id) => chooseAggregate(b, id, "aggregate"),
  treeAggregate: (b, id) => chooseAggregate(b, id, "treeAggregate"),
  sum: (b, id) => ({ action: { op: "sum", of: b.ints(id) }, result: INT }),
  mapPartitionsWithIndex: (b, id) => ({
    action: { op: "mapPartitionsWithIndex", of: b.ints(id) },
    result: INT,
  }),
  max: (b, id) => chooseExtreme(b, id, "max"),
  min: (b, id) => chooseExtreme(b, id, "min"),
  takeOrdered: (b, id) => chooseExtremes(b, id, "takeOrdered"),
  top: (b, id) => chooseExtremes(b, id, "top"),
  take(b, id) {
    const of = b.ordered(id);
    const action = { op: "take", of, num: b.dice.int(0, 12) } as const;
    return { action, result: listOf(b.type(of)) };
  },
  first(b, id) {
    const of = b.ordered(id);
    return { action: { op: "first", of }, result: b.type(of) };
  },
  lookup(b, id) {
    const of = b.joinable(id);
    const { key: keyType, value } = pair(b, of);
    const keys = b.records(of).map((record) => (record as unknown[])[0]);
    const key = keys.length > 0 && b.dice.percent(75)
      ? b.dice.pick(keys)
      : randomRecord(b.dice, keyType);
    const action = { op: "lookup", of, key, keyType } as const;
    return { action, result: bagOf(value) };
  },
  collectAsMap(b, id) {
    const keyed = b.keyed(id);
    // Of several values the last counts, so that there must be an order.
    const { order, uniqueKeys } = b.traits(keyed);
    const isClear = uniqueKeys || order === "given" || order === "sorted";
    const of = isClear ? keyed : ADD_TRANSFORMATION.groupByKey(b, keyed);
    const result = bagOf(b.type(of));
    return { action: { op: "collectAsMap", of }, result };
  },
  reduceByKeyLocally(b, id) {
    let of = b.keyed(id);
    if (takers(pair(b, of).value).length === 0) {
      const type = tupleOf(pair(b, of).key, INT);
      of = b.narrow("mapValues", of, "measure", type);
    }
    const f = b.dice.pick(takers(pair(b, of).value));
    const result = bagOf(b.type(of));
    return { action: { op: "reduceByKeyLocally", of, f }, result };
  },
  histogram(b, id) {
    const of = smallInts(b, id);
    const buckets = b.dice.percent(50) ? b.dice.int(1, 5) : b.dice.pick([
      [-50, 0, 50],
      [-10, -1, 0, 3, 30],
      [0, 1],
    ]);
    const result = tupleOf(listOf(FLOAT), listOf(INT));
    return { action: { op: "histogram", of, buckets }, result };
  },
  stats(b, id) {
    const of = smallInts(b, id);
    const result = tupleOf(INT, FLOAT, FLOAT, INT, INT, FLOAT, FLOAT);
    return { action: { op: "stats", of }, result };
  },
  mean: (b, id) => ({
    action: { op: "mean", of: smallInts(b, id) },
    result: FLOAT,
  }),
};

function pair(
  b: ProgramBuilder,
  id: number,
): { readonly key: RecordType; readonly value: RecordType } {
  const types = pairTypes(b.type(id));
  if (types === null) throw new DeadEnd();
  return types;
}

/** Names of the merge functions that take such records. */
function takers(type: RecordType): string[] {
  return Object.entries(MERGE_FUNCTIONS)
    .filter(([, f]) => f.takes(type)).map(([name]) => name);
}

function chooseMerge(
  b: ProgramBuilder,
  id: number,
  op: "reduce" | "fold" | "treeReduce",
): ChosenAction {
  const of = takers(b.type(id)).length > 0 ? id : b.map(id, "measure");
  const f = b.dice.pick(takers(b.type(of)));
  const depth = op === "treeReduce" ? b.dice.int(1, 3) : undefined;
  return { action: { op, of, f, depth }, result: b.type(of) };
}

function chooseAggregate(
  b: ProgramBuilder,
  of: number,
  op: "aggregate" | "treeAggregate",
): ChosenAction {
  const [f, { output }] = b.dice.pick(Object.entries(AGGREGATORS));
  const depth = op === "treeAggregate" ? b.dice.int(1, 3) : undefined;
  return { action: { op, of, f, depth }, result: output(b.type(of)) };
}

function chooseExtreme(
  b: ProgramBuilder,
  id: number,
  op: "max" | "min",
): ChosenAction {
  const of = b.sortable(id);
  const keyFunction = pickKey(b, of);
  return { action: { op, of, keyFunction }, result: b.type(of) };
}

function chooseExtremes(
  b: ProgramBuilder,
  id: number,
  op: "takeOrdered" | "top",
): ChosenAction {
  const of = b.sortable(id);
  const num = b.dice.int(0, 8);
  const keyFunction = pickKey(b, of);
  const result = listOf(b.type(of));
  return { action: { op, of, num, keyFunction }, result };
}

/** A key function that lets only equal records be equal, or none. */
function pickKey(b: ProgramBuilder, of: number): string | undefined {
  if (b.dice.percent(50)) return undefined;
  return b.pickFunction(
    RECORD_FUNCTIONS,
    b.type(of),
    (output, f) => f.injective && isSortable(output),
  )[0];
}

/** Numbers whose statistics floating point holds well; there is at least one. */
function smallInts(b: ProgramBuilder, id: number): number {
  const of = b.map(b.ints(id), "small");
  if (b.records(of).length === 0) throw new DeadEnd();
  return of;
}
