import assert from "node:assert/strict";
import { types } from "../../../src/types/builders.ts";
import { decimal } from "../../../src/types/decimal.ts";
import { StructType } from "../../../src/types/spark_types.ts";

const test = (name: string, fn: () => void): void =>
  Deno.test({ name, permissions: "none", fn });

test("types build every type, as its words in SQL do", () => {
  const built = types.struct({
    a: types.boolean,
    b: types.byte,
    c: types.short,
    d: types.int,
    e: types.long,
    f: types.float,
    g: types.double,
    h: types.decimal(),
    i: types.decimal(38, 10),
    j: types.string,
    k: types.collated("unicode_ci"),
    l: types.char(3),
    m: types.varchar(4),
    n: types.binary,
    o: types.date,
    p: types.timestamp,
    q: types.timestampNtz,
    r: types.time(),
    s: types.time(3),
    t: types.timestampNanos(),
    u: types.timestampNtzNanos(7),
    v: types.yearMonthInterval(),
    w: types.yearMonthInterval("month"),
    x: types.dayTimeInterval(),
    y: types.dayTimeInterval("hour", "minute"),
    z: types.calendarInterval,
    aa: types.variant,
    ab: types.void.nullable(),
    ac: types.geometry(4326),
    ad: types.geography("any"),
    ae: types.array(types.int.nullable()).nullable(),
    af: types.map(types.string, types.long.nullable()),
    ag: types.struct({ x: types.int, "y z": types.string.nullable() })
      .nullable(),
    ah: types.int.comment("it's").nullable(),
    ai: types.dayTimeInterval("second"),
  });
  const ddl =
    "a BOOLEAN NOT NULL, b TINYINT NOT NULL, c SMALLINT NOT NULL, d INT NOT NULL, e BIGINT NOT NULL, f FLOAT NOT NULL, g DOUBLE NOT NULL, h DECIMAL(10,0) NOT NULL, i DECIMAL(38,10) NOT NULL, j STRING NOT NULL, k STRING COLLATE UNICODE_CI NOT NULL, l CHAR(3) NOT NULL, m VARCHAR(4) NOT NULL, n BINARY NOT NULL, o DATE NOT NULL, p TIMESTAMP NOT NULL, q TIMESTAMP_NTZ NOT NULL, r TIME(6) NOT NULL, s TIME(3) NOT NULL, t TIMESTAMP_LTZ(9) NOT NULL, u TIMESTAMP_NTZ(7) NOT NULL, v INTERVAL YEAR TO MONTH NOT NULL, w INTERVAL MONTH NOT NULL, x INTERVAL DAY TO SECOND NOT NULL, y INTERVAL HOUR TO MINUTE NOT NULL, z INTERVAL NOT NULL, aa VARIANT NOT NULL, ab VOID, ac GEOMETRY(4326) NOT NULL, ad GEOGRAPHY(ANY) NOT NULL, ae ARRAY<INT>, af MAP<STRING, BIGINT> NOT NULL, ag STRUCT<x: INT NOT NULL, `y z`: STRING>, ah INT COMMENT 'it\\'s', ai INTERVAL SECOND NOT NULL";
  assert.equal(built.toDDL(), ddl.replaceAll(/, (?=[a-z]{1,2} [A-Z])/g, ","));
  assert.ok(built.equals(StructType.fromDDL(ddl)));
});

test("types are plain data: a builder's methods do not count", () => {
  assert.deepEqual(types.long, { kind: "long" });
  assert.deepEqual(structuredClone(types.decimal(5, 2)), {
    kind: "decimal",
    precision: 5,
    scale: 2,
  });
  assert.deepEqual(types.array(types.long), {
    kind: "array",
    elementType: { kind: "long" },
    containsNull: false,
  });
  assert.ok(Object.isFrozen(types.long));
  assert.ok(types.equals(types.array(types.int), {
    kind: "array",
    elementType: { kind: "integer" },
    containsNull: false,
  }));
  assert.equal(
    types.json(types.fromDDL("array<int>")),
    types.json({
      kind: "array",
      elementType: { kind: "integer" },
      containsNull: true,
    }),
  );
  assert.equal(types.simpleString(types.fromJson('"long"')), "bigint");
  assert.equal(types.sql(types.array(types.int)), "ARRAY<INT>");
  assert.equal(types.catalogString(types.array(types.int)), "array<int>");
});

test("types refuse numbers that a type cannot have", () => {
  const cases: readonly [() => unknown, string][] = [
    [
      () => types.decimal(39),
      'Cannot make the type "decimal" with 39: a whole number from 1 to 38 is needed; give one',
    ],
    [
      () => types.decimal(5, 6),
      'Cannot make the type "decimal" with 6: a whole number from 0 to 5 is needed; give one',
    ],
    [
      () => types.char(1.5),
      'Cannot make the type "char" with 1.5: a whole number from 0 to 2147483647 is needed; give one',
    ],
    [
      () => types.time(10),
      'Cannot make the type "time" with 10: a whole number from 0 to 9 is needed; give one',
    ],
    [
      () => types.dayTimeInterval("second", "day"),
      'Cannot make an interval type from "second" to "day": the second field is not the smaller one; name the larger field first',
    ],
  ];
  for (const [make, message] of cases) {
    assert.throws(make, { name: "RangeError", message });
  }
  assert.throws(() => types.struct({ 1: types.int }), {
    name: "TypeError",
    message:
      'Cannot make a struct with the field "1": objects keep whole numbers first, whatever order they are written in; use new StructType().add("1", …)',
  });
});

test("decimal() takes exact numbers only", () => {
  assert.equal(decimal("-12.50"), "-12.50");
  assert.equal(decimal(7), "7");
  assert.equal(decimal(10n ** 30n), "1000000000000000000000000000000");
  assert.throws(() => decimal(0.1), {
    name: "RangeError",
    message:
      'Cannot make a decimal of 0.1: a number has no exact digits behind the point; give a text, such as "12.50"',
  });
  assert.throws(() => decimal("1e3"), {
    name: "RangeError",
    message:
      'Cannot make a decimal of "1e3": it is no decimal number; give digits with at most one point, such as "12.50"',
  });
});
