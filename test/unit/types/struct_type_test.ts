import assert from "node:assert/strict";
import {
  StructType,
  typeFromDdl,
  typeJson,
} from "../../../src/types/spark_types.ts";

const test = (name: string, fn: () => void): void =>
  Deno.test({ name, permissions: "none", fn });

test("StructType adds, finds and iterates fields, and never changes", () => {
  const empty = new StructType();
  const schema = empty.add("id", "BIGINT", false)
    .add({ name: "name", type: { kind: "string" } })
    .add("at", { kind: "timestamp" }, true, { comment: "when" });
  assert.equal(empty.length, 0);
  assert.equal(schema.length, 3);
  assert.deepEqual(schema.fieldNames, ["id", "name", "at"]);
  assert.deepEqual([...schema].map(({ nullable }) => nullable), [
    false,
    true,
    true,
  ]);
  assert.equal(schema.get("at").metadata["comment"], "when");
  assert.equal(schema.get(0).type.kind, "long");
  assert.equal(schema.get(-1).name, "at");
  assert.equal(schema.has("name"), true);
  assert.equal(schema.has("Name"), false);
  assert.equal(
    schema.toDDL(),
    "id BIGINT NOT NULL,name STRING,at TIMESTAMP COMMENT 'when'",
  );
  assert.equal(
    String(schema),
    "struct<id:bigint,name:string,at:timestamp>",
  );
  assert.throws(() => {
    (schema.fields as unknown[]).push(1);
  }, TypeError);
});

test("StructType.get() names the fields that there are", () => {
  const schema = StructType.fromDDL("a INT, b INT");
  assert.throws(() => schema.get("c"), {
    condition: "FIELD_NOT_FOUND",
    message:
      'Cannot get the field "c": the struct has the fields a, b; take one of them',
  });
  assert.throws(() => new StructType().get(0), {
    message:
      'Cannot get the field "0": the struct has no fields; take one of them',
  });
  assert.throws(() => schema.add("d", undefined as unknown as string), {
    name: "TypeError",
    message:
      'Cannot add the field "d": it has no type; give one, such as "STRING"',
  });
});

test("StructType.equals() compares names, types, nullability and metadata", () => {
  const schema = StructType.fromDDL("a ARRAY<STRUCT<b: INT COMMENT 'x'>>");
  assert.ok(
    schema.equals(StructType.fromDDL("a array<struct<b int comment 'x'>>")),
  );
  for (
    const other of [
      "a ARRAY<STRUCT<b: INT>>",
      "a ARRAY<STRUCT<b: INT NOT NULL COMMENT 'x'>>",
      "a ARRAY<STRUCT<B: INT COMMENT 'x'>>",
      "a ARRAY<STRUCT<b: LONG COMMENT 'x'>>",
      "a ARRAY<STRUCT<b: INT COMMENT 'x'>>, c INT",
    ]
  ) assert.equal(schema.equals(StructType.fromDDL(other)), false, other);
  assert.equal(schema.equals({ kind: "long" }), false);
});

test("StructType.toNullable() makes everything nullable, in depth", () => {
  const schema = StructType.fromJson(
    '{"type":"struct","fields":[{"name":"m","nullable":false,"metadata":{"k":1},"type":{"type":"map","keyType":"string","valueType":{"type":"array","elementType":{"type":"struct","fields":[{"name":"x","type":"long","nullable":false}]},"containsNull":false},"valueContainsNull":false}}]}',
  );
  assert.equal(
    schema.toNullable().json(),
    '{"type":"struct","fields":[{"name":"m","type":{"type":"map","keyType":"string","valueType":{"type":"array","elementType":{"type":"struct","fields":[{"name":"x","type":"long","nullable":true,"metadata":{}}]},"containsNull":true},"valueContainsNull":true},"nullable":true,"metadata":{"k":1}}]}',
  );
});

