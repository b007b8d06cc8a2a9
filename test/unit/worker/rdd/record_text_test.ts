import assert from "node:assert/strict";
import { KeyedMap } from "../../../../src/serde/keys/keyed_map.ts";
import { textOfRecord } from "../../../../worker/rdd/record_text.ts";

const pure = { permissions: "none" } as const;

class Point {
  x = 1;
  y = [NaN];
}

class Money {
  readonly #cents = 5;

  toJSON(): string {
    return `${this.#cents} cents`;
  }
}

const keyed = new KeyedMap<unknown, number>();
keyed.set(["a", 1], 2);

/** Records and their texts. */
const TEXTS: readonly [unknown, string][] = [
  ["as it is", "as it is"],
  ["", ""],
  [1.5, "1.5"],
  [-0, "0"],
  [NaN, "NaN"],
  [-Infinity, "-Infinity"],
  [2n ** 64n, "18446744073709551616"],
  [true, "true"],
  [null, "null"],
  [undefined, "undefined"],
  [["a", 1, null, undefined, -0, 1e21], '["a",1,null,null,-0,1e+21]'],
  [[NaN, Infinity, 2n], '["NaN","Infinity","2"]'],
  // deno-lint-ignore no-sparse-arrays
  [[1, , 3], "[1,null,3]"],
  [{ a: { b: "\n\ud800" }, c: undefined }, '{"a":{"b":"\\n\\ud800"},"c":null}'],
  [{}, "{}"],
  [Object.create(null), "{}"],
  [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  [
    new Map<unknown, unknown>([["k", 1], [{ a: 1 }, new Set([2])]]),
    '[["k",1],[{"a":1},[2]]]',
  ],
  [new Set([1, [2]]), "[1,[2]]"],
  [keyed, '[[["a",1],2]]'],
  [new Uint8Array([1, 255]), "[1,255]"],
  [new Float64Array([0.5, NaN]), '[0.5,"NaN"]'],
  [new BigInt64Array([-1n]), '["-1"]'],
  [new Uint8Array([7]).buffer, "[7]"],
  [new DataView(new Uint8Array([7, 8]).buffer, 1), "[8]"],
  [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  [new Date(NaN), '"Invalid Date"'],
  [/a+/gi, '"/a+/gi"'],
  [new RangeError("no"), '"RangeError: no"'],
  [new Point(), '{"x":1,"y":["NaN"]}'],
  [new Money(), '"5 cents"'],
  [new Number(3), "3"],
  [new String("s"), '"s"'],
  [{ a: [[{ b: 1n }]] }, '{"a":[[{"b":"1"}]]}'],
];

for (const [record, text] of TEXTS) {
  Deno.test(`textOfRecord() writes ${Deno.inspect(record)}`, pure, () => {
    assert.equal(textOfRecord(record), text);
  });
}

Deno.test(
  "textOfRecord() writes one object twice, and refuses one within itself",
  pure,
  () => {
    const twice = { a: 1 };
    assert.equal(textOfRecord([twice, twice]), '[{"a":1},{"a":1}]');
    const self: unknown[] = [1];
    self.push({ back: self });
    assert.throws(() => textOfRecord(self), {
      name: "WorkerError",
      condition: "RECORD_NOT_TEXT",
      message:
        "Cannot write a record as text: record[1].back contains itself; map the record to a string first",
    });
  },
);

Deno.test(
  "textOfRecord() refuses what would be lost, with its path",
  pure,
  () => {
    const refused: readonly [unknown, string][] = [
      [{ a: [() => 1] }, "record.a[0] is the function (anonymous)"],
      [[Symbol("s")], "record[0] is Symbol(s)"],
      [new WeakMap(), "record is an object of class WeakMap"],
      [{ p: Promise.resolve(1) }, "record.p is an object of class Promise"],
      [function f() {}, "record is the function f"],
    ];
    for (const [record, what] of refused) {
      assert.throws(() => textOfRecord(record), {
        condition: "RECORD_NOT_TEXT",
        message:
          `Cannot write a record as text: ${what}, which would be lost; map the record to a string first`,
      });
    }
  },
);

Deno.test(
  "textOfRecord() says so when a record is nested too deeply",
  pure,
  () => {
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    assert.throws(() => textOfRecord(deep), {
      condition: "RECORD_NOT_TEXT",
      message:
        "Cannot write an array of length 1 as text: it is nested too deeply; map it to a string first",
    });
  },
);
