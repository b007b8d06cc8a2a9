/**
 * What a stage of a job tells the worker to do: where records come from, which
 * steps they pass, and how they leave. The JVM carries it as opaque bytes in
 * `SimplePythonFunction.command`.
 *
 * @module
 */
import { ProtocolError } from "../common/errors.ts";
import type { ClosureRecord } from "./closure_record.ts";
import type { Step } from "./step.ts";

/** Number of the command and record format; both sides must have the same. */
export const FORMAT_VERSION = 2;

/** Version string of `SimplePythonFunction.pythonVer`; the worker refuses another than its own. */
export const DRIVER_VERSION = `tspark/${FORMAT_VERSION}`;

/** First byte of a broadcast's content: how the rest is laid out. */
export const BROADCAST_FORMS = {
  /** A value in CBOR. */
  cbor: 0,
  /** A `ClosureRecord` as `encodeCommand` writes it, the value its only root. */
  closure: 1,
  /** A value in CBOR with byte strings apart, see `broadcast_content.ts`. */
  apart: 2,
} as const;

/** How the frames of a stage's input are to be read. */
export type StageInput =
  /** Each frame is one record: a string in UTF-8. */
  | { readonly kind: "text" }
  /** Each frame is one record: an `Uint8Array`. */
  | { readonly kind: "bytes" }
  /** Each frame is a record batch of our own. */
  | { readonly kind: "batch" }
  /** Each frame is a batch of records that the JVM pickled for Python. */
  | { readonly kind: "pickle" }
  /** Two frames in turn are one record, a pair. */
  | {
    readonly kind: "pair";
    readonly first: "text" | "bytes";
    readonly second: "text" | "bytes";
  }
  /** Two record batches in turn, of equal length: their records in pairs. */
  | { readonly kind: "zip" }
  /** Two record batches in turn: each record of the first with each of the second. */
  | { readonly kind: "cartesian" }
  /** Each frame is an encapsulated Arrow record batch, without schema. */
  | {
    readonly kind: "arrow";
    /** The Dataset's schema as `StructType.json()` gives it. */
    readonly schema: string;
    /** Whether texts and binaries have offsets of 64 bits. */
    readonly largeVarTypes: boolean;
    /** How 64-bit integers come: `number` refuses those beyond 2^53. */
    readonly longs: "number" | "bigint";
    /** How timestamps come. */
    readonly timestamps: "date" | "instant";
    /** How dates come. */
    readonly dates: "date" | "plainDate";
  };

/** How a record of a shuffle finds its partition. */
export type PartitionRule<F> =
  /** By the hash of a pair's key. */
  | { readonly kind: "hash" }
  /** By the hash of the whole record. */
  | { readonly kind: "record" }
  /** By bounds of a pair's key, or of `key(k)`: keys beyond the i-th bound go behind it; backwards when not ascending. */
  | {
    readonly kind: "range";
    /** As one record batch. */
    readonly bounds: Uint8Array;
    readonly ascending: boolean;
    readonly key: F | null;
  }
  /** By a function of a pair's key; its result is taken modulo the number of partitions. */
  | { readonly kind: "function"; readonly f: F }
  /** In turn, whatever the record is, starting at the partition's own index. */
  | { readonly kind: "roundRobin" }
  /** The partition with the index of the one that the record comes from. */
  | { readonly kind: "own" };

/**
 * Which of Java's types numbers become. `any`: whole numbers become Integer
 * where they fit, Long up to ±2^53, and Double beyond, as -0 and fractions do;
 * a bigint becomes Long, or BigInteger beyond 64 bits. `int` and `long` refuse
 * what does not fit, `double` takes the nearest one of a bigint.
 */
export type NumberForm = "any" | "int" | "long" | "double";

