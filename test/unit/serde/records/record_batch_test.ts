import assert from "node:assert/strict";
import * as fc from "fast-check";
import { SparkError } from "../../../../src/common/errors.ts";
import {
  BATCH_FORMS,
  RecordCodec,
} from "../../../../src/serde/records/record_batch.ts";
import { anyKey, anyNumber, anyText, sameValue } from "./arbitraries.ts";

const pure = { permissions: "none" } as const;
const codec = new RecordCodec();
const anyBatch = fc.oneof(
  fc.array(anyText),
  fc.array(fc.tuple(anyText, anyNumber)),
  fc.array(fc.tuple(fc.string(), fc.nat(300))),
  fc.array(fc.tuple(fc.string(), fc.integer())),
  fc.array(anyNumber),
  fc.array(fc.tuple(anyNumber, fc.tuple(fc.nat(3), anyText, anyNumber))),
  fc.array(fc.tuple(fc.tuple(anyText), fc.tuple(fc.tuple(fc.integer())))),
  fc.array(anyKey),
);

Deno.test("RecordCodec gives back any batch exactly", pure, () => {
  fc.assert(
    fc.property(anyBatch, (records) => {
      const frame = codec.encodeBatch(records);
      return sameValue(codec.decodeBatch(frame), records);
    }),
    { numRuns: 1000 },
  );
});

Deno.test(
  "RecordCodec takes columns for numbers, strings and short arrays of them",
  pure,
  () => {
    const form = (records: unknown[]) => codec.encodeBatch(records)[0];
    for (
      const records of [
        ["a", "é"],
        [1, -0.5],
        [["a", 1], ["b", -0.5]],
        [[1, [0, "x"]], [2, [1, "y"]]],
        [["a"]],
        [[1, 2, 3, 4, 5, 6, 7, 8]],
        [[[[[1]]]]],
      ]
    ) assert.equal(form(records), BATCH_FORMS.columns);
    class Point extends Array<number> {}
    for (
      const records of [
        [],
        ["a", 1],
        ["\ud800"],
        [["\udc00", 1]],
        [["a", 1], ["a", 1n]],
        [["a", 1], ["a", 1, 1]],
        [["a", 1], "a"],
        [[]],
        [[1, 2, 3, 4, 5, 6, 7, 8, 9]],
        [[[[[[1]]]]]],
        [[1, 2], [1, true]],
        [[1, null]],
        [[1, 2], Point.of(1, 2)],
        [{ a: 1 }],
      ]
    ) {
      let batchForm: number | undefined = BATCH_FORMS.cbor;
      try {
        batchForm = form(records);
      } catch (error) {
        assert.ok(error instanceof SparkError); // no form takes it
      }
      assert.equal(batchForm, BATCH_FORMS.cbor);
    }
  },
);

Deno.test(
  "RecordCodec keeps halves of a character in neighbors apart",
  pure,
  () => {
    const frame = codec.encodeBatch(["\ud83d", "\ude00"]);
    assert.equal(frame[0], BATCH_FORMS.columns);
    assert.deepEqual(codec.decodeBatch(frame), ["\ud83d", "\ude00"]);
  },
);

Deno.test(
  "RecordCodec keeps -0, NaN and widths of numbers in pairs",
  pure,
  () => {
    for (
      const numbers of [[-0, NaN], [0, 255], [256], [65536, -1], [2 ** 31]]
    ) {
      const records = numbers.map((n) => ["w", n]);
      assert.ok(
        sameValue(codec.decodeBatch(codec.encodeBatch(records)), records),
      );
    }
    const long = ["x".repeat(300), "y".repeat(70_000), "\ufeffz"];
    assert.deepEqual(codec.decodeBatch(codec.encodeBatch(long)), long);
  },
);

Deno.test("RecordCodec reads frames at any offset", pure, () => {
  const frame = codec.encodeBatch([["ab", 70_000], ["c", 2]]);
  const shifted = new Uint8Array(frame.length + 1);
  shifted.set(frame, 1);
  assert.deepEqual(codec.decodeBatch(shifted.subarray(1)), [["ab", 70_000], [
    "c",
    2,
  ]]);
});

Deno.test(
  "RecordCodec.encodeBatch names the record that cannot be serialized",
  pure,
  () => {
    assert.throws(() => codec.encodeBatch([["a", 1], ["b", () => 1]]), {
      condition: "RECORD_NOT_SERIALIZABLE",
      message:
        'Cannot serialize record "[1][1]": it is a function without a name; keep data in records and call functions on them',
    });
  },
);

