import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { isThenable } from "../task/attempts.ts";

/**
 * Calls for each row of what a function gave.
 *
 * @param result what it gave
 * @param name its name
 * @param take called with each row
 * @throws WorkerError `RESULT_NOT_ITERABLE`
 */
export function eachRow(
  result: unknown,
  name: string,
  take: (row: unknown) => void,
): void {
  if (!isIterable(result)) throw notIterable(result, name);
  for (const row of result) take(row);
}

/**
 * As {@link eachRow}, of what may come one by one.
 *
 * @returns null where nothing is to be awaited
 * @throws WorkerError `RESULT_NOT_ITERABLE`
 */
export function drainRows(
  result: unknown,
  name: string,
  take: (row: unknown) => void,
): Promise<void> | null {
  if (isThenable(result) || isAsyncIterable(result)) {
    return awaitRows(result, name, take);
  }
  eachRow(result, name, take);
  return null;
}

async function awaitRows(
  result: unknown,
  name: string,
  take: (row: unknown) => void,
): Promise<void> {
  const rows = isThenable(result) ? await result : result;
  if (isAsyncIterable(rows)) {
    for await (const row of rows) take(row);
  } else eachRow(rows, name, take);
}

/**
 * Refuses what nothing can be taken from.
 *
 * @throws WorkerError `RESULT_NOT_ITERABLE`
 */
export function requireIterable<T>(result: T, name: string): T {
  if (isIterable(result) || isAsyncIterable(result) || isThenable(result)) {
    return result;
  }
  throw notIterable(result, name);
}

function notIterable(result: unknown, name: string): WorkerError {
  return new WorkerError(
    "RESULT_NOT_ITERABLE",
    `Cannot iterate over the result of "${name}": it is ${
      describeValue(result)
    }; return an array or another iterable`,
    { function: name, value: describeValue(result) },
  );
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null &&
    Symbol.iterator in value;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null &&
    Symbol.asyncIterator in value;
}
