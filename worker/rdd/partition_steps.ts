import { append } from "../../src/common/primordials.ts";
import { poisson, uniformDraws } from "../../src/common/random.ts";
import type { OwnStep } from "../../src/protocol/step.ts";
import { compareKeys } from "../../src/serde/keys/compare.ts";
import { KeyedMap } from "../../src/serde/keys/keyed_map.ts";

/** What the worker's own steps call of a stage's tools. */
export interface OwnStepTools {
  /** Refuses a record that is not a pair. */
  pair(record: unknown, step: number): void;
  /** Sorts records by key, equal ones in their order. */
  sorter(
    keyOf: (record: unknown) => unknown,
    ascending: boolean,
  ): { add(record: unknown): void; records(): Iterable<unknown> };
}

/** What a step over a partition works with. */
export interface PartitionTask {
  /** The partition's index. */
  readonly index: number;
  /** The step's place in its stage. */
  readonly at: number;
  readonly tools: OwnStepTools;
}

type Records = Iterable<unknown>;
type KeyFunction = (value: unknown) => unknown;

/**
 * Runs a step whose code is the worker's own over a partition's records.
 *
 * @param step the step, its functions revived
 * @param records the partition's records
 * @param task where it runs
 */
export function runOwnStep(
  step: OwnStep<unknown>,
  records: Records,
  task: PartitionTask,
): Records {
  const run = OWN_STEPS[step.op] as OwnStepRun<OwnStep<unknown>>;
  return run(step, records, task);
}

type OwnStepRun<S> = (
  step: S,
  records: Records,
  task: PartitionTask,
) => Records;

type OwnSteps = {
  readonly [Op in OwnStep<unknown>["op"]]: OwnStepRun<StepOf<Op>>;
};

const OWN_STEPS: OwnSteps = {
  sample,
  poisson: repeat,
  sampleByKey,
  sort,
  takeOrdered: (step, records) => [takeOrdered(step, records)],
  zipWithIndex: ({ starts }, records, { index }) =>
    number(records, starts[index] ?? 0, 1),
  zipWithUniqueId: ({ partitions }, records, { index }) =>
    number(records, index, partitions),
  sketch: (step, records, task) => [sketch(step, records, task)],
};

type StepOf<Op extends OwnStep<unknown>["op"]> = Extract<
  OwnStep<unknown>,
  { op: Op }
>;

function* sample(
  { lower, upper, seed }: StepOf<"sample">,
  records: Records,
  { index }: PartitionTask,
): Generator<unknown> {
  const draw = uniformDraws(seed, index);
  for (const record of records) {
    const x = draw();
    if (x >= lower && x < upper) yield record;
  }
}

function* repeat(
  { mean, seed }: StepOf<"poisson">,
  records: Records,
  { index }: PartitionTask,
): Generator<unknown> {
  const draw = uniformDraws(seed, index);
  for (const record of records) {
    for (let left = poisson(mean, draw); left > 0; left--) yield record;
  }
}

function* sampleByKey(
  step: StepOf<"sampleByKey">,
  records: Records,
  { index, at, tools }: PartitionTask,
): Generator<unknown> {
  const draw = uniformDraws(step.seed, index);
  const fractions = new KeyedMap<unknown, number>();
  for (const [key, fraction] of step.fractions as [unknown, number][]) {
    fractions.set(key, fraction);
  }
  for (const record of records) {
    tools.pair(record, at);
    const fraction = fractions.get((record as [unknown, unknown])[0]) ?? 0;
    if (step.withReplacement) {
      for (let left = poisson(fraction, draw); left > 0; left--) yield record;
    } else if (draw() < fraction) {
      yield record;
    }
  }
}

function sort(
  { key, ofKeys, ascending }: StepOf<"sort">,
  records: Records,
  { at, tools }: PartitionTask,
): Records {
  const keyOf = keyFunction(key, ofKeys);
  const sorter = tools.sorter(keyOf, ascending);
  for (const record of records) {
    if (ofKeys) tools.pair(record, at);
    sorter.add(record);
  }
  return sorter.records();
}

/** The best records so far are sorted again whenever there are twice too many. */
function takeOrdered(
  { count, key, ascending }: StepOf<"takeOrdered">,
  records: Records,
): unknown[] {
  const keyOf = keyFunction(key, false);
  const sign = ascending ? 1 : -1;
  let best: { key: unknown; record: unknown }[] = [];
  const cut = (): void => {
    best.sort((a, b) => sign * compareKeys(a.key, b.key));
    best = best.slice(0, count);
  };
  for (const record of records) {
    best.push({ key: keyOf(record), record });
    if (best.length > 2 * count + 1024) cut();
  }
  cut();
  return best.map(({ record }) => record);
}

function* number(
  records: Records,
  start: number,
  step: number,
): Generator<unknown> {
  let next = start;
  for (const record of records) {
    yield [record, next];
    next += step;
  }
}

/** Reservoir sampling: each record is in the sample with the same chance. */
function sketch(
  { size, seed, key, ofKeys }: StepOf<"sketch">,
  records: Records,
  { index, at, tools }: PartitionTask,
): [number, unknown[]] {
  const keyOf = keyFunction(key, ofKeys);
  const draw = uniformDraws(seed, index);
  const keys: unknown[] = [];
  let count = 0;
  for (const record of records) {
    if (ofKeys) tools.pair(record, at);
    count++;
    if (keys.length < size) {
      append(keys, keyOf(record));
    } else {
      const place = Math.floor(draw() * count);
      if (place < size) keys[place] = keyOf(record);
    }
  }
  return [count, keys];
}

/** What a record is ordered by. */
function keyFunction(key: unknown, ofKeys: boolean): KeyFunction {
  const f = key as KeyFunction | null;
  if (!ofKeys) return f ?? ((record) => record);
  const keyOf = (record: unknown): unknown => (record as [unknown, unknown])[0];
  return f === null ? keyOf : (record) => f(keyOf(record));
}
