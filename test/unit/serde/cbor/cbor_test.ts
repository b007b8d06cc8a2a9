import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import * as vm from "node:vm";
import { Decoder } from "cbor-x/decode";
import * as fc from "fast-check";
import { ProtocolError, SparkError } from "../../../../src/common/errors.ts";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { anyKey, anyText, sameValue } from "../records/arbitraries.ts";

const pure = { permissions: "none" } as const;
const codec = createCborCodec();

function trip<T>(value: T): T {
  return codec.decode(codec.encode(value)) as T;
}

Deno.test("CborCodec gives back any data exactly", pure, () => {
  fc.assert(
    fc.property(anyKey, (value) => sameValue(trip(value), value)),
    { numRuns: 1500 },
  );
});

Deno.test("CborCodec gives back what generic CBOR loses", pure, () => {
  assert.ok(Object.is(trip(-0), -0));
  assert.equal(trip("\ud800x\udc00"), "\ud800x\udc00");
  const hostileName = JSON.parse('{"__proto__": 1, "a": {"__proto__": []}}');
  assert.ok(sameValue(trip(hostileName), hostileName));
  const holes = [, 1, , undefined, ,]; // deno-lint-ignore-line no-sparse-arrays
  assert.deepEqual(Object.keys(trip(holes)), ["1", "3"]);
  assert.equal(trip(holes).length, 5);
  const marked = "\ufeff" + "x".repeat(100);
  assert.equal(trip(marked), marked);
  const edge = new Date(8.64e15 - 1);
  assert.equal(trip(edge).getTime(), edge.getTime());
  assert.ok(Number.isNaN(trip(new Date(NaN)).getTime()));
  const late = new Date(1_700_000_000_123);
  assert.equal(trip(late).getTime(), 1_700_000_000_123);
});

Deno.test(
  "CborCodec keeps the type of numbers, bigints and buffers",
  pure,
  () => {
    assert.deepEqual(trip([1, 1n, 2n ** 64n, -(2n ** 64n), 2 ** 64, 2 ** 53]), [
      1,
      1n,
      2n ** 64n,
      -(2n ** 64n),
      2 ** 64,
      2 ** 53,
    ]);
    const view = new DataView(new Uint8Array([1, 2, 3]).buffer, 1, 2);
    assert.deepEqual(trip(view), new DataView(new Uint8Array([2, 3]).buffer));
    const bytes = trip(Buffer.from([1, 2]));
    assert.equal(Object.getPrototypeOf(bytes), Uint8Array.prototype);
    assert.deepEqual(new Uint8Array(bytes), new Uint8Array([1, 2]));
    assert.deepEqual(
      trip(new Float16Array([1.5, -0])),
      new Float16Array([1.5, -0]),
    );
    const part = new Float64Array([1, 2, 3]).subarray(1);
    assert.equal(trip(part).buffer.byteLength, 16);
  },
);

Deno.test("CborCodec gives back expressions and errors", pure, () => {
  const pattern = /a+\/\n/giu;
  pattern.lastIndex = 3;
  assert.deepEqual(trip(pattern), pattern);
  assert.equal(trip(pattern).lastIndex, 3);
  const error = new TypeError("no", { cause: new RangeError("below") });
  Object.assign(error, { code: 7 });
  const back = trip(error);
  assert.deepEqual(back, error);
  assert.ok(back instanceof TypeError);
  assert.ok(back.cause instanceof RangeError);
  assert.equal(back.stack, error.stack);
  assert.deepEqual(Object.keys(back), ["code"]);
  const many = new AggregateError([new Error("a"), 2], "many");
  assert.deepEqual(trip(many), many);
});

Deno.test("CborCodec takes plain data of another realm", pure, () => {
  const foreign = vm.runInNewContext("({a: [1, {b: 2}]})");
  assert.deepEqual(trip(foreign), { a: [1, { b: 2 }] });
});

