import assert from "node:assert/strict";
import { types, VariantVal } from "../../../mod.ts";
import {
  assertDataFrameEqual,
  type AssertDataFrameEqualOptions,
} from "../../../src/testing/mod.ts";
import { sameValue } from "../../../src/testing/same_value.ts";
import { exactText } from "../../../src/testing/exact_text.ts";
import type { DataType } from "../../../src/types/data_type.ts";

/** What the assertion says about rows; null when it says nothing. */
async function complaint(
  actual: readonly object[],
  expected: readonly object[],
  options?: AssertDataFrameEqualOptions,
): Promise<string | null> {
  try {
    await assertDataFrameEqual(actual, expected, options);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

Deno.test("assertDataFrameEqual() finds equal rows in any order, and as often as they are there", async () => {
  const [a, b] = [{ id: 1, name: "Ann" }, { id: 2, name: "Bob" }];
  assert.equal(await complaint([], []), null);
  assert.equal(await complaint([a, b], [b, a]), null);
  assert.equal(await complaint([a, a, b], [b, a, a]), null);
  assert.equal(
    await complaint([a, a, b], [a, b, b]),
    `Rows differ: 1 of 3 (33.3 %), "-" is actual, "+" is expected
  { id: 1, name: "Ann" }
  { id: 2, name: "Bob" }
- { id: 1, name: "Ann" }
+ { id: 2, name: "Bob" }`,
  );
  assert.equal(
    await complaint([a], []),
    `Rows differ: 1 of 1 (100.0 %), "-" is actual, "+" is expected
- { id: 1, name: "Ann" }`,
  );
  assert.equal(
    await complaint([], [a]),
    `Rows differ: 1 of 1 (100.0 %), "-" is actual, "+" is expected
+ { id: 1, name: "Ann" }`,
  );
});

Deno.test("assertDataFrameEqual() names the columns in which rows differ", async () => {
  assert.equal(
    await complaint(
      [{ id: 1, n: 2, t: "a" }, { id: 2, n: 5, t: "b" }],
      [{ id: 1, n: 2, t: "a" }, { id: 2, n: 6, t: null }],
    ),
    `Rows differ: 1 of 2 (50.0 %), "-" is actual, "+" is expected
  { id: 1, n: 2, t: "a" }
- { id: 2, n: 5, t: "b" }
+ { id: 2, n: 6, t: null }
  (n is 5, not 6; t is "b", not null)`,
  );
});

Deno.test("assertDataFrameEqual() compares the order of rows where it is asked to", async () => {
  const rows = [{ n: 1 }, { n: 2 }];
  const other = rows.toReversed();
  assert.equal(await complaint(rows, rows, { checkRowOrder: true }), null);
  assert.match(
    await complaint(rows, other, { checkRowOrder: true }) ?? "",
    /^Rows differ: 2 of 2 \(100\.0 %\).*\n- { n: 1 }\n\+ { n: 2 }\n- { n: 2 }\n\+ { n: 1 }$/,
  );
});

Deno.test("assertDataFrameEqual() takes fractions that are near, in any order", async () => {
  const rows = (off: number) =>
    [1.5, 2.5, 2.5000001].map((x) => ({ x: x + off }));
  assert.equal(await complaint(rows(1e-7), rows(0).toReversed()), null);
  assert.match(
    await complaint(rows(0.1), rows(0)) ?? "",
    /^Rows differ: 3 of 3/,
  );
  assert.equal(await complaint(rows(0.1), rows(0), { rtol: 0.1 }), null);
  assert.equal(await complaint(rows(0.1), rows(0), { atol: 0.2 }), null);
  const many = Array.from({ length: 3000 }, (_, i) => ({ x: i + 0.5, k: "a" }));
  assert.equal(
    await complaint(
      many.map((r) => ({ ...r, x: r.x * (1 + 1e-9) })),
      many.toReversed(),
    ),
    null,
  );
});

Deno.test("assertDataFrameEqual() ends after so many differences, and shows nothing else where asked", async () => {
  const rows = Array.from({ length: 9 }, (_, n) => ({ n, s: "same" }));
  const other = rows.map((row) => row.n % 3 === 0 ? { ...row, n: -1 } : row);
  const options = { checkRowOrder: true, showOnlyDiff: true };
  assert.equal(
    await complaint(rows, other, { ...options, maxErrors: 2 }),
    `Rows differ: at least 2 of 9 (22.2 %), "-" is actual, "+" is expected
- { n: 0, s: "same" }
+ { n: -1, s: "same" }
  (n is 0, not -1)
- { n: 3, s: "same" }
+ { n: -1, s: "same" }
  (n is 3, not -1)`,
  );
  const error = await assertDataFrameEqual(rows, other, options).catch((e) =>
    e
  );
  assert.equal(error.name, "SparkAssertionError");
  assert.equal(error.condition, "DIFFERENT_ROWS");
  assert.deepEqual(error.parameters, { differing: 3, rows: 9 });
  assert.deepEqual(error.differences[1], {
    actual: { n: 3, s: "same" },
    expected: { n: -1, s: "same" },
  });
  const long = Array.from({ length: 300 }, (_, n) => ({ n }));
  assert.match(await complaint(long, []) ?? "", /\n… 100 more rows$/);
});

Deno.test("assertDataFrameEqual() takes rows as arrays, a field that is left out as null, and no field too many", async () => {
  assert.equal(await complaint([[1, "a"]], [[1, "a"]]), null);
  assert.equal(
    await complaint([{ a: 1, b: null }], [{ a: 1 }]),
    null,
  );
  assert.match(
    await complaint([{ a: 1 }], [{ a: 1, b: 2 }]) ?? "",
    /\n- { a: 1, b: null }\n\+ { a: 1, b: 2 }\n {2}\(b is null, not 2\)$/,
  );
  assert.equal(
    await complaint([{ a: 1 }], [{ b: 1 }], { ignoreColumnName: true }),
    null,
  );
});

Deno.test("assertDataFrameEqual() takes values for what they print, where types do not matter", async () => {
  const options = { ignoreColumnType: true };
  assert.equal(
    await complaint([{ a: 1000 }], [{ a: "1000.0" }], options),
    null,
  );
  assert.equal(
    await complaint([{ a: 10n ** 20n }], [{ a: "1e20" }], options),
    null,
  );
  assert.equal(await complaint([{ a: true }], [{ a: "true" }], options), null);
  assert.match(
    await complaint([{ a: "x" }], [{ a: "y" }], options) ?? "",
    /^Rows differ/,
  );
  assert.match(
    await complaint([{ a: 1 }], [{ a: null }], options) ?? "",
    /^Rows differ/,
  );
});

Deno.test(
  "sameValue() knows the values of all types, and exactText() is the same for the same",
  { permissions: "none" },
  () => {
    const tolerance = { rtol: 1e-5, atol: 1e-8 };
    const double: DataType = { kind: "double" };
    const decimal: DataType = { kind: "decimal", precision: 38, scale: 2 };
    const long: DataType = { kind: "long" };
    const doubles: DataType = {
      kind: "array",
      elementType: double,
      containsNull: true,
    };
    const map: DataType = {
      kind: "map",
      keyType: { kind: "string" },
      valueType: double,
      valueContainsNull: true,
    };
    const struct = types.struct({ x: types.double, k: types.string });
    const variant = new VariantVal(
      Uint8Array.of(12, 5),
      Uint8Array.of(1, 0, 0),
    );
    const cases: [unknown, unknown, DataType | undefined, boolean][] = [
      [null, undefined, undefined, true],
      [null, 0, long, false],
      [1, 1n, long, true],
      [100000, 100001, long, false],
      [100000, 100001, undefined, false],
      [100000.5, 100000.6, undefined, true],
      [100000, 100001, double, true],
      [0, -0, double, true],
      [0, -0, long, true],
      [NaN, NaN, double, true],
      [NaN, 1, double, false],
      [Infinity, Infinity, double, true],
      [Infinity, 1, double, false],
      [1, Infinity, double, false],
      [Infinity, -Infinity, double, false],
      ["1.10", "1.1", decimal, true],
      ["99999999999999999999.01", "99999999999999999999.02", decimal, true],
      ["1.00", "1.01", decimal, false],
      ["1.10", 1.1, decimal, true],
      ["a", "a", undefined, true],
      ["1.0", "1", { kind: "string" }, false],
      [true, 1, undefined, false],
      [new Date(5), new Date(5), undefined, true],
      [new Date(5), new Date(6), undefined, false],
      [Uint8Array.of(1), Uint8Array.of(1), undefined, true],
      [Uint8Array.of(1), Uint8Array.of(2), undefined, false],
      [Uint8Array.of(1), [1], undefined, false],
      [[1, 2], [1, 2], doubles, true],
      [[1, 2], [1, 2 + 1e-9], doubles, true],
      [[1], [1, 2], doubles, false],
      [
        new Map([["a", 1], ["b", 2]]),
        new Map([["b", 2 + 1e-9], ["a", 1]]),
        map,
        true,
      ],
      [new Map([["a", 1]]), new Map([["b", 1]]), map, false],
      [new Map([["a", 1]]), new Map([["a", 2]]), map, false],
      [{ x: 1, k: "a" }, { k: "a", x: 1 + 1e-9 }, struct, true],
      [{ x: 1, k: "a" }, { x: 1, k: "b" }, struct, false],
      [
        variant,
        new VariantVal(variant.value, variant.metadata),
        undefined,
        true,
      ],
      [
        variant,
        new VariantVal(Uint8Array.of(12, 6), variant.metadata),
        undefined,
        false,
      ],
      [{}, new Date(5), undefined, false],
    ];
    for (const [actual, expected, type, isSame] of cases) {
      const shown = Deno.inspect([actual, expected, type]);
      assert.equal(sameValue(actual, expected, type, tolerance), isSame, shown);
      if (!isSame) continue;
      assert.equal(exactText(actual, type), exactText(expected, type), shown);
    }
    assert.equal(
      sameValue("99999999999999999999.01", "99999999999999999999.02", decimal, {
        rtol: 0,
        atol: 0,
      }),
      false,
    );
  },
);

Deno.test("assertDataFrameEqual() counts a row as often as it is there, also where one array stands for several", async () => {
  const row = [1.5, "a"];
  assert.equal(await complaint([row, row], [row, row]), null);
  assert.match(
    await complaint([row], [row, row]) ?? "",
    /^Rows differ: 1 of 2 /,
  );
  assert.match(
    await complaint([row, row, [2, "b"]], [[1.5, "a"], row]) ?? "",
    /^Rows differ: 1 of 3 /,
  );
});

Deno.test("assertDataFrameEqual() takes instances of a program's classes for structs", async () => {
  class City {
    constructor(readonly name: string) {}
  }
  const of = (city: unknown): object[] => [{ city }];
  for (const checkRowOrder of [true, false]) {
    const compare = (actual: unknown, expected: unknown) =>
      complaint(of(actual), of(expected), { checkRowOrder });
    assert.equal(await compare({ name: "Rome" }, new City("Rome")), null);
    assert.equal(await compare(new City("Rome"), new City("Rome")), null);
    assert.notEqual(await compare({ name: "Rome" }, new City("Oslo")), null);
    assert.notEqual(await compare(new City("Rome"), new City("Oslo")), null);
    assert.notEqual(await compare(new Set([1]), new Set([2])), null);
    assert.notEqual(await compare(new Date(0), { name: "Rome" }), null);
  }
});

Deno.test("assertDataFrameEqual() refuses what would have it find nothing", async () => {
  const rows = [{ id: 1 }];
  const told = (options: object) => complaint(rows, rows, options);
  for (const [name, wrong] of [["rtol", -1], ["atol", NaN], ["rtol", "1"]]) {
    assert.equal(
      await told({ [name as string]: wrong }),
      `Cannot run assertDataFrameEqual() with ${name} ${
        typeof wrong === "string" ? '"1"' : wrong
      }: give a number, 0 or more`,
    );
  }
  for (const maxErrors of [0, -1, 1.5, NaN]) {
    assert.equal(
      await told({ maxErrors }),
      `Cannot run assertDataFrameEqual() with maxErrors ${maxErrors}: give a whole number, 1 or more`,
    );
  }
  assert.match(
    await told({ checkRowOrdre: true }) ?? "",
    /^Cannot run assertDataFrameEqual\(\) with the option "checkRowOrdre": .*; write "checkRowOrder"$/,
  );
  for (const wrong of [Promise.resolve(rows), null, [1]]) {
    assert.match(
      await complaint(wrong as never, rows) ?? "",
      /^Cannot compare rows of .+: it is neither a DataFrame nor an array of rows; await a promise of rows first$/,
    );
  }
});
