/**
 * Types as a real Spark 4.3.0 reads and writes them: `spark_4.3.0.json` was
 * written by its `DataType.fromDDL`, `fromJson`, `json`, `sql` and their kin.
 *
 * @module
 */
import assert from "node:assert/strict";
import {
  catalogString,
  simpleString,
  sqlText,
  StructType,
  typeFromDdl,
  typeFromJson,
  typeJson,
} from "../../../src/types/spark_types.ts";
import { typeName } from "../../../src/types/type_text.ts";
import recorded from "./spark_4.3.0.json" with { type: "json" };

interface Recorded {
  readonly text: string;
  readonly refused?: boolean;
  /** Why Spark refuses what we take. */
  readonly left?: string;
  readonly json?: string;
  /** simpleString, catalogString, sql, typeName. */
  readonly names?: readonly string[];
  readonly toDDL?: string;
  /** The tree of all levels; of one and of two where those were recorded. */
  readonly trees?: readonly string[];
}

const DDL: readonly Recorded[] = recorded.ddl;
const JSONS: readonly Recorded[] = recorded.json;

for (
  const [what, cases, read] of [
    ["typeFromDdl()", DDL, typeFromDdl],
    ["typeFromJson()", JSONS, typeFromJson],
  ] as const
) {
  Deno.test({
    name: `${what} reads what Spark reads, and types are written as Spark does`,
    permissions: "none",
    fn() {
      for (const recordedType of cases) {
        const { text, refused, json, names, toDDL, trees } = recordedType;
        if (refused) continue;
        const type = read(text);
        const struct = type.kind === "struct"
          ? type
          : new StructType([{ name: "c", type }]);
        assert.deepEqual(
          JSON.parse(typeJson(type)), // Spark's metadata have no order
          JSON.parse(json ?? ""),
          text,
        );
        assert.deepEqual(
          [...typeJson(type)].sort(),
          [...json ?? ""].sort(),
          text,
        );
        assert.deepEqual(
          [
            simpleString(type),
            catalogString(type),
            sqlText(type),
            typeName(type),
          ],
          names,
          text,
        );
        assert.equal(struct.toDDL(), toDDL, text);
        const [whole, one, two] = trees ?? [];
        assert.equal(struct.treeString(), whole, text);
        assert.equal(struct.treeString(0), whole, text);
        if (one === undefined) continue;
        assert.equal(struct.treeString(1), one, text);
        assert.equal(struct.treeString(2), two, text);
      }
    },
  });
}

Deno.test({
  name: "typeFromDdl() refuses what Spark refuses, unless a reason is recorded",
  permissions: "none",
  fn() {
    for (const { text, refused, left } of DDL) {
      if (!refused) continue;
      if (left === undefined) {
        assert.throws(() => typeFromDdl(text), { condition: "DDL_INVALID" });
      } else typeFromDdl(text);
    }
  },
});

Deno.test({
  name: "fromJson() and fromDDL() read back what json() and toDDL() write",
  permissions: "none",
  fn() {
    let throughDdl = 0;
    for (const { text, refused } of DDL) {
      if (refused) continue;
      const type = typeFromDdl(text);
      const struct = new StructType([{ name: "a b", type, nullable: false }]);
      assert.ok(struct.equals(StructType.fromJson(struct.json())), text);
      assert.ok(struct.equals(StructType.fromDDL(struct.toDDL())), text);
      throughDdl++;
    }
    assert.ok(throughDdl > 100);
  },
});
