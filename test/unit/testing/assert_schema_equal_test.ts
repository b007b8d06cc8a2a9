import assert from "node:assert/strict";
import { StructType } from "../../../mod.ts";
import {
  assertSchemaEqual,
  type AssertSchemaEqualOptions,
} from "../../../src/testing/mod.ts";

const NONE = { permissions: "none" } as const;

/** What the assertion says about two schemas; null when it says nothing. */
function complaint(
  actual: string,
  expected: string,
  options?: AssertSchemaEqualOptions,
): string | null {
  try {
    assertSchemaEqual(StructType.fromDDL(actual), expected, options);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

Deno.test(
  "assertSchemaEqual() passes equal schemas, whatever may be null",
  NONE,
  () => {
    for (
      const [actual, expected] of [
        ["id BIGINT, tags ARRAY<STRING>", "id BIGINT, tags ARRAY<STRING>"],
        ["id BIGINT NOT NULL", "id BIGINT"],
        ["s STRUCT<a: INT NOT NULL>", "s STRUCT<a: INT>"],
        ["id BIGINT COMMENT 'key'", "id BIGINT"],
      ] as const
    ) assert.equal(complaint(actual, expected), null, actual);
  },
);

Deno.test(
  "assertSchemaEqual() tells the columns that differ, and leaves the others in place",
  NONE,
  () => {
    assert.equal(
      complaint(
        "id BIGINT, age INT, city STRING",
        "id BIGINT, age STRING, zip STRING",
      ),
      `Schemas differ in 3 columns: "-" is actual, "+" is expected
  id BIGINT
- age INT
+ age STRING
- city STRING
+ zip STRING`,
    );
    assert.equal(
      complaint("d DECIMAL(10, 2)", "d DECIMAL(10, 3)"),
      `Schemas differ in 1 column: "-" is actual, "+" is expected
- d DECIMAL(10,2)
+ d DECIMAL(10,3)`,
    );
  },
);

Deno.test(
  "assertSchemaEqual() compares nullability, order and names as it is asked to",
  NONE,
  () => {
    const strict = { ignoreNullable: false };
    assert.equal(
      complaint("id BIGINT NOT NULL", "id BIGINT", strict),
      `Schemas differ in 1 column: "-" is actual, "+" is expected
- id BIGINT NOT NULL
+ id BIGINT`,
    );
    assert.equal(
      complaint("id INT COMMENT 'a'", "id INT COMMENT 'b'", strict),
      null,
    );
    assert.equal(
      complaint("a INT, b INT", "b INT, a INT"),
      `Schemas differ in the order of columns: "-" is actual, "+" is expected
- a, b
+ b, a`,
    );
    assert.equal(
      complaint("a INT, b STRING", "b STRING, a INT", {
        ignoreColumnOrder: true,
      }),
      null,
    );
    assert.equal(
      complaint("a INT, b STRING", "c INT, d STRING", {
        ignoreColumnName: true,
      }),
      null,
    );
    assert.match(
      complaint("a INT, b STRING", "c INT, d INT", {
        ignoreColumnName: true,
      }) ??
        "",
      /^Schemas differ in 1 column: .*\n {2}`0` INT\n- `1` STRING\n\+ `1` INT$/,
    );
    assert.equal(
      complaint("a INT", "a INT", {
        ignoreColumnName: true,
        ignoreColumnOrder: true,
      }),
      'Cannot compare columns in assertSchemaEqual(): "ignoreColumnOrder" pairs them by name and "ignoreColumnName" by place; set one of them',
    );
  },
);

Deno.test(
  "assertSchemaEqual() throws an error with its condition and both schemas",
  NONE,
  () => {
    assert.throws(
      () => assertSchemaEqual(StructType.fromDDL("a INT"), "b INT"),
      {
        name: "SparkAssertionError",
        condition: "DIFFERENT_SCHEMA",
        parameters: { actual: "a INT", expected: "b INT" },
      },
    );
  },
);

Deno.test("assertSchemaEqual() refuses an option that there is not", () => {
  assert.throws(
    () =>
      assertSchemaEqual(
        StructType.fromDDL("id INT"),
        "id INT",
        { ignoreNullabel: false } as never,
      ),
    {
      name: "TypeError",
      message:
        'Cannot run assertSchemaEqual() with the option "ignoreNullabel": it takes ignoreNullable, ignoreColumnOrder, ignoreColumnName; write "ignoreNullable"',
    },
  );
});

Deno.test("assertSchemaEqual() refuses what is no schema, and tells what to give", () => {
  const schema = StructType.fromDDL("id BIGINT");
  const remedy =
    'it is no schema; give await df.schema, or what is expected as a text such as "id BIGINT"';
  const wrong: readonly (readonly [unknown, unknown, string])[] = [
    [Promise.resolve(schema), schema, "an object of class Promise"],
    ["id BIGINT", schema, '"id BIGINT"'],
    [schema, undefined, "undefined"],
  ];
  for (const [actual, expected, what] of wrong) {
    assert.throws(() => assertSchemaEqual(actual as never, expected as never), {
      name: "TypeError",
      message: `Cannot compare the schema of ${what}: ${remedy}`,
    });
  }
});