test("metadata keep doubles, long numbers and names that objects have", () => {
  const metadata =
    '{"one":1.0,"list":[1.0,2.5,3],"in":{"two":2.0},"long":12345678901234567,"__proto__":{"x":-0.0},"e":1e3,"n":null}';
  const text =
    `{"type":"struct","fields":[{"name":"a","type":"string","nullable":true,"metadata":${
      metadata.replace("1e3", "1000.0")
    }}]}`;
  const schema = StructType.fromJson(text);
  assert.equal(schema.json(), text);
  assert.equal(schema.add("b", "INT").json().includes('"one":1.0'), true);
  assert.equal(schema.get("a").metadata["long"], 12345678901234567n);
  assert.ok(Object.isFrozen(schema.get("a").metadata["list"]));
  const collated = StructType.fromJson(
    text.replace('{"one"', '{"__COLLATIONS":{"a":"icu.UNICODE"},"one"'),
  );
  assert.equal(
    collated.json(),
    text.replace(',"n":null', ',"n":null,"__COLLATIONS":{"a":"icu.UNICODE"}'),
  );
});

test("a StructType's metadata are its own", () => {
  const metadata = { list: [1] };
  const schema = new StructType([
    { name: "a", type: { kind: "long" }, metadata },
  ]);
  metadata.list.push(2);
  assert.deepEqual(schema.get("a").metadata, { list: [1] });
  assert.equal(Object.isFrozen(metadata), false);
});

test("typeFromDdl() tells the place of what is wrong and what was wanted", () => {
  const cases: readonly [string, number, string][] = [
    ["", 1, "there is nothing"],
    ["a INT,", 7, "there is the end in the place of the name of a column"],
    ["strng", 1, 'the type "strng" is unknown'],
    ["a strng", 3, 'the type "strng" is unknown'],
    [
      "n number",
      3,
      'the type "number" is unknown: Spark\'s name for it is DOUBLE',
    ],
    ["a ARRAY<INT", 12, 'there is the end in the place of ">"'],
    ["ARRAY<INT>>", 11, 'there is ">" in the place of "," or the end'],
    [
      "a DECIMAL(5,6)",
      10,
      "decimal(5,6) has more digits behind the point than in all",
    ],
    ["a DECIMAL(39)", 10, "decimal(39,0) is over 38 digits"],
    [
      "a CHAR(x)",
      8,
      'there is "x" in the place of a whole number below 2^31',
    ],
    ["größe INT", 1, 'the name "größe" needs backticks'],
    ["a-b INT", 2, 'there is "-", which needs backticks'],
    [
      "a INT COMMENT x",
      15,
      'there is "x" in the place of a text within quotes',
    ],
    ["a INT COMMENT 'x", 15, "a quote begins a text that does not end"],
    ["`a INT", 1, "a backtick begins a name that does not end"],
    ["a INT /* x", 7, "a comment begins that does not end"],
    ["a INT NOT", 10, "there is the end in the place of NULL"],
    [
      "a INTERVAL SECOND TO DAY",
      22,
      'there is "DAY" in the place of a field smaller than "second"',
    ],
    ["a TIME(10)", 7, "a time has up to 9 digits of a second"],
    ["a TIMESTAMP(3)", 12, "a timestamp has 6 to 9 digits of a second"],
    [
      "a STRING COLLATE 1",
      18,
      'there is "1" in the place of the name of a collation',
    ],
    [
      "g GEOMETRY(x)",
      12,
      'there is "x" in the place of a number or ANY',
    ],
  ];
  for (const [ddl, position, why] of cases) {
    assert.throws(() => typeFromDdl(ddl), {
      condition: "DDL_INVALID",
      message:
        `Cannot read the schema "${ddl}": at character ${position} ${why}; write columns as in "id BIGINT NOT NULL, tags ARRAY<STRING>"`,
    }, ddl);
  }
});

test("StructType.fromDDL() refuses a type that is no struct, and types without end", () => {
  assert.throws(() => StructType.fromDDL("array<int>"), {
    message: /at character 1 there is the type "array<int>" only;/,
  });
  assert.throws(() => StructType.fromDDL("id"), {
    message: /at character 3 there is the end in the place of a type;/,
  });
  assert.throws(
    () => StructType.fromDDL(`a ${"array<".repeat(200)}int${">".repeat(200)}`),
    { message: /types are over 100 deep/ },
  );
});

test("typeJson() writes what the JVM cannot name but sent as it came", () => {
  assert.equal(typeJson({ kind: "other", name: "new(1)" }), '"new(1)"');
});
