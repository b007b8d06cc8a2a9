import assert from "node:assert/strict";
import { inferSchema } from "../../../../../src/driver/sql/rows/infer_schema.ts";
import { rowClass } from "../../../../../src/serde/records/row.ts";
import { encodeVariant } from "../../../../../src/types/variant_encode.ts";

const pure = { permissions: "none" } as const;

/** SQL's words for the type that values of one column are found to have. */
function typeOf(...values: readonly unknown[]): string {
  const schema = inferSchema(values.map((x) => ({ x })));
  return schema.simpleString().replace(/^struct<x:(.*)>$/, "$1");
}

Deno.test(
  "inferSchema() takes the type that all values of a column have",
  pure,
  () => {
    assert.equal(typeOf(null, 1, 2 ** 53 - 1, undefined), "bigint");
    assert.equal(typeOf(1, 0.5), "double");
    assert.equal(typeOf(0.5, 1), "double");
    assert.equal(typeOf(-0), "double");
    assert.equal(typeOf(1, 2 ** 53), "double");
    assert.equal(typeOf(NaN), "double");
    assert.equal(typeOf(1, 2n), "bigint");
    assert.equal(typeOf(2n, 1), "bigint");
    assert.equal(typeOf(2n ** 63n - 1n), "bigint");
    assert.equal(typeOf(1, 2n, 2n ** 63n, 3), "decimal(38,0)");
    assert.equal(typeOf("a", null), "string");
    assert.equal(typeOf(true), "boolean");
    assert.equal(typeOf(new Date(0)), "timestamp");
    assert.equal(
      typeOf(Temporal.Instant.from("2024-01-01T00:00Z")),
      "timestamp",
    );
    assert.equal(typeOf(Temporal.PlainDate.from("2024-01-01")), "date");
    assert.equal(
      typeOf(Temporal.PlainDateTime.from("2024-01-01")),
      "timestamp_ntz",
    );
    assert.equal(typeOf(Temporal.PlainTime.from("12:00")), "time(6)");
    assert.equal(
      typeOf(Temporal.Duration.from("P1DT2H")),
      "interval day to second",
    );
    assert.equal(
      typeOf(Temporal.Duration.from("P1Y")),
      "interval year to month",
    );
    assert.equal(typeOf(new Uint8Array(1)), "binary");
    assert.equal(typeOf(new Float64Array(1), [0.5]), "array<double>");
    assert.equal(typeOf([], [null, 1], [0.5]), "array<double>");
    assert.equal(
      typeOf(new Map([["a", 1]]), new Map([["b", 0.5]])),
      "map<string,double>",
    );
    assert.equal(
      typeOf({ a: 1 }, { b: "x" }, { a: 2n }),
      "struct<a:bigint,b:string>",
    );
    assert.equal(typeOf(encodeVariant(1)), "variant");
    assert.equal(typeOf(null), "void");
    assert.equal(typeOf([]), "array<void>");
  },
);

Deno.test("inferSchema() finds all columns, whatever their order", pure, () => {
  const schema = inferSchema([
    { b: 1, a: "x" },
    { a: "y", c: true, b: 2 },
    {},
    JSON.parse('{"__proto__": 1}'),
  ]);
  assert.equal(
    schema.simpleString(),
    "struct<b:bigint,a:string,c:boolean,__proto__:bigint>",
  );
  assert.ok(schema.fields.every(({ nullable }) => nullable));
  assert.equal(inferSchema([]).simpleString(), "struct<>");
});

Deno.test("inferSchema() names the columns of arrays", pure, () => {
  const rows = [[1, "a"], [0.5, null]];
  assert.equal(inferSchema(rows).simpleString(), "struct<_1:double,_2:string>");
  assert.equal(
    inferSchema(rows, ["n", "t"]).simpleString(),
    "struct<n:double,t:string>",
  );
});

