import assert from "node:assert/strict";
import { typesFile } from "../../../src/cli/types_command.ts";
import { StructType } from "../../../src/types/spark_types.ts";

const test = (name: string, fn: () => void): void => Deno.test({ name, fn });

const table = (name: string, ddl: string) => ({
  name,
  fields: StructType.fromDDL(ddl).fields,
});

test("typesFile() declares a table's rows, with comments and what they import", () => {
  const text = typesFile([
    table(
      "sales.order_items",
      "id BIGINT NOT NULL COMMENT 'the key */ of\nall', `a b` STRING, price DECIMAL(10,2), tags ARRAY<STRING>, byName MAP<STRING, INT> NOT NULL, address STRUCT<city: STRING NOT NULL, at: TIMESTAMP>, nothing VOID, v VARIANT",
    ),
  ]);
  assert.equal(
    text,
    `// Made by "tspark types sales.order_items": run it again when tables change.
import type { Decimal, Long, Timestamp, VariantVal } from "@tspark/tspark";

/** A row of \`sales.order_items\`. */
export interface OrderItems {
  /** the key *\\/ of all */
  id: Long;
  "a b": string | null;
  price: Decimal | null;
  tags: (string | null)[] | null;
  byName: Map<string, number | null>;
  address: {
    city: string;
    at: Timestamp | null;
  } | null;
  nothing: null;
  v: VariantVal | null;
}
`,
  );
});

test("typesFile() tells tables of one name apart, and names that no interface has", () => {
  const text = typesFile([
    table("a.orders", "x INT"),
    table("b.orders", "x INT"),
    table("`2024`", "x INT NOT NULL"),
    table("`my db`.`the-table`", "`__proto__` STRUCT<> NOT NULL"),
  ]);
  assert.deepEqual(
    [...text.matchAll(/interface (\w+)/g)].map(([, name]) => name),
    ["AOrders", "BOrders", "Table2024", "TheTable"],
  );
  assert.match(text, /x: number;/);
  assert.match(text, /__proto__: Record<string, never>;/);
  assert.doesNotMatch(text, /import/);
});
