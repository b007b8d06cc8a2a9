import { describeValue } from "./describe_value.ts";
import type { ErrorParameters } from "./errors.ts";

/** Whether a record has a key and a value. */
export function isPair(record: unknown): record is [unknown, unknown] {
  return Array.isArray(record) && record.length === 2;
}

/**
 * What an error says of a record that should be a pair: its condition, text
 * and parameters, for the class of error of either side.
 *
 * @param record the record
 * @param site the operation that takes its key, and where the user wrote it
 */
export function notAPair(
  record: unknown,
  site: string,
): [condition: string, message: string, parameters: ErrorParameters] {
  const what = describeValue(record);
  return [
    "RECORD_NOT_A_PAIR",
    `Cannot take a key from a record in ${site}: ${what} is not a pair; give it records of the form [key, value]`,
    { site, record: what },
  ];
}