Deno.test(
  "RecordCodec.decodeBatch refuses unknown forms and broken frames",
  pure,
  () => {
    /** A frame of columns: its shape, its count, and what follows. */
    const columns = (shape: string, count: number, ...rest: number[]) =>
      new Uint8Array([
        BATCH_FORMS.columns,
        shape.length,
        ...new TextEncoder().encode(shape),
        ...new Uint8Array(new Uint32Array([count]).buffer),
        ...rest,
      ]);
    const cases: [Uint8Array, string, string][] = [
      [
        new Uint8Array([9, 1]),
        "BATCH_FORM_UNKNOWN",
        "Cannot decode batch of form 9: this version knows forms 0 and 1; run the same version of TSpark on the driver and the executors",
      ],
      [
        new Uint8Array(0),
        "BATCH_MALFORMED",
        "Cannot decode batch: it is empty",
      ],
      [
        new Uint8Array([0, 1]),
        "BATCH_MALFORMED",
        "Cannot decode batch of 2 bytes: it holds a number in place of an array of records",
      ],
      [
        new Uint8Array([0, 0x82]),
        "CBOR_MALFORMED",
        "Cannot decode record at byte 1 of 1: 2 elements do not fit in what follows",
      ],
      [
        new Uint8Array([1, 0]),
        "BATCH_MALFORMED",
        "Cannot decode batch of 2 bytes: its header is cut off",
      ],
      [
        columns("x", 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 7 bytes: its shape is none",
      ],
      [
        columns("()", 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 8 bytes: its shape is none",
      ],
      [
        columns("(((((n)))))", 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 17 bytes: its shape is none",
      ],
      [
        columns("(nnnnnnnnn)", 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 17 bytes: its shape is none",
      ],
      [
        columns("(n", 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 8 bytes: its shape is none",
      ],
      [
        columns("n", 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 7 bytes: a column is cut off",
      ],
      [
        columns("s", 0, 4, 0, 0, 0, 0),
        "BATCH_MALFORMED",
        "Cannot decode batch of 12 bytes: its lengths are no counts",
      ],
      [
        columns("n", 0, 5),
        "BATCH_MALFORMED",
        "Cannot decode batch of 8 bytes: column type 5 is not in use",
      ],
      [
        columns("n", 2 ** 32 - 1, 4),
        "BATCH_MALFORMED",
        "Cannot decode batch of 8 bytes: 4294967295 records do not fit in it",
      ],
      [
        columns("n", 1, 0, 7, 7),
        "BATCH_MALFORMED",
        "Cannot decode batch of 10 bytes: its columns end at byte 9",
      ],
      [
        columns("s", 1, 0, 9, 0, 0, 0, 1),
        "BATCH_MALFORMED",
        "Cannot decode batch of 13 bytes: its text has 9 bytes",
      ],
      [
        columns("s", 1, 0, 2, 0, 0, 0, 1, 0xc3, 0x28),
        "BATCH_MALFORMED",
        "Cannot decode batch of 15 bytes: its text is not UTF-8",
      ],
      [
        columns("s", 1, 0, 2, 0, 0, 0, 3, 65, 65),
        "BATCH_MALFORMED",
        "Cannot decode batch of 15 bytes: its strings need 3 units of text, not 2",
      ],
    ];
    for (const [frame, condition, message] of cases) {
      assert.throws(() => codec.decodeBatch(frame), {
        name: "ProtocolError",
        condition,
        message,
      });
    }
  },
);

Deno.test("RecordCodec.countBatch counts what decodeBatch gives", pure, () => {
  const holes = fc.constant(
    Object.assign(new Array<unknown>(3), { 0: 1, 2: 3 }),
  );
  fc.assert(
    fc.property(fc.oneof(anyBatch, holes), (records) => {
      const frame = codec.encodeBatch(records).slice();
      assert.equal(codec.countBatch(frame), codec.decodeBatch(frame).length);
    }),
    { numRuns: 300 },
  );
  for (const length of [0, 23, 24, 255, 256, 65_535, 65_536]) {
    const records = Array.from({ length }, () => null);
    assert.equal(codec.countBatch(codec.encodeBatch(records)), length);
    const numbers = Array.from({ length }, (_, i) => i);
    assert.equal(codec.countBatch(codec.encodeBatch(numbers)), length);
  }
});

Deno.test(
  "RecordCodec.countBatch believes no count that the bytes cannot hold",
  pure,
  () => {
    for (
      const frame of [
        [0, 0x9a, 0xff, 0xff, 0xff, 0xff, 0],
        [0, 0x99, 0xff],
        [1, 1, 0x6e, 0xff, 0xff, 0xff, 0xff, 0],
        [1, 9],
      ]
    ) {
      assert.throws(() => codec.countBatch(new Uint8Array(frame)), {
        name: "ProtocolError",
      });
    }
  },
);

Deno.test(
  "RecordCodec.decodeBatch gives records or a ProtocolError for any bytes",
  pure,
  () => {
    const mutated = fc.tuple(anyBatch, fc.nat(), fc.nat(255)).map(
      ([records, at, byte]) => {
        const frame = codec.encodeBatch(records).slice();
        frame[at % frame.length] = byte;
        return frame;
      },
    );
    fc.assert(
      fc.property(mutated, (frame) => {
        try {
          assert.ok(Array.isArray(codec.decodeBatch(frame)));
        } catch (error) {
          assert.ok(error instanceof SparkError, String(error));
          assert.equal(error.name, "ProtocolError");
        }
      }),
      { numRuns: 2000 },
    );
  },
);
