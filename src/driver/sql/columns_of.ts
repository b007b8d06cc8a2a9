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

/** A name as it stands: a dot in it does not lead into a struct. */
function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}