/** How the records of a stage leave the worker. */
export type StageOutput<F> =
  /** As record batches: of so many records each, or as many as make a good frame (null). */
  | { readonly kind: "batch"; readonly records: number | null }
  /** As strings, a frame each. */
  | { readonly kind: "text" }
  /** As Arrow record batches of rows, a frame each; with the schema as `StructType.json()` gives it. */
  | { readonly kind: "arrow"; readonly schema: string }
  /** As pickled batches of pairs, which the JVM makes Hadoop's objects of. */
  | {
    readonly kind: "pickledPairs";
    readonly key: NumberForm;
    readonly value: NumberForm;
  }
  /** As pickled batches of the records, numbers all, as doubles. */
  | { readonly kind: "pickledDoubles" }
  /** As pickled batches of the records' hashes, 32 bits each. */
  | { readonly kind: "pickledHashes" }
  /** As pairs of frames for `PairwiseRDD`: the partition as a long, then a record batch. */
  | {
    readonly kind: "shuffle";
    readonly partitions: number;
    readonly rule: PartitionRule<F>;
    /** The operation and where the user wrote it. */
    readonly site: string;
  };

/** A step and the closures that it names by index. */
export interface WireStep {
  readonly step: Step<number>;
  /** The roots of this step, captured together; null where the step has none. */
  readonly closure: ClosureRecord | null;
  /** The operation and where the user wrote it, such as `map() at app.ts:14:9`. */
  readonly site: string;
}

/** Where a stage's functions find the packages that they use. */
export type CommandPackages =
  /** They use none. */
  | { readonly kind: "none" }
  /** In a script of this name, sent as a broadcast of the JVM's. */
  | {
    readonly kind: "bundle";
    readonly broadcast: number;
    readonly name: string;
  }
  /** In a `node_modules` on the worker's machine. */
  | { readonly kind: "installed" };

/** Everything that a worker needs for one stage. */
export interface StageCommand {
  readonly version: number;
  readonly input: StageInput;
  readonly steps: readonly WireStep[];
  readonly output: StageOutput<number>;
  /** The roots that {@link StageCommand.output} names; null where it names none. */
  readonly outputClosure: ClosureRecord | null;
  /** How many bytes of records a task may hold before it writes some to disk. */
  readonly memoryBytes: number;
  /** Pairs of a broadcast's number in closures and in the JVM. */
  readonly broadcasts: readonly (readonly [number, number])[];
  /** What the functions use of packages. */
  readonly packages: CommandPackages;
}

/** What is sent in place of a command that goes by broadcast. */
export interface BroadcastCommand {
  readonly version: number;
  /** The JVM's number of the broadcast that holds the {@link StageCommand}. */
  readonly command: number;
}

/** The fields of a stage's command, and what each has to be; what is inside is checked where it is used. */
const FIELDS: {
  readonly [K in keyof StageCommand]: (value: unknown) => boolean;
} = {
  version: Number.isSafeInteger,
  input: isKind,
  steps: Array.isArray,
  output: isKind,
  outputClosure: (value) => value === null || typeof value === "object",
  memoryBytes: (value) => typeof value === "number" && value >= 0,
  broadcasts: (value) => Array.isArray(value) && value.every(isPair),
  packages: isKind,
};

/**
 * Checks what was decoded as a command.
 *
 * @param value whatever came
 * @throws ProtocolError `COMMAND_INVALID`
 */
export function checkCommand(value: unknown): StageCommand | BroadcastCommand {
  if (typeof value !== "object" || value === null) {
    throw commandInvalid(value === null ? "null" : `a ${typeof value}`);
  }
  if ("command" in value) {
    const { command } = value;
    if (Number.isSafeInteger(command)) return value as BroadcastCommand;
    throw commandInvalid('"command" is no number of a broadcast');
  }
  for (const [name, isRight] of Object.entries(FIELDS)) {
    if (!isRight(Reflect.get(value, name))) {
      throw commandInvalid(`"${name}" is missing or of a wrong kind`);
    }
  }
  return value as StageCommand;
}

/** The error of bytes that are no command. */
export function commandInvalid(reason: string): ProtocolError {
  return new ProtocolError(
    "COMMAND_INVALID",
    `Cannot run a task: its command is not one of TSpark's (${reason}); use the same TSpark on the driver and the executors`,
    { reason },
  );
}

function isKind(value: unknown): boolean {
  return typeof value === "object" && value !== null &&
    typeof Reflect.get(value, "kind") === "string";
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 &&
    value.every(Number.isSafeInteger);
}