Deno.test(
  "CborCodec writes objects with equal names once, with other names as maps",
  pure,
  () => {
    const alike = Array.from({ length: 100 }, (_, i) => ({ someName: i % 20 }));
    assert.ok(codec.encode(alike).length < 600);
    const others = Array.from(
      { length: 600 },
      (_, i) => ({ [`n${i}`]: { [`m${i % 300}`]: i }, z: [] }),
    );
    assert.deepEqual(trip(others), others);
    const wide = Object.fromEntries(alike.map((_, i) => [`w${i}`, i]));
    assert.deepEqual(trip([wide, wide]), [wide, wide]);
    const mixed = [{ a: 1 }, { a: 1, b: 2 }, { b: 1, a: 2 }, {}, {
      a: { a: 3 },
    }];
    assert.deepEqual(trip(mixed), mixed);
  },
);

Deno.test(
  "CborCodec reads own properties only, when Object.prototype has gained names",
  pure,
  () => {
    Object.defineProperty(Object.prototype, "gained", {
      value: 1,
      enumerable: true,
      configurable: true,
    });
    try {
      const back = trip([{ a: 1 }, { a: 2 }, { a: 3 }]);
      assert.deepEqual(back.map((made) => Object.keys(made)), [["a"], ["a"], [
        "a",
      ]]);
    } finally {
      Reflect.deleteProperty(Object.prototype, "gained");
    }
  },
);

Deno.test(
  "CborCodec.encode gives a view that the next call overwrites",
  pure,
  () => {
    const own = createCborCodec();
    const first = own.encode("first");
    const kept = first.slice();
    own.encode("other");
    assert.notDeepEqual(first, kept);
    assert.equal(own.decode(kept), "first");
  },
);

Deno.test(
  "CborCodec.decode gives values that do not refer to the bytes",
  pure,
  () => {
    const bytes = codec.encode([new Uint8Array([1, 2]), "a text beyond ten"])
      .slice();
    const back = codec.decode(bytes);
    bytes.fill(0);
    assert.deepEqual(back, [new Uint8Array([1, 2]), "a text beyond ten"]);
  },
);

Deno.test("CborCodec.encode survives large values", pure, () => {
  const text = "ж".repeat(300_000) + "\ud800";
  assert.equal(trip(text), text);
  assert.equal(trip(text.slice(0, -1)), text.slice(0, -1));
  const bytes = new Uint8Array(20_000_000).fill(7);
  assert.equal(trip(bytes).length, 20_000_000);
  assert.equal(trip("small again"), "small again");
});

Deno.test(
  "CborCodec writes plain data as any CBOR reader knows it",
  pure,
  () => {
    const plain = fc.oneof(
      anyText.filter((text) => text.isWellFormed() && !text.includes("\ufeff")),
      fc.integer(),
      fc.double(),
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.uint8Array(),
    );
    const other = new Decoder({ mapsAsObjects: true });
    fc.assert(fc.property(fc.array(plain), (values) => {
      const theirs = other.decode(codec.encode(values).slice()) as unknown[];
      const read = theirs.map((value) =>
        value instanceof Uint8Array ? new Uint8Array(value) : value
      );
      return sameValue(read, values);
    }));
  },
);

class Socket {
  readonly port = 1;
}

const refusals: [unknown, string][] = [
  [
    [{ user: { socket: new Socket() } }],
    'Cannot serialize record "[0].user.socket": it is an instance of class "Socket"; map it to a plain object or array',
  ],
  [
    [1, { f: function twice(): void {} }],
    'Cannot serialize record "[1].f": it is a function "twice"; keep data in records and call functions on them',
  ],
  [
    [[() => 1][0]],
    'Cannot serialize record "[0]": it is a function without a name; keep data in records and call functions on them',
  ],
  [
    Symbol("s"),
    'Cannot serialize record: it is a symbol "s"; use a string in its place',
  ],
  [
    [new Map([["k", { "odd name": Promise.resolve(1) }]])],
    'Cannot serialize record "[0].get("k")["odd name"]": it is a promise; await it and return its value',
  ],
  [
    new Map([[new WeakMap(), 1]]),
    'Cannot serialize record ".keys[0]": it is an instance of class "WeakMap"; map it to a plain object or array',
  ],
  [
    new Set([1, new Number(1)]),
    'Cannot serialize record ".values[1]": it is an instance of class "Number"; map it to a plain object or array',
  ],
  [
    [new (class Words extends Array {})()],
    'Cannot serialize record "[0]": it is an instance of class "Words"; map it to a plain object or array',
  ],
  [
    [new (class extends Map {})(), 1],
    'Cannot serialize record "[0]": it is an instance of class ""; map it to a plain object or array',
  ],
];

