import { isNativeAccelerationEnabled } from "cbor-x/index-no-eval";
import fc from "fast-check";
import assert from "node:assert/strict";
import { ProtocolError } from "../../../src/common/errors.ts";
import {
  decodeCommand,
  encodeCommand,
} from "../../../src/protocol/command_codec.ts";

const PURE = { permissions: "none" } as const;

function text(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }))
      .map((units) => String.fromCharCode(...units)),
    fc.string().map((after) => `\ufeff${after}`.padEnd(200, "x")),
  );
}

function plainData(): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.double(),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.bigInt(),
      fc.bigInt({ min: -(2n ** 64n) - 2n, max: -(2n ** 64n) + 2n }),
      fc.bigInt({ min: 2n ** 64n - 2n, max: 2n ** 64n + 2n }),
      text(),
      fc.constantFrom(true, false, null, undefined, -0, NaN, Infinity),
      fc.uint8Array(),
      fc.array(tie("value")),
      fc.dictionary(
        fc.string({ unit: "grapheme" }).filter((key) => key !== "__proto__"),
        tie("value"),
        { noNullPrototype: true },
      ),
    ),
  })).value;
}

Deno.test(
  "decodeCommand() gives what encodeCommand() got, whatever it is made of",
  PURE,
  () => {
    fc.assert(
      fc.property(plainData(), (value) => {
        const bytes = encodeCommand(value);
        const copy = bytes.slice();
        const back = decodeCommand(bytes);
        bytes.fill(0xff); // nothing of the value lies in them
        assert.deepEqual(back, value);
        assert.deepEqual(decodeCommand(copy), value);
      }),
      { numRuns: 500 },
    );
  },
);

Deno.test(
  "encodeCommand() keeps large bigints and leaves the value as it was",
  PURE,
  () => {
    const value = { list: [-0, 7n ** 20_000n, "\ud800"], name: "n" };
    const back = decodeCommand(encodeCommand(value));
    assert.deepEqual(back, value);
    assert.ok(Object.is(value.list[0], -0));
    assert.equal(value.list[2], "\ud800");
  },
);

Deno.test("encodeCommand() refuses what it cannot keep", PURE, () => {
  const deep = Array.from({ length: 65 })
    .reduce<unknown>((inner) => [inner], 1);
  for (
    const [value, what] of [
      [() => 1, "the function (anonymous)"],
      [new Map(), "an object of class Map"],
      [new Float64Array(1), "an object of class Float64Array"],
      // deno-lint-ignore no-sparse-arrays
      [[1, , 2], "an array with a hole"],
      [JSON.parse('{"__proto__":1}'), 'an object with the key "__proto__"'],
      [deep, "more than 64 levels"],
    ] as const
  ) {
    assert.throws(() => encodeCommand({ value }), {
      name: "ProtocolError",
      condition: "COMMAND_NOT_ENCODABLE",
      message:
        `Cannot encode a command: there is ${what} in it; commands are plain objects, arrays, Uint8Array, strings, numbers, bigints, booleans, null and undefined`,
    });
  }
});

Deno.test(
  "encodeCommand() refuses more bytes than the limit before it makes them",
  PURE,
  () => {
    for (
      const value of ["x".repeat(100), new Uint8Array(100), "é".repeat(60)]
    ) {
      assert.throws(() => encodeCommand(value, 99), {
        condition: "COMMAND_TOO_LARGE",
        message:
          /^Cannot send functions with \d+ bytes of code and captured values: at most 99 bytes go with a job; put large values into broadcasts, or read them in the function$/,
      });
    }
  },
);

Deno.test(
  "decodeCommand() refuses what encodeCommand() does not write",
  PURE,
  () => {
    for (
      const [hex, reason] of [
        ["", "its bytes end early"],
        ["0101", "1 bytes too many"],
        ["9a06000000", "its bytes end early"], // an array of 100 million items
        ["9bffffffffffffffff", "a byte 0x9b where a value begins"],
        ["ba05000000", "its bytes end early"],
        ["a10102", "a key that is no text"],
        ["9fff", "a byte 0x9f where a value begins"],
        ["5f41aaff", "a byte 0x5f where a value begins"],
        ["c24101", "tag 2"], // bigints of the library
        ["d81b8364457661", "tag 27"], // its errors, made by name
        ["d83384808080f6", "tag 51"],
        ["d9dfff820180", "tag 57343"], // its records
        ["d905796101", "tag 1401 over another kind of value"],
        ["d9057b6178", "Cannot convert 0xx to a BigInt"],
        ["f0", "a byte 0xf0 where a value begins"],
        ["fa00000000", "a byte 0xfa where a value begins"],
        [`${"81".repeat(65)}01`, "more than 64 levels"],
      ] as const
    ) {
      assert.throws(() => decodeCommand(Uint8Array.fromHex(hex)), {
        name: "ProtocolError",
        condition: "COMMAND_INVALID",
        message:
          `Cannot run a task: its command is not one of TSpark's (${reason}); use the same TSpark on the driver and the executors`,
      }, hex);
    }
  },
);

Deno.test("decodeCommand() ends in a ProtocolError on any bytes", PURE, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeCommand(bytes);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }),
    { numRuns: 5000 },
  );
});

Deno.test("the command codec runs without cbor-extract", PURE, () => {
  assert.equal(isNativeAccelerationEnabled, false);
});
