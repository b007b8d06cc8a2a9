import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { isThenable } from "../task/attempts.ts";
import { FailedCall } from "../task/failed_call.ts";

/** An aggregator of the program's. */
export interface Aggregator {
  zero(): unknown;
  reduce(buffer: unknown, ...values: unknown[]): unknown;
  merge(left: unknown, right: unknown): unknown;
  finish(buffer: unknown): unknown;
}

/** What messages tell of an aggregator. */
export interface AggregatorSite {
  readonly name: string;
  readonly site: string;
}

/**
 * A buffer that a method gave.
 *
 * @throws WorkerError `BUFFER_MISSING` for none, and for one that is to come
 */
export function buffer(value: unknown, method: string, name: string): unknown {
  if (value !== undefined && !isThenable(value)) return value;
  throw new WorkerError(
    "BUFFER_MISSING",
    `Cannot go on with the buffer that ${method}() of "${name}" gave: it is ${
      describeValue(value)
    }; return the buffer${
      value === undefined
        ? ""
        : " itself, methods of an aggregator cannot await"
    }`,
    { method, function: name },
  );
}

/** The error of a method, with what it was given. */
export function failedMethod(
  error: unknown,
  { name, site }: AggregatorSite,
  method: keyof Aggregator,
  values: readonly unknown[],
): FailedCall {
  return new FailedCall(error, { name: `${name}.${method}`, site }, values);
}