Deno.test(
  "CborCodec.encode names the path and kind of what cannot be serialized",
  pure,
  () => {
    for (const [value, message] of refusals) {
      assert.throws(() => codec.encode(value), {
        name: "SparkError",
        condition: "RECORD_NOT_SERIALIZABLE",
        message,
      });
    }
    assert.equal(trip("still works"), "still works");
  },
);

Deno.test(
  "CborCodec.encode refuses what holds itself and what nests too deep",
  pure,
  () => {
    const ring: Record<string, unknown> = { a: { b: [] } };
    (ring.a as { b: unknown[] }).b.push(ring.a);
    assert.throws(() => codec.encode([ring]), {
      message:
        'Cannot serialize record "[0].a.b[0]": it refers back to "[0].a", which holds it; keep an id in place of the reference',
    });
    const self: unknown[] = [];
    self.push(self);
    assert.throws(() => codec.encode(self), {
      message:
        'Cannot serialize record "[0]": it refers back to "the record", which holds it; keep an id in place of the reference',
    });
    assert.deepEqual(trip(nest(1000)), nest(1000));
    assert.throws(() => codec.encode(nest(1001)), {
      message: `Cannot serialize record "${"[0]".repeat(26)}[0…]${
        "[0]".repeat(26)
      }": it is nested deeper than 1000 levels; flatten it`.replace(
        "[0…]",
        "[0…0]",
      ),
    });
  },
);

Deno.test("CborCodec.encode refuses a record of 10,000 levels", pure, () => {
  assert.throws(() => codec.encode({ deep: nest(10_000) }), {
    condition: "RECORD_NOT_SERIALIZABLE",
    message:
      /^Cannot serialize record "\.deep\[0\].*\[0\]": it is nested deeper than 1000 levels; flatten it$/,
  });
});

Deno.test(
  "CborCodec.encode names the path of a proxy that cannot be read",
  pure,
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const trap = new Proxy({}, {
      ownKeys() {
        throw proxy;
      },
    });
    for (
      const [value, path] of [[proxy, ""], [{ a: [1, proxy] }, ' ".a[1]"'], [
        [trap],
        ' "[0]"',
      ]]
    ) {
      assert.throws(() => codec.encode(value), {
        condition: "RECORD_NOT_SERIALIZABLE",
        message:
          `Cannot serialize record${path}: it is a Proxy that cannot be read; use the object behind it`,
      });
    }
    assert.deepEqual(trip(new Proxy({ a: 1 }, {})), { a: 1 });
  },
);

function nest(levels: number): unknown[] {
  let value: unknown[] = [];
  for (let i = 1; i < levels; i++) value = [value];
  return value;
}

Deno.test("CborCodec.encode lets an error of a getter through", pure, () => {
  const record = {
    get bad(): never {
      throw new URIError("mine");
    },
  };
  assert.throws(() => codec.encode(record), URIError);
});

