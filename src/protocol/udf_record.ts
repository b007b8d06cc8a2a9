/**
 * A function of the program's that SQL calls, as the JVM carries it: opaque
 * bytes in `SimplePythonFunction.command`, one for each function.
 *
 * @module
 */
import type { ClosureRecord } from "./closure_record.ts";
import type { CommandPackages } from "./command.ts";
import { isProfileRule, type ProfileRule } from "./udf_profile.ts";
import { ProtocolError } from "../common/errors.ts";

/** What a function is given, and what it gives. */
export const UDF_FORMS = [
  /** One value of each column; one value. */
  "row",
  /** As `row`, giving a promise. */
  "asyncRow",
  /** Whole columns; a column as long. */
  "vector",
  /** An iterator over lists of columns; an iterator over columns. */
  "vectorIterator",
  /** An iterator over batches; an iterator over batches. */
  "mapBatches",
  /** An iterator over rows; an iterator over rows. */
  "mapPartition",
  /** A row; a row. */
  "mapRow",
  /** A row; an iterator over rows. */
  "flatMapRow",
  /** A list of aggregators, and a `PartialLayout`: columns of keys and arguments; keys and buffers. */
  "mapPartials",
  /** All batches of a group; batches. */
  "groupBatches",
  /** A key and an iterator over a group's batches; an iterator over batches. */
  "groupTables",
  /** A key and an iterator over a group's rows; rows. */
  "groupRows",
  /** A key, an iterator over a group's rows and its state; rows. */
  "groupState",
  /** As `groupState`, giving one row. */
  "groupStateRow",
  /** A key, an iterator over a group's batches and its state; batches. */
  "groupStateBatches",
  /** What makes a processor with states, and its time mode. */
  "processor",
  /** Two groups of one key, each as batches; batches. */
  "cogroupBatches",
  /** A key and two iterators over rows; rows. */
  "cogroupRows",
  /** The values of a group's columns, a list each; one value. */
  "aggregate",
  /** Whole columns of a group; one value. */
  "aggregateVectors",
  /** An aggregator: the buffers of a group; one value. */
  "mergeBuffers",
  /** Arguments of a table function; rows. */
  "table",
  /** A reader of a data source: one of its partitions; rows or tables. */
  "readSource",
  /** A reader of a stream of a data source: two offsets; rows or tables. */
  "readSourceBetween",
  /** A writer of a data source: an iterator of rows; a message. */
  "writeSource",
  /** As `writeSource`, of tables. */
  "writeSourceTables",
] as const;

/** What a function is given, and what it gives; see {@link UDF_FORMS}. */
export type UdfForm = typeof UDF_FORMS[number];

/** How calls of a function that awaits are made. */
export interface AsyncCallRule {
  /** How many calls may be under way at a time. */
  readonly concurrency: number;
  /** Milliseconds that one call may take; null: any number. */
  readonly timeoutMs: number | null;
  /** How often a failed call is made again. */
  readonly retries: number;
  /** Milliseconds before the first of these. */
  readonly retryDelayMs: number;
  /** By what that wait grows each time. */
  readonly backoff: number;
  /** Most milliseconds of it. */
  readonly maxRetryDelayMs: number;
}

/** How values come that JavaScript has more than one form for. */
export interface ValueForms {
  readonly longs: "number" | "bigint";
  readonly timestamps: "date" | "instant";
  readonly dates: "date" | "plainDate";
}

/** Everything that a worker needs for one function. */
export interface UdfRecord {
  /** Number of the format; see `FORMAT_VERSION`. */
  readonly version: number;
  readonly form: UdfForm;
  /** The function's name, for messages. */
  readonly name: string;
  /** Where the program made it, such as `udf() at app.ts:3:5`. */
  readonly site: string;
  /** The function, as the first root; what else a form needs behind it, such as `retryIf` of a function that awaits. */
  readonly closure: ClosureRecord;
  /** The type of its results as Spark's JSON: it is not on the wire otherwise. */
  readonly returnType: string;
  /** What becomes of rows with a null among the arguments: a call, or null without one. */
  readonly nullInput: "call" | "skip";
  /** Names of the function's parameters, null for patterns; null where they are not known. */
  readonly parameters: readonly (string | null)[] | null;
  /** Of `asyncRow`; null for all others. */
  readonly calls: AsyncCallRule | null;
  readonly values: ValueForms;
  /** By what the driver knows it when Spark asks for it while planning; null: nobody asks. */
  readonly planner: number | null;
  /** How it is measured; absent: it is not. */
  readonly profile?: ProfileRule;
  /** How many bytes of records a task may hold before it writes some to disk. */
  readonly memoryBytes: number;
  /** Pairs of a broadcast's number in closures and in the JVM. */
  readonly broadcasts: readonly (readonly [number, number])[];
  readonly packages: CommandPackages;
}

/** What is sent in place of a record that goes by broadcast. */
export interface BroadcastUdf {
  readonly version: number;
  /** The JVM's number of the broadcast that holds the {@link UdfRecord}. */
  readonly command: number;
  /** As {@link UdfRecord.planner}. */
  readonly planner?: number | null;
}

const FIELDS: {
  readonly [K in keyof UdfRecord]-?: (value: unknown) => boolean;
} = {
  version: Number.isSafeInteger,
  form: (value) => UDF_FORMS.some((form) => form === value),
  name: isText,
  site: isText,
  closure: isObject,
  returnType: isText,
  nullInput: (value) => value === "call" || value === "skip",
  parameters: (value) =>
    value === null ||
    (Array.isArray(value) &&
      value.every((name) => name === null || isText(name))),
  calls: (value) => value === null || isCallRule(value),
  values: isObject,
  planner: (value) => value === null || Number.isSafeInteger(value),
  profile: (value) => value === undefined || isProfileRule(value),
  memoryBytes: (value) => typeof value === "number" && value >= 0,
  broadcasts: (value) => Array.isArray(value) && value.every(isPair),
  packages: (value) => isObject(value) && isText(Reflect.get(value, "kind")),
};

/**
 * Checks what was decoded as a function's record.
 *
 * @param value whatever came
 * @throws ProtocolError `UDF_INVALID`
 */
export function checkUdfRecord(value: unknown): UdfRecord | BroadcastUdf {
  if (!isObject(value)) throw udfInvalid("it is no object");
  if ("command" in value) {
    if (Number.isSafeInteger(value.command)) return value as BroadcastUdf;
    throw udfInvalid('"command" is no number of a broadcast');
  }
  for (const [name, isRight] of Object.entries(FIELDS)) {
    if (!isRight(Reflect.get(value, name))) {
      throw udfInvalid(`"${name}" is missing or of a wrong kind`);
    }
  }
  return value as UdfRecord;
}

/** The error of bytes that are no function of ours. */
export function udfInvalid(reason: string): ProtocolError {
  return new ProtocolError(
    "UDF_INVALID",
    `Cannot run a function in SQL: it is not one of TSpark's (${reason}); use the same TSpark on the driver and the executors`,
    { reason },
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isCallRule(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { timeoutMs, ...numbers } = value as Partial<AsyncCallRule>;
  const { concurrency, retries, retryDelayMs, backoff, maxRetryDelayMs } =
    numbers;
  return [concurrency, retries, retryDelayMs, backoff, maxRetryDelayMs].every(
    (number) => typeof number === "number" && number >= 0,
  ) && (timeoutMs === null || typeof timeoutMs === "number");
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 &&
    value.every(Number.isSafeInteger);
}
