import { OWN_PAIR, type OwnArrays } from "./own_arrays.ts";

/**
 * One step of a stage. `F` is how a function, or a value that the program
 * gave, is named: itself on the driver, its place among the step's closure
 * roots on the wire.
 */
export type Step<F> = RecordStep<F> | TableStep<F> | PartitionStep<F>;

/** A step that takes a record at a time; consecutive ones share one loop. */
export type RecordStep<F> =
  | {
    readonly op: "map";
    readonly f: F;
    /** Which arrays of its results the function is sure to make; absent where none. */
    readonly makes?: OwnArrays;
  }
  | { readonly op: "filter"; readonly f: F }
  | { readonly op: "flatMap"; readonly f: F }
  | { readonly op: "mapValues"; readonly f: F }
  | { readonly op: "flatMapValues"; readonly f: F }
  | { readonly op: "foreach"; readonly f: F }
  | { readonly op: "keys" }
  | { readonly op: "values" }
  /** Records `r` become pairs `[f(r), r]`. */
  | { readonly op: "keyBy"; readonly f: F }
  /** Pairs `[K, V]` become `[K, [part, V]]`: one side of a cogroup. */
  | { readonly op: "tag"; readonly part: number }
  /** Pairs `[K, [V[], W[]]]` become what a join of this kind makes of them. */
  | { readonly op: "join"; readonly kind: JoinKind }
  /** The values of pairs with just this key. */
  | { readonly op: "lookup"; readonly key: F }
  /** Records `[start, step, count]` become the numbers they stand for. */
  | { readonly op: "range" }
  | { readonly op: "take"; readonly count: number };

/**
 * What a join makes of the two groups of a key: pairs `[K, [V, W]]`, with
 * undefined for the side that may be missing; `subtract` gives `[K, V]` where
 * the second group is empty, `intersect` the key where both have something.
 */
export type JoinKind =
  | "inner"
  | "left"
  | "right"
  | "full"
  | "subtract"
  | "intersect";

/** A step that reads all records of the partition before it gives any. */
export type TableStep<F> =
  /** Pairs `[K, V]` become one `[K, C]` for each key; `join` merges what was put aside. */
  | {
    readonly op: "combine";
    readonly create: F;
    readonly merge: F;
    readonly join: F;
  }
  /** Pairs `[K, V]` become one `[K, U]` for each key, each begun with a copy of `zero`. */
  | {
    readonly op: "combineFrom";
    readonly zero: F;
    readonly merge: F;
    readonly join: F;
  }
  /** Pairs `[K, C]` become one `[K, C]` for each key. */
  | { readonly op: "mergeCombiners"; readonly merge: F }
  /** Pairs `[K, V]` become one `[K, V[]]` for each key. */
  | { readonly op: "group" }
  /** Pairs `[K, [part, V]]` become one `[K, [V[], …]]` for each key. */
  | { readonly op: "cogroup"; readonly parts: number }
  /** Records become those that differ by value, the first of each kept. */
  | { readonly op: "distinct" }
  /** Records become pairs of a record and how often it came, equal by value. */
  | { readonly op: "countValues" }
  | { readonly op: "glom" }
  | { readonly op: "reduce"; readonly f: F }
  /** `zero` is a root too: a fresh copy for each partition. */
  | { readonly op: "aggregate"; readonly zero: F; readonly f: F }
  | { readonly op: "count" };

/** A step that is handed the partition's records as one iterator. */
export type PartitionStep<F> =
  /** `f(records)`, or `f(index, records)` when indexed, gives the partition's new records. */
  | { readonly op: "mapPartitions"; readonly f: F; readonly indexed: boolean }
  /** `f(records)` is called for what it does. */
  | { readonly op: "foreachPartition"; readonly f: F }
  | OwnStep<F>
  | AsyncStep<F>;

/** A step over a partition whose code is the worker's own. */
export type OwnStep<F> =
  /** Records whose draw of a uniform number from 0 to 1 is in [lower, upper). */
  | {
    readonly op: "sample";
    readonly lower: number;
    readonly upper: number;
    readonly seed: number;
  }
  /** Each record as often as a draw of a Poisson distribution says. */
  | { readonly op: "poisson"; readonly mean: number; readonly seed: number }
  /** Pairs, each kept or repeated by its key's fraction; `fractions` is a list of pairs. */
  | {
    readonly op: "sampleByKey";
    readonly fractions: F;
    readonly withReplacement: boolean;
    readonly seed: number;
  }
  /** Records in the order of `key(record)`, or of `key(k)` for pairs `[k, v]` when `ofKeys`; null: of themselves. */
  | {
    readonly op: "sort";
    readonly key: F | null;
    readonly ofKeys: boolean;
    readonly ascending: boolean;
  }
  /** The first `count` records in the order of `key(record)`, sorted. */
  | {
    readonly op: "takeOrdered";
    readonly count: number;
    readonly key: F | null;
    readonly ascending: boolean;
  }
  /** Records become pairs with their index; `starts` has the first index of each partition. */
  | { readonly op: "zipWithIndex"; readonly starts: readonly number[] }
  /** Records become pairs with a number that no other record has. */
  | { readonly op: "zipWithUniqueId"; readonly partitions: number }
  /** One record `[n, keys]`: how many records there are, and a fair sample of their keys. */
  | {
    readonly op: "sketch";
    readonly size: number;
    readonly seed: number;
    readonly key: F | null;
    readonly ofKeys: boolean;
  };