Deno.test(
  "CborCodec.decode refuses bytes that encode does not write",
  pure,
  () => {
    const cases: [number[], string][] = [
      [[], "at byte 0 of 0: the bytes end here"],
      [[1, 2], "at byte 1 of 2: 1 bytes follow the value"],
      [[0x82, 1], "at byte 1 of 2: 2 elements do not fit in what follows"],
      [
        [0x9a, 255, 255, 255, 255],
        "at byte 5 of 5: 4294967295 elements do not fit in what follows",
      ],
      [[0x62, 97], "at byte 1 of 2: 2 bytes are missing"],
      [
        [0x62, 0xc3, 0x28],
        "at byte 3 of 3: ProtocolError: Cannot read text as UTF-8: bytes 1 to 3 hold a sequence that is none",
      ],
      [[0x19, 1], "at byte 1 of 2: 2 bytes are missing"],
      [[0x1c], "at byte 0 of 1: head 28 is not in use"],
      [[0x9f, 0xff], "at byte 0 of 2: head 159 is not in use"],
      [[0xff], "at byte 0 of 1: no value starts with byte 255"],
      [[0xc1, 0], "at byte 1 of 2: tag 1 is not in use"],
      [[0xd9, 0x55, 3, 0x80], "at byte 3 of 4: shape is not defined"],
      [[0xa1, 1, 1], "at byte 1 of 3: a name is missing"],
      [[0xd9, 0x54, 0x53, 0x61, 65], "at byte 5 of 5: a number is missing"],
      [[0xd8, 79, 0x41, 1], "at byte 4 of 4: 1 bytes make no BigInt64Array"],
      [[0xd9, 1, 2, 1], "at byte 3 of 4: an array of members is missing"],
      [[0xd9, 1, 3, 0x80], "at byte 3 of 4: a map is missing"],
      [
        [0xd9, 0x54, 0x57, 0x83, 0x61, 40, 0x60, 0],
        "at byte 8 of 8: SyntaxError: Invalid regular expression: /(/: Unterminated group",
      ],
      [
        [0xd9, 0x54, 0x57, 0x80],
        "at byte 4 of 4: parts of a RegExp are of other types",
      ],
      [
        [0xd9, 0x54, 0x58, 0x80],
        "at byte 4 of 4: parts of an Error are of other types",
      ],
      [[0xd9, 0x54, 0x59, 0x81, 0], "at byte 4 of 5: a pair has two parts"],
      [
        [0xd9, 0x54, 0x59, 0x82, 0x81, 0x61, 97, 0x80],
        "at byte 8 of 8: values do not match their names",
      ],
      [[0xd9, 0x54, 0x5b, 0x82, 0, 0x80], "at byte 6 of 6: row is not defined"],
    ];
    for (const [bytes, text] of cases) {
      assert.throws(() => codec.decode(new Uint8Array(bytes)), {
        name: "ProtocolError",
        condition: "CBOR_MALFORMED",
        message: `Cannot decode record ${text}`,
      });
    }
  },
);

Deno.test(
  "CborCodec.decode refuses depth and many large lengths at once",
  pure,
  () => {
    assert.throws(() => codec.decode(new Uint8Array(1e6).fill(0x81)), {
      message:
        "Cannot decode record at byte 1001 of 1000000: values nest deeper than 1000 levels",
    });
    const wide = new Uint8Array(1e6);
    for (let at = 0; at < 5000; at += 5) {
      wide.set(
        [0x9a, 0, 0xe, 0xff, 0xff],
        at,
      );
    }
    assert.throws(() => codec.decode(wide), ProtocolError);
  },
);

Deno.test(
  "CborCodec.decode gives a value or CBOR_MALFORMED for any bytes",
  pure,
  () => {
    const mutated = fc.tuple(anyKey, fc.nat(), fc.nat(255), fc.nat()).map(
      ([value, at, byte, cut]) => {
        const bytes = codec.encode(value).slice();
        bytes[at % bytes.length] = byte;
        return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
      },
    );
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array()), (bytes) => {
        try {
          codec.decode(bytes);
        } catch (error) {
          assert.ok(error instanceof SparkError);
          assert.equal(error.condition, "CBOR_MALFORMED");
        }
      }),
      { numRuns: 3000 },
    );
  },
);
