/**
 * What a stage of a job tells the worker to do: where records come from, which
 * steps they pass, and how they leave. The JVM carries it as opaque bytes in
 * `SimplePythonFunction.command`.
 *
 * @module
 */
import type { ClosureRecord } from "./closure_record.ts";

/** Number of the command and record format; both sides must have the same. */
export const FORMAT_VERSION = 1;

/** Version string of `SimplePythonFunction.pythonVer`; the worker refuses another than its own. */
export const DRIVER_VERSION = `tspark/${FORMAT_VERSION}`;

/** How the frames of a stage's input are to be read. */
export type StageInput =
  /** Each frame is one record: a string in UTF-8. */
  | { readonly kind: "text" }
  /** Each frame is a record batch of our own. */
  | { readonly kind: "batch" }
  /** Each frame is an encapsulated Arrow record batch, without schema. */
  | {
    readonly kind: "arrow";
    /** The Dataset's schema as `StructType.json()` gives it. */
    readonly schema: string;
    /** The encapsulated Arrow schema message that belongs before the batches. */
    readonly arrowSchema: Uint8Array;
    /** How 64-bit integers come: `number` refuses those beyond 2^53. */
    readonly longs: "number" | "bigint";
    /** How timestamps come. */
    readonly timestamps: "date" | "instant";
  };

/**
 * One step of a stage. `F` is how a function is named: itself on the driver,
 * its place among the step's closure roots on the wire.
 */
export type Step<F> =
  | { readonly op: "map"; readonly f: F }
  | { readonly op: "filter"; readonly f: F }
  | { readonly op: "flatMap"; readonly f: F }
  | { readonly op: "mapValues"; readonly f: F }
  | { readonly op: "flatMapValues"; readonly f: F }
  /** `f(records)`, or `f(index, records)` when indexed, gives the partition's new records. */
  | { readonly op: "mapPartitions"; readonly f: F; readonly indexed: boolean }
  /** `f(records)` is called for what it does. */
  | { readonly op: "foreachPartition"; readonly f: F }
  | { readonly op: "keys" }
  | { readonly op: "values" }
  | { readonly op: "glom" }
  /** Records `[start, step, count]` become the numbers they stand for. */
  | { readonly op: "range" }
  /** Pairs `[K, V]` become one `[K, C]` for each key. */
  | { readonly op: "combine"; readonly create: F; readonly merge: F }
  /** Pairs `[K, C]` become one `[K, C]` for each key. */
  | { readonly op: "mergeCombiners"; readonly merge: F }
  /** Pairs `[K, V]` become one `[K, V[]]` for each key. */
  | { readonly op: "group" }
  /** Records become those that differ by value, the first of each kept. */
  | { readonly op: "distinct" }
  | { readonly op: "reduce"; readonly f: F }
  /** `zero` is a root too: a fresh copy for each partition. */
  | { readonly op: "aggregate"; readonly zero: F; readonly f: F }
  | { readonly op: "count" }
  | { readonly op: "foreach"; readonly f: F }
  | { readonly op: "take"; readonly count: number };

/** How a record of a shuffle finds its partition. */
export type PartitionRule<F> =
  /** By the hash of a pair's key. */
  | { readonly kind: "hash" }
  /** By the hash of the whole record. */
  | { readonly kind: "record" }
  /** By a function of a pair's key; its result is taken modulo the number of partitions. */
  | { readonly kind: "function"; readonly f: F }
  /** In turn, whatever the record is, starting at the partition's own index. */
  | { readonly kind: "roundRobin" };

/** How the records of a stage leave the worker. */
export type StageOutput<F> =
  /** As record batches. */
  | { readonly kind: "batch" }
  /** As strings, a frame each. */
  | { readonly kind: "text" }
  /** As pairs of frames for `PairwiseRDD`: the partition as a long, then a record batch. */
  | {
    readonly kind: "shuffle";
    readonly partitions: number;
    readonly rule: PartitionRule<F>;
  };

/** A step and the closures that it names by index. */
export interface WireStep {
  readonly step: Step<number>;
  /** The roots of this step, captured together; null where the step has none. */
  readonly closure: ClosureRecord | null;
  /** The operation and where the user wrote it, such as `map() at app.ts:14:9`. */
  readonly site: string;
}

/** Everything that a worker needs for one stage. */
export interface StageCommand {
  readonly version: number;
  readonly input: StageInput;
  readonly steps: readonly WireStep[];
  readonly output: StageOutput<number>;
  /** The roots that {@link StageCommand.output} names; null where it names none. */
  readonly outputClosure: ClosureRecord | null;
}

/**
 * Replaces each function of a step by what `name` says of it, in the order
 * in which the worker revives them.
 *
 * @param step a step
 * @param name called once for each function or zero value
 */
export function mapStepFunctions<F, G>(
  step: Step<F>,
  name: (f: F) => G,
): Step<G> {
  switch (step.op) {
    case "map":
    case "filter":
    case "flatMap":
    case "mapValues":
    case "flatMapValues":
    case "reduce":
    case "foreach":
    case "foreachPartition":
      return { op: step.op, f: name(step.f) };
    case "mapPartitions":
      return { op: step.op, f: name(step.f), indexed: step.indexed };
    case "combine":
      return {
        op: step.op,
        create: name(step.create),
        merge: name(step.merge),
      };
    case "mergeCombiners":
      return { op: step.op, merge: name(step.merge) };
    case "aggregate":
      return { op: step.op, zero: name(step.zero), f: name(step.f) };
    case "keys":
    case "values":
    case "glom":
    case "range":
    case "group":
    case "distinct":
    case "count":
    case "take":
      return step;
  }
}
