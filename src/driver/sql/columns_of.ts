import { describeValue } from "../../common/describe_value.ts";
import { Column } from "./column.ts";
import { columnName } from "./expression/expression.ts";
import type { ColumnsOf } from "./typing/columns_of.ts";

/**
 * A frame's columns by name, for functions that choose some. Any name gives a
 * column: Spark tells those that do not exist.
 */
export function columnsOf<S>(): ColumnsOf<S> {
  return new Proxy(Object.freeze({}), {
    get: (_target, name) =>
      typeof name === "string"
        ? new Column(columnName(quoted(name)))
        : undefined,
  }) as ColumnsOf<S>;
}

/**
 * The columns that a program gives one by one, or by a function of the
 * frame's columns that gives a list of them.
 *
 * @param operation the operation, for the message
 * @param given what the program gave
 * @throws TypeError for a function that gives no list
 */
export function chosenColumns<C>(
  operation: string,
  given: readonly unknown[],
): readonly C[] {
  const [pick] = given;
  if (typeof pick !== "function") return given as readonly C[];
  const chosen: unknown = pick(columnsOf());
  if (Array.isArray(chosen)) return chosen;
  throw new TypeError(
    `Cannot run ${operation} with a function that gives ${
      describeValue(chosen)
    }: have it give a list of columns, such as (c) => [c.id]`,
  );
}

/** A name as it stands: a dot in it does not lead into a struct. */
function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}
