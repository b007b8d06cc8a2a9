import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { NumberForm } from "../../../../src/protocol/command.ts";
import { readPickledBatch } from "../../../../src/serde/pickle/pickle_reader.ts";
import { PickleWriter } from "../../../../src/serde/pickle/pickle_writer.ts";
import { anyNumber, anyText } from "../records/arbitraries.ts";

const pure = { permissions: "none" } as const;

function hexOf(
  records: unknown[],
  first: NumberForm = "any",
  second: NumberForm = "any",
): string {
  return new PickleWriter().encodeBatch(records, first, second).toHex();
}

/** Each checked against Python's `pickle.loads` and Spark's `Unpickler`. */
const GOLDEN: readonly (readonly [unknown, hex: string])[] = [
  [null, "4e"],
  [undefined, "4e"],
  [true, "88"],
  [false, "89"],
  [0, "4b00"],
  [255, "4bff"],
  [256, "4a00010000"],
  [-1, "4affffffff"],
  [2 ** 31, "8a080000008000000000"],
  [-0, "478000000000000000"],
  [1.5, "473ff8000000000000"],
  [2 ** 53, "474340000000000000"],
  [5n, "8a080500000000000000"],
  [-(2n ** 63n), "8a080000000000000080"],
  [2n ** 63n, "8a1000000000000000800000000000000000"],
  ["hé", "580300000068c3a9"],
  ["a\ud800", "580400000061efbfbd"],
  [new Uint8Array([0, 255]), "420200000000ff"],
  [new Uint8Array(0), "4200000000"],
  [["k", 1], "58010000006b4b0186"],
  [[1, 2, 3], "284b014b024b0374"],
  [[], "2874"],
  [["k", [1, 2]], "58010000006b284b014b027486"],
  [new Map([[1, "a"]]), "7d284b0158010000006175"],
  [{ a: null }, "7d285801000000614e75"],
  [
    new Float64Array([1.5]),
    "6361727261790a61727261790a5801000000645d28473ff8000000000000658652",
  ],
  [
    new Int32Array([1]),
    "6361727261790a61727261790a5801000000695d284b01658652",
  ],
];

Deno.test("PickleWriter.encodeBatch writes a list of records", pure, () => {
  for (const [value, hex] of GOLDEN) {
    assert.equal(hexOf([value]), `80035d28${hex}652e`, hex);
  }
  assert.equal(hexOf([]), "80035d28652e");
  assert.equal(hexOf([1, "a"]), "80035d284b01580100000061652e");
});

Deno.test("PickleWriter.encodeBatch makes numbers what is asked", pure, () => {
  assert.equal(
    hexOf([[1, 1]], "long", "double"),
    "80035d288a080100000000000000473ff000000000000086652e",
  );
  assert.equal(hexOf([1n], "any", "int"), "80035d284b01652e");
  assert.equal(hexOf([1], "any", "long"), "80035d288a080100000000000000652e");
  assert.equal(hexOf([1], "any", "double"), "80035d28473ff0000000000000652e");
  assert.equal(hexOf([1n], "any", "double"), "80035d28473ff0000000000000652e");
  const refused = (value: unknown, form: NumberForm, text: string): void => {
    assert.throws(() => hexOf([["k", value]], "any", form), {
      name: "SparkError",
      condition: "RECORD_NOT_SERIALIZABLE",
      message:
        `Cannot hand the JVM ${text} as a ${form}: it does not fit; name another class for the numbers, or map them to ones that fit`,
    });
  };
  refused(1.5, "int", "1.5");
  refused(2 ** 31, "int", "2147483648");
  refused(2n ** 31n, "int", "2147483648n");
  refused(0.5, "long", "0.5");
  refused(2n ** 63n, "long", "9223372036854775808n");
});

Deno.test(
  "PickleWriter.encodeBatch refuses what the JVM has no form for",
  pure,
  () => {
    const refused = (value: unknown, what: string, why: string): void => {
      assert.throws(() => hexOf([["k", value]]), {
        name: "SparkError",
        condition: "RECORD_NOT_SERIALIZABLE",
        message:
          `Cannot hand the JVM a record with ${what}: it is ${why}; map records to null, booleans, numbers, bigints, strings, Uint8Array, arrays, Maps and plain objects, 100 levels deep at most`,
      });
    };
    refused(
      new Date(0),
      "the Date 1970-01-01T00:00:00.000Z",
      "without a form there",
    );
    refused(
      new BigInt64Array(1),
      "an object of class BigInt64Array",
      "without a form there",
    );
    refused(new Set(), "an object of class Set", "without a form there");
    refused(() => 1, "the function (anonymous)", "without a form there");
    refused(Symbol("s"), "Symbol(s)", "without a form there");
    const self: unknown[] = [];
    self.push(self);
    refused(self, "an array of length 1", "nested deeper than that");
  },
);

Deno.test(
  "PickleWriter.encodeBatch and readPickledBatch are inverse",
  pure,
  () => {
    const leaf = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      anyNumber,
      fc.bigInt().filter((n) => n > 2n ** 53n || n < -(2n ** 53n)),
      anyText.map((text) => text.toWellFormed()),
      fc.uint8Array(),
    );
    const tree = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("value")),
        fc.array(fc.tuple(leaf, tie("value"))).map((entries) =>
          new Map(entries)
        ),
      ),
    })).value;
    const writer = new PickleWriter();
    fc.assert(fc.property(fc.array(tree), (records) => {
      const frame = writer.encodeBatch(records, "any", "any");
      assert.deepEqual(readPickledBatch(frame), records);
    }));
  },
);