Deno.test(
  "inferSchema() names the rows and values that go together with no type",
  pure,
  () => {
    const refuses = (values: readonly unknown[], message: string): void => {
      assert.throws(() => typeOf(...values), {
        condition: "TYPE_NOT_INFERRED",
        message,
      });
    };
    refuses(
      [null, 1, "x"],
      'Cannot infer the type of column "x": row 1 has 1 (bigint), row 2 has "x" (string); make them one type, or give a schema',
    );
    refuses(
      [1, 2n, 0.5],
      'Cannot infer the type of column "x": row 1 has 2n (bigint), row 2 has 0.5 (double); make them one type, or give a schema',
    );
    refuses(
      [[1], ["a"]],
      'Cannot infer the type of column "x.element": row 0 has 1 (bigint), row 1 has "a" (string); make them one type, or give a schema',
    );
    refuses(
      [{ a: 1 }, { a: true }],
      'Cannot infer the type of column "x.a": row 0 has 1 (bigint), row 1 has true (boolean); make them one type, or give a schema',
    );
    refuses(
      [{ a: 1 }, [1]],
      'Cannot infer the type of column "x": row 0 has an object of class Object (struct), row 1 has an array of length 1 (array); make them one type, or give a schema',
    );
    refuses(
      [() => 1],
      'Cannot infer the type of column "x": row 0 has the function (anonymous), which no type of Spark is for; convert it, or give a schema',
    );
    refuses(
      [new Set([1])],
      'Cannot infer the type of column "x": row 0 has an object of class Set, which no type of Spark is for; convert it, or give a schema',
    );
    refuses(
      [new URL("file:///a")],
      'Cannot infer the type of column "x": row 0 has an object of class URL, which no type of Spark is for; convert it, or give a schema',
    );
    refuses(
      [Temporal.PlainYearMonth.from("2024-05")],
      'Cannot infer the type of column "x": row 0 has the PlainYearMonth 2024-05, which no type of Spark is for; convert it, or give a schema',
    );
    refuses(
      [10n ** 38n],
      'Cannot infer the type of column "x": row 0 has 100000000000000000000000000000000000000n, which no type of Spark is for; convert it, or give a schema',
    );
    assert.throws(() => inferSchema([{ a: 1 }, 5]), {
      condition: "ROW_INVALID",
      message:
        "Cannot infer a schema: row 1 is 5; give objects with the columns by name, or give a schema",
    });
    assert.throws(() => inferSchema([[1], [1, 2]]), {
      condition: "ROW_INVALID",
      message:
        "Cannot infer a schema: row 1 is an array of length 2; give arrays of 1 values, or give a schema",
    });
  },
);

Deno.test(
  "inferSchema() names the row that nests too deep, or holds itself",
  pure,
  () => {
    const nest = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
      Array.from({ length: depth }).reduce(wrap, 1);
    const ring: unknown[] = [];
    ring.push(ring);
    const deep = [
      nest(10_000, (inner) => [inner]),
      nest(10_000, (inner) => ({ inner })),
      nest(10_000, (inner) => new Map([["k", inner]])),
      ring,
    ];
    for (const c of deep) {
      assert.throws(() => inferSchema([{ c: null }, { c }]), {
        name: "SparkError",
        condition: "TYPE_NOT_INFERRED",
        message:
          /^Cannot infer the type of column "c\.[a-z.]{58}…": row 1 nests deeper than 300 levels or holds itself; flatten it$/,
      });
    }
    inferSchema([{ c: nest(300, (inner) => ({ inner })) }]);
  },
);

Deno.test(
  "inferSchema() refuses properties that no column is for, with their place",
  pure,
  () => {
    const sign = Symbol("sign");
    const hidden = Object.defineProperty({ a: 1 }, "secret", { value: 1 });
    const noted = Object.assign(["a"], { note: 1 });
    const ofObject =
      "is hidden or named by a symbol; make it enumerable and name it by a string, leave it out, or give a schema";
    const ofOthers =
      "no column is for; keep both in an object, leave it out, or give a schema";
    const cases: readonly [value: unknown, place: string, text: string][] = [
      [noted, "", `"note" at an array, which ${ofOthers}`],
      [/(?<x>a)/.exec("a"), "", `"index" at an array, which ${ofOthers}`],
      [
        Object.assign(["a"], { [sign]: 1 }),
        "",
        `"Symbol(sign)" at an array, which ${ofOthers}`,
      ],
      [
        { b: [noted] },
        ".b.element",
        `"note" at an array, which ${ofOthers}`,
      ],
      [
        Object.assign(new Map([["a", 1]]), { note: 1 }),
        "",
        `"note" at a Map, which ${ofOthers}`,
      ],
      [
        Object.assign(new Date(0), { zone: "UTC" }),
        "",
        `"zone" at a Date, which ${ofOthers}`,
      ],
      [
        { a: 1, [sign]: 2 },
        "",
        `"Symbol(sign)" at an object, which ${ofObject}`,
      ],
      [
        new Map([["k", hidden]]),
        ".value",
        `"secret" at an object, which ${ofObject}`,
      ],
    ];
    for (const [value, place, text] of cases) {
      assert.throws(() => inferSchema([{ x: null }, { x: value }]), {
        name: "SparkError",
        condition: "TYPE_NOT_INFERRED",
        message:
          `Cannot infer the type of column "x${place}": row 1 has the property ${text}`,
      });
    }
    for (
      const [row, text] of [
        [{ a: 1, [sign]: 2 }, `"Symbol(sign)" at an object, which ${ofObject}`],
        [hidden, `"secret" at an object, which ${ofObject}`],
      ] as const
    ) {
      assert.throws(() => inferSchema([{ a: 1 }, row]), {
        message: `Cannot infer a schema: row 1 has the property ${text}`,
      });
    }
    assert.throws(() => inferSchema([["a"], noted]), {
      message:
        `Cannot infer a schema: row 1 has the property "note" at an array, which ${ofOthers}`,
    });
    // What a class keeps for itself is no column's, and rows have a symbol of ours.
    const keeper = new (class {
      a = 1;
      [sign] = 2;
    })();
    assert.equal(
      inferSchema([keeper, new (rowClass(["a"]))([1])]).simpleString(),
      "struct<a:bigint>",
    );
  },
);