/** A step whose function may await; it is a stage of its own. */
export type AsyncStep<F> =
  | {
    readonly op: "mapAsync";
    readonly f: F;
    readonly kind: "map" | "flatMap" | "foreach";
    /** How many calls may be under way at once. */
    readonly concurrency: number;
    /** Whether results come in the order of the records. */
    readonly ordered: boolean;
    /** How long one call may take, in milliseconds; null: for ever. */
    readonly timeoutMs: number | null;
    /** How often a failed call is made again. */
    readonly retries: number;
    /** How long to wait before that the first time, in milliseconds. */
    readonly retryDelayMs: number;
    /** By what that wait grows each time. */
    readonly backoff: number;
    /** Longest wait, in milliseconds. */
    readonly maxRetryDelayMs: number;
    /** Function of an error that says whether its call may be made again; null: always. */
    readonly retryIf: F | null;
  }
  | {
    readonly op: "mapPartitionsAsync";
    readonly f: F;
    readonly indexed: boolean;
  }
  | { readonly op: "foreachPartitionAsync"; readonly f: F }
  /** A program that gets the records as lines, and whose lines become the records. */
  | {
    readonly op: "pipe";
    readonly command: readonly string[];
    /** Names and values, in pairs. */
    readonly env: readonly (readonly [string, string])[];
    readonly checkCode: boolean;
  };

/** How a step is run; see {@link RecordStep}, {@link TableStep}, {@link PartitionStep}, {@link OwnStep} and {@link AsyncStep}. */
export type StepRun = "record" | "table" | "partition" | "own" | "async";

type Op = Step<unknown>["op"];

/** Stands for a function or value of the program where a step's type is looked at. */
interface Root {
  readonly root: never;
}

type StepOf<O extends Op, F> = Extract<Step<F>, { readonly op: O }>;

type RunOf<O extends Op> = O extends RecordStep<unknown>["op"] ? "record"
  : O extends TableStep<unknown>["op"] ? "table"
  : O extends OwnStep<unknown>["op"] ? "own"
  : O extends AsyncStep<unknown>["op"] ? "async"
  : "partition";

/** The properties of a step that are functions or values of the program. */
type RootsOf<S> = {
  readonly [K in keyof S as Root extends S[K] ? K : never]: null extends S[K]
    ? "optional"
    : "required";
};

/** What has to be known of each kind of step. */
export interface StepDescriptor<O extends Op> {
  /**
   * The properties that are functions or values of the program, in the order
   * in which they are captured; where one is optional, null stands for none.
   */
  readonly roots: RootsOf<StepOf<O, Root>>;
  /** Whether every record is still in the partition of its key afterwards. */
  readonly keepsKeys: boolean | ((step: StepOf<O, unknown>) => boolean);
  readonly run: RunOf<O>;
  readonly makes: Made | ((step: StepOf<O, unknown>) => Made);
}

/** Which arrays of its records a step makes itself; `"same"` where it passes on what it gets, and no function of the program sees it. */
type Made = OwnArrays | "same";

const F = { f: "required" } as const;
const KEY = { key: "optional" } as const;
const NONE = {} as const;

