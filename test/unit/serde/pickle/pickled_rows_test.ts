import assert from "node:assert/strict";
import fc from "fast-check";
import { ProtocolError } from "../../../../src/common/errors.ts";
import { readPickle } from "../../../../src/serde/pickle/pickle_reader.ts";
import { PickledRows } from "../../../../src/serde/pickle/pickled_rows.ts";
import {
  type DataType,
  StructType,
} from "../../../../src/types/spark_types.ts";
import {
  anyTypedValues,
  comparable,
  EXACT,
  objectOf,
  PLAIN,
} from "../arrow/typed_values.ts";

const pure = { permissions: "none" } as const;

const NAMES = fc.constant<string[]>(["a", "b", "c", "d"]);

const KEPT: readonly DataType["kind"][] = [
  "boolean",
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "decimal",
  "string",
  "varchar",
  "binary",
  "date",
  "timestamp",
  "timestamp_ntz",
  "day_time_interval",
];

Deno.test({
  ...pure,
  name: "PickledRows reads what it writes, of all types that a state may have",
  fn(): void {
    const plain = PLAIN.filter(({ type }) => KEPT.includes(type.kind));
    fc.assert(
      fc.property(
        fc.array(anyTypedValues(plain, NAMES), { minLength: 1, maxLength: 4 })
          .filter(
            (columns) => columns.every(({ type }) => isKept(type)),
          ).chain((columns) => {
            const struct = new StructType(
              columns.map(({ type }, i) => ({ name: `c${i}`, type })),
            );
            return fc.record({
              struct: fc.constant(struct),
              row: fc.tuple(
                ...columns.map(({ value }) => fc.option(value, { nil: null })),
              )
                .map((values) => objectOf(struct.fieldNames, values)),
            });
          }),
        ({ struct, row }) => {
          const rows = new PickledRows(struct, EXACT, "the state");
          assert.deepEqual(
            comparable(rows.read(rows.write(row))),
            comparable(row),
          );
        },
      ),
      { numRuns: 300 },
    );
  },
});

/** Keys that are equal in JavaScript exactly when they are in a pickle's dict. */
const KEYS: readonly DataType["kind"][] = ["string", "integer", "long"];

function isKept(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return isKept(type.elementType);
    case "map":
      return KEYS.includes(type.keyType.kind) && isKept(type.valueType);
    case "struct":
      return type.fields.every((field) => isKept(field.type));
    default:
      return KEPT.includes(type.kind);
  }
}

/** As `PythonSQLUtils.toPyRow` of Spark 4.3 wrote the row ("a", 1, [Row(2)]). */
function pickledRow(): Uint8Array {
  const text = (value: string): number[] => [
    0x58,
    value.length,
    0,
    0,
    0,
    ...new TextEncoder().encode(value),
  ];
  const name = (value: string): number[] => [
    0x63,
    ...new TextEncoder().encode(`pyspark.sql.types\n${value}\n`),
  ];
  const row = (schema: string, ...values: readonly number[]): number[] => [
    ...name("_create_row_inbound_converter"),
    ...name("_parse_datatype_json_string"),
    ...text(schema),
    ...[0x85, 0x52, 0x85, 0x52, 0x28], // TUPLE1, REDUCE, twice; MARK
    ...values,
    ...[0x74, 0x52], // TUPLE, REDUCE
  ];
  const inner = row("{}", 0x4b, 2);
  return Uint8Array.from([
    ...[0x80, 2],
    ...row("{}", ...text("a"), 0x4b, 1, 0x5d, 0x28, ...inner, 0x65),
    0x2e,
  ]);
}

Deno.test({
  ...pure,
  name: "PickledRows reads the JVM's rows, nested ones too",
  fn(): void {
    assert.deepEqual(readPickle(pickledRow()), ["a", 1, [[2]]]);
    const struct = StructType.fromDDL(
      "s STRING, n BIGINT, l ARRAY<STRUCT<x: INT>>",
    );
    assert.deepEqual(
      new PickledRows(struct, EXACT, "the state").read(pickledRow()),
      { s: "a", n: 1n, l: [{ x: 2 }] },
    );
  },
});

Deno.test({
  ...pure,
  name: "PickledRows refuses rows of another schema, and longs beyond 2^53",
  fn(): void {
    const rows = (ddl: string): PickledRows =>
      new PickledRows(StructType.fromDDL(ddl), {
        longs: "number",
        timestamps: "date",
        dates: "date",
      }, "the state");
    assert.throws(() => rows("a INT").read(pickledRow()), {
      condition: "PICKLED_ROW_INVALID",
      message:
        "Cannot read the state: the JVM sent an array of length 3 for a value of type struct<a:int>; driver and executors run different Sparks",
    });
    assert.throws(
      () => rows("s INT, n INT, l STRING").read(pickledRow()),
      {
        condition: "PICKLED_ROW_INVALID",
        message:
          'Cannot read column "s" of the state: the JVM sent "a" for a value of type int; driver and executors run different Sparks',
      },
    );
    const large = rows("n BIGINT").write({ n: 2n ** 53n });
    assert.throws(
      () => rows("n BIGINT").read(large),
      (error: unknown) =>
        error instanceof ProtocolError && error.condition === "LONG_NOT_SAFE",
    );
  },
});

Deno.test({
  ...pure,
  name: "PickledRows refuses types that the JVM makes null of",
  fn(): void {
    for (
      const ddl of [
        "x VARIANT",
        "x INTERVAL MONTH",
        "x INTERVAL",
        "x MAP<BINARY, INT>",
        "x ARRAY<VARIANT>",
      ]
    ) {
      assert.throws(
        () => new PickledRows(StructType.fromDDL(ddl), EXACT, "the state"),
        { condition: "STATE_TYPE_UNSUPPORTED" },
      );
    }
  },
});
