import { isProxy } from "node:util/types";
import {
  dataProperty,
  describeValue,
} from "../../src/common/describe_value.ts";
import type { UdfRecord } from "../../src/protocol/udf_record.ts";

const MAX_ARGUMENTS = 10; // that are shown

/** What went wrong in or behind a call of a function: whoever describes the error takes it apart. */
export class FailedCall extends Error {
  /** The call, such as `half(3) of udf() at app.ts:3:5`. */
  readonly call: string;

  /**
   * @param error what was thrown
   * @param record the function
   * @param values its arguments
   */
  constructor(
    error: unknown,
    { name, site }: Pick<UdfRecord, "name" | "site">,
    values: readonly unknown[],
  ) {
    super("a call failed", { cause: error });
    this.call = `${name}(${describeArguments(values)}) of ${site}`;
  }
}

function describeArguments(values: readonly unknown[]): string {
  const shown = values.slice(0, MAX_ARGUMENTS).map(describeArgument);
  if (values.length > MAX_ARGUMENTS) {
    shown.push(`… ${values.length - MAX_ARGUMENTS} more`);
  }
  return shown.join(", ");
}

/** As {@link describeValue}, of rows with their values. */
function describeArgument(value: unknown): string {
  if (typeof value !== "object" || value === null || isProxy(value)) {
    return describeValue(value);
  }
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null) return describeValue(value);
  const names = Object.keys(value);
  const shown = names.slice(0, MAX_ARGUMENTS).map((name) =>
    `${name}: ${describeValue(dataProperty(value, name))}`
  );
  if (names.length > MAX_ARGUMENTS) shown.push("…");
  return `{ ${shown.join(", ")} }`;
}
