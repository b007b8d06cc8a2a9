import assert from "node:assert/strict";
import { parseSchemaJson, simpleName } from "../../../src/types/spark_types.ts";

const field = (name: string, type: unknown, nullable = true): unknown => ({
  name,
  type,
  nullable,
  metadata: {},
});
const struct = (...fields: unknown[]): unknown => ({ type: "struct", fields });

Deno.test({
  name: "parseSchemaJson() reads atomic, decimal, sized and nested types",
  permissions: "none",
  fn() {
    const schema = parseSchemaJson(JSON.stringify(struct(
      field("id", "long", false),
      field("price", "decimal(10,2)"),
      field("code", "varchar(3)"),
      field("tags", {
        type: "array",
        elementType: "string",
        containsNull: true,
      }),
      field("dict", {
        type: "map",
        keyType: "string",
        valueType: struct(field("x", "integer")),
        valueContainsNull: false,
      }),
      field("gap", "interval day to second"),
    )));
    assert.deepEqual(schema.fieldNames, [
      "id",
      "price",
      "code",
      "tags",
      "dict",
      "gap",
    ]);
    assert.equal(
      schema.simpleString(),
      "struct<id:bigint,price:decimal(10,2),code:varchar(3),tags:array<string>,dict:map<string,struct<x:int>>,gap:interval day to second>",
    );
    assert.equal(
      schema.treeString(),
      `root
 |-- id: long (nullable = false)
 |-- price: decimal(10,2) (nullable = true)
 |-- code: varchar(3) (nullable = true)
 |-- tags: array (nullable = true)
 |    |-- element: string (containsNull = true)
 |-- dict: map (nullable = true)
 |    |-- key: string
 |    |-- value: struct (valueContainsNull = false)
 |    |    |-- x: integer (nullable = true)
 |-- gap: interval day to second (nullable = true)
`,
    );
  },
});

Deno.test({
  name: "simpleName() uses SQL's names for integers",
  permissions: "none",
  fn() {
    assert.equal(simpleName({ kind: "byte" }), "tinyint");
    assert.equal(simpleName({ kind: "short" }), "smallint");
    assert.equal(simpleName({ kind: "timestamp_ntz" }), "timestamp_ntz");
  },
});

Deno.test({
  name: "parseSchemaJson() refuses what is no schema, by its reason",
  permissions: "none",
  fn() {
    const deep = `${'{"type":"array","elementType":'.repeat(200)}"long"${
      "}".repeat(200)
    }`;
    const cases: readonly [string, string][] = [
      ["{", "it is no JSON"],
      ['"long"', "it is no struct"],
      ['{"type":"struct"}', "a struct has no list of fields"],
      ['{"type":"struct","fields":[{}]}', "a field has no name"],
      [
        '{"type":"array","elementType":"long"}',
        '"containsNull" is neither true nor false',
      ],
      [
        '{"type":"struct","fields":[{"name":"a","type":"long","metadata":{"__COLLATIONS":{"a":"icu.UNICODE"}}}]}',
        'a collation is given to "long"',
      ],
      [
        '{"type":"struct","fields":[{"name":"a","type":"string","metadata":{"__COLLATIONS":{"a":"UNICODE"}}}]}',
        '"UNICODE" is no collation',
      ],
      ["5", "a type is neither a name nor an object"],
      [deep, "it is over 100 types deep"],
    ];
    for (const [json, why] of cases) {
      assert.throws(() => parseSchemaJson(json), {
        condition: "SCHEMA_INVALID",
        message:
          `Cannot read a schema: ${why}; the JVM's StructType.json() writes another form`,
      });
    }
  },
});
