import assert from "node:assert/strict";
import { plainRows } from "../../../../src/serde/records/row_code.ts";

const NONE = { permissions: "none" } as const;

Deno.test(
  "plainRows() makes plain objects with the columns in order",
  NONE,
  () => {
    const make = plainRows<Record<string, unknown>>([
      "b",
      "a",
      'quote"\n',
      "__proto__",
    ]);
    const rows = make([[1, 2], ["x", null], [true, false], ["p", "q"]], 2);
    assert.equal(rows.length, 2);
    const [first] = rows;
    assert.ok(first !== undefined);
    assert.equal(Object.getPrototypeOf(first), Object.prototype);
    assert.deepEqual(Object.entries(first), [
      ["b", 1],
      ["a", "x"],
      ['quote"\n', true],
      ["__proto__", "p"],
    ]);
    assert.equal(
      JSON.stringify(rows[1]),
      '{"b":2,"a":null,"quote\\"\\n":false,"__proto__":"q"}',
    );
    assert.deepEqual(structuredClone({ ...first, ["__proto__"]: 1 }), {
      ...first,
      ["__proto__"]: 1,
    });
    assert.deepEqual(plainRows([])([], 2), [{}, {}]);
  },
);

Deno.test(
  "plainRows() makes rows of a thousand columns, plain objects too",
  NONE,
  () => {
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    names[500] = "__proto__";
    const make = plainRows<Record<string, unknown>>(names);
    const [row] = make(names.map((_, i) => [i]), 1);
    assert.ok(row !== undefined);
    assert.equal(Object.getPrototypeOf(row), Object.prototype);
    assert.deepEqual(Object.keys(row), names);
    assert.deepEqual(Object.values(row), names.map((_, i) => i));
  },
);

Deno.test(
  "plainRows() lets names that are numbers be, and refuses equal ones",
  NONE,
  () => {
    const [row] = plainRows<Record<string, unknown>>(["x", "2020"])(
      [[1], [2]],
      1,
    );
    assert.deepEqual(row, { x: 1, 2020: 2 });
    assert.throws(() => plainRows(["a", "b", "a"]), {
      condition: "COLUMN_NAME_TWICE",
      message:
        'Cannot make objects of rows: columns 0 and 2 are both named "a"; rename one, drop one, or use toArrow(), which keeps both',
    });
  },
);
