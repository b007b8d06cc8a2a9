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

  /**
   * The same call.
   *
   * @param error what stands in place of what was thrown
   */
  because(error: unknown): this {
    this.cause = error;
    return this;
  }
}

const MAX_SITES = 5; // that are shown

/** What a function threw that is no error: it has no stack, so the operations say where it came from. */
export class ThrownValue extends Error {
  /** The functions that it may be from, such as `the function of map() at app.ts:3:5`. */
  readonly call: string;

  /**
   * @param thrown what was thrown
   * @param sites the operations whose functions ran, each with its place
   */
  constructor(thrown: unknown, sites: readonly string[]) {
    super("a value was thrown", { cause: thrown });
    const shown = sites.slice(0, MAX_SITES);
    if (sites.length > MAX_SITES) {
      shown.push(`${sites.length - MAX_SITES} more`);
    }
    this.call = `${sites.length === 1 ? "the" : "a"} function of ${
      shown.join(" or ")
    }`;
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