/** All kinds of steps. A new one is declared above and described here; the compiler says where its code is missing. */
export const STEPS: { readonly [O in Op]: StepDescriptor<O> } = {
  map: {
    roots: F,
    keepsKeys: false,
    run: "record",
    makes: ({ makes }) => makes ?? null,
  },
  filter: { roots: F, keepsKeys: true, run: "record", makes: null },
  flatMap: { roots: F, keepsKeys: false, run: "record", makes: null },
  mapValues: { roots: F, keepsKeys: true, run: "record", makes: OWN_PAIR },
  flatMapValues: { roots: F, keepsKeys: true, run: "record", makes: OWN_PAIR },
  foreach: { roots: F, keepsKeys: false, run: "record", makes: null },
  keys: { roots: NONE, keepsKeys: false, run: "record", makes: null },
  values: { roots: NONE, keepsKeys: false, run: "record", makes: null },
  keyBy: { roots: F, keepsKeys: false, run: "record", makes: OWN_PAIR },
  tag: { roots: NONE, keepsKeys: true, run: "record", makes: [null, OWN_PAIR] },
  join: {
    roots: NONE,
    keepsKeys: ({ kind }) => kind !== "intersect",
    run: "record",
    makes: ({ kind }) =>
      kind === "subtract"
        ? OWN_PAIR
        : kind === "intersect"
        ? null
        : [null, OWN_PAIR],
  },
  lookup: {
    roots: { key: "required" },
    keepsKeys: false,
    run: "record",
    makes: null,
  },
  range: { roots: NONE, keepsKeys: false, run: "record", makes: null },
  take: { roots: NONE, keepsKeys: true, run: "record", makes: "same" },
  combine: {
    roots: { create: "required", merge: "required", join: "required" },
    keepsKeys: true,
    run: "table",
    makes: OWN_PAIR,
  },
  combineFrom: {
    roots: { zero: "required", merge: "required", join: "required" },
    keepsKeys: true,
    run: "table",
    makes: OWN_PAIR,
  },
  mergeCombiners: {
    roots: { merge: "required" },
    keepsKeys: true,
    run: "table",
    makes: OWN_PAIR,
  },
  group: { roots: NONE, keepsKeys: true, run: "table", makes: OWN_PAIR },
  cogroup: { roots: NONE, keepsKeys: true, run: "table", makes: OWN_PAIR },
  distinct: { roots: NONE, keepsKeys: true, run: "table", makes: "same" },
  countValues: { roots: NONE, keepsKeys: false, run: "table", makes: OWN_PAIR },
  glom: { roots: NONE, keepsKeys: false, run: "table", makes: null },
  reduce: { roots: F, keepsKeys: false, run: "table", makes: null },
  aggregate: {
    roots: { zero: "required", f: "required" },
    keepsKeys: false,
    run: "table",
    makes: null,
  },
  count: { roots: NONE, keepsKeys: false, run: "table", makes: null },
  mapPartitions: { roots: F, keepsKeys: false, run: "partition", makes: null },
  foreachPartition: {
    roots: F,
    keepsKeys: false,
    run: "partition",
    makes: null,
  },
  sample: { roots: NONE, keepsKeys: true, run: "own", makes: "same" },
  poisson: { roots: NONE, keepsKeys: true, run: "own", makes: "same" },
  sampleByKey: {
    roots: { fractions: "required" },
    keepsKeys: true,
    run: "own",
    makes: "same",
  },
  sort: {
    roots: KEY,
    keepsKeys: true,
    run: "own",
    makes: ({ key }) => key === null ? "same" : null,
  },
  takeOrdered: { roots: KEY, keepsKeys: false, run: "own", makes: null },
  zipWithIndex: { roots: NONE, keepsKeys: false, run: "own", makes: OWN_PAIR },
  zipWithUniqueId: {
    roots: NONE,
    keepsKeys: false,
    run: "own",
    makes: OWN_PAIR,
  },
  sketch: { roots: KEY, keepsKeys: false, run: "own", makes: OWN_PAIR },
  mapAsync: {
    roots: { f: "required", retryIf: "optional" },
    keepsKeys: false,
    run: "async",
    makes: null,
  },
  mapPartitionsAsync: { roots: F, keepsKeys: false, run: "async", makes: null },
  foreachPartitionAsync: {
    roots: F,
    keepsKeys: false,
    run: "async",
    makes: null,
  },
  pipe: { roots: NONE, keepsKeys: false, run: "async", makes: null },
};

/** Whether a step leaves each record's key as it is, so that the RDD stays partitioned. */
export function keepsKeys(step: Step<unknown>): boolean {
  const { keepsKeys } = STEPS[step.op];
  return typeof keepsKeys === "boolean"
    ? keepsKeys
    : (keepsKeys as (step: Step<unknown>) => boolean)(step);
}

/** Which arrays of its records a step makes itself. */
export function makesOf(step: Step<unknown>): Made {
  const { makes } = STEPS[step.op];
  return typeof makes === "function"
    ? (makes as (step: Step<unknown>) => Made)(step)
    : makes;
}

/** Whether a step shares a loop with its neighbors. */
export function isFusedStep<F>(
  step: Step<F>,
): step is RecordStep<F> | TableStep<F> {
  const { run } = STEPS[step.op];
  return run === "record" || run === "table";
}

/** Whether a step's code is the worker's own, over a whole partition. */
export function isOwnStep<F>(step: Step<F>): step is OwnStep<F> {
  return STEPS[step.op].run === "own";
}

/** Whether a step's function may await, so that it has to be a stage of its own. */
export function isAsyncStep<F>(step: Step<F>): step is AsyncStep<F> {
  return STEPS[step.op].run === "async";
}

/** The names of a step's functions and values of the program, in the order in which they are captured. */
export function stepRoots(step: Step<unknown>): readonly string[] {
  return Object.keys(STEPS[step.op].roots);
}

/**
 * Replaces each function and value of the program in a step by what `name`
 * says of it, in the order of {@link stepRoots}.
 *
 * @param step a step
 * @param name called once for each; absent ones (null) are left alone
 */
export function mapStepRoots<F, G>(
  step: Step<F>,
  name: (root: F) => G,
): Step<G> {
  const mapped: Record<string, unknown> = { ...step };
  for (const [property, need] of Object.entries(STEPS[step.op].roots)) {
    const root = mapped[property];
    // A required value of null is a root all the same.
    if (root === null && need === "optional") continue;
    mapped[property] = name(root as F);
  }
  return mapped as unknown as Step<G>;
}
