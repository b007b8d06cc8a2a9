import { describeValue } from "../src/common/describe_value.ts";
import { WorkerError } from "../src/common/errors.ts";
import { KeyedMap } from "../src/serde/keyed_map.ts";

/** What the program of a stage calls for all but its innermost work. */
export interface StageTools {
  /** Refuses a record that is not a pair. */
  pair(record: unknown, step: number): void;
  /** Refuses a function's result that can not be iterated. */
  iterable(value: unknown, step: number): Iterable<unknown>;
  /** A table of accumulators by key. */
  table(): KeyedMap<unknown, unknown>;
  /** Its argument. */
  same(value: unknown): unknown;
  /** A list of one value. */
  listOf(value: unknown): unknown[];
  /** The list, longer by a value. */
  append(list: unknown, value: unknown): unknown;
}

/**
 * Makes the tools of one stage.
 *
 * @param sites the operation and place in the user's program of each step, for messages
 */
export function stageTools(sites: readonly string[]): StageTools {
  return {
    pair(record, step) {
      if (!Array.isArray(record) || record.length !== 2) {
        throw notAPair(record, sites[step] ?? "a step");
      }
    },
    iterable(value, step) {
      if (typeof value === "string" || isIterable(value)) return value;
      throw notIterable(value, sites[step] ?? "a step");
    },
    table: () => new KeyedMap(),
    same: (value) => value,
    listOf: (value) => [value],
    append(list, value) {
      (list as unknown[]).push(value);
      return list;
    },
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as Iterable<unknown>)[Symbol.iterator] === "function";
}

function notAPair(record: unknown, site: string): WorkerError {
  return new WorkerError(
    "RECORD_NOT_A_PAIR",
    `Cannot take a key from a record in ${site}: ${
      describeValue(record)
    } is not a pair; give it records of the form [key, value]`,
    { site, record: describeValue(record) },
  );
}

function notIterable(value: unknown, site: string): WorkerError {
  const remedy = value instanceof Promise
    ? "return the values themselves, an asynchronous function has none yet"
    : "return an array or another iterable";
  return new WorkerError(
    "RESULT_NOT_ITERABLE",
    `Cannot iterate over the result of the function of ${site}: it is ${
      describeValue(value)
    }; ${remedy}`,
    { site, value: describeValue(value) },
  );
}
