import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { rowClass } from "../../../../src/serde/records/row.ts";

const pure = { permissions: "none" } as const;

function trip<T>(records: readonly T[]): T[] {
  const codec = new RecordCodec();
  return codec.decodeBatch(codec.encodeBatch(records)) as T[];
}

function matchOf(text: string, pattern: RegExp): RegExpExecArray {
  const found = pattern.exec(text);
  assert.ok(found !== null);
  return found;
}

function sameMatch(a: RegExpExecArray | undefined, b: RegExpExecArray): void {
  assert.deepEqual(a, b); // elements, names and their values
  assert.deepEqual(
    a && Reflect.ownKeys(a).map(String),
    Reflect.ownKeys(b).map(String),
  );
}

Deno.test(
  "RecordCodec keeps index, input, groups and indices of matches",
  pure,
  () => {
    const matches = [
      matchOf("x = 12", /(\d)(\d)/),
      matchOf("x = 12", /(?<tens>\d)(?<ones>\d)(?<none>z)?/),
      matchOf("x = 12", /(?<tens>\d)(?<ones>\d)/d),
      matchOf("ab", /(a)(b)?/d),
    ];
    trip(matches).forEach((back, at) =>
      sameMatch(back, matches[at] as RegExpExecArray)
    );
    const [pair] = trip([["key", { found: matches[1] }]]);
    sameMatch(
      (pair?.[1] as { found: RegExpExecArray }).found,
      matches[1] as RegExpExecArray,
    );
    const indices = matchOf("ab", /(?<a>a)(b)/d).indices as unknown[];
    const [back] = trip([indices]);
    assert.deepEqual(back, indices);
    assert.deepEqual(Object.keys(back ?? []), ["0", "1", "2", "groups"]);
    const codec = new RecordCodec();
    for (const match of [...matches, indices]) {
      const [again] = codec.decodeBatch(codec.encodeBatch([match], "all"));
      assert.deepEqual(again, match);
    }
  },
);

Deno.test(
  "RecordCodec keeps matches beside plain arrays, in any batch",
  pure,
  () => {
    const match = matchOf("b1", /[a-z](\d)/);
    const records: string[][] = Array.from(
      { length: 100_000 },
      () => ["b1", "1"],
    );
    records[99_999] = match;
    const last = trip(records)[99_999] as RegExpExecArray;
    sameMatch(last, match);
  },
);

Deno.test(
  "RecordCodec refuses one pair of many with a property of its own, unless TSpark made it",
  pure,
  () => {
    const pairs = Array.from({ length: 300_000 }, (_, i): unknown[] => [i, 1]);
    const codec = new RecordCodec();
    for (const property of ["tag", Symbol("tag")]) {
      const pair = Object.defineProperty([7, 1], property, { value: 1 });
      const records = [...pairs, pair];
      assert.throws(() => codec.encodeBatch(records), {
        condition: "RECORD_NOT_SERIALIZABLE",
      });
      for (const own of ["all", [null, null]] as const) {
        const back = codec.decodeBatch(codec.encodeBatch(records, own));
        assert.deepEqual(back.at(-1), [7, 1]);
      }
      assert.throws(
        () => codec.encodeBatch([[7, pair]], [null, null]),
        { condition: "RECORD_NOT_SERIALIZABLE" },
      );
    }
  },
);

const ARRAY =
  'an array is serialized without properties of its own; keep both in an object, or leave it out by "[...array]"';
const SYMBOL =
  'a property that is named by a symbol is not serialized; name it by a string, or leave it out by "Object.fromEntries(Object.entries(object))"';
const HIDDEN =
  'a property that is not enumerable is not serialized; make it enumerable, or leave it out by "{ ...object }"';

function hidden<T extends object>(value: T, name = "secret"): T {
  return Object.defineProperty(value, name, { value: 1 });
}

function templateTexts(
  texts: TemplateStringsArray,
  ..._values: unknown[]
): readonly string[] {
  return texts;
}

const sign = Symbol("sign");
const long = Object.assign(Array.from({ length: 5000 }, (_, i) => i), {
  columns: ["a"],
});
const broken = Object.assign(matchOf("a", /a/), { note: 1 });

const REFUSED: readonly [value: unknown, path: string, reason: string][] = [
  [Object.assign([1, 2], { note: "x" }), ".note", ARRAY],
  [Object.assign(["a"], { [sign]: 1 }), "[Symbol(sign)]", ARRAY],
  [hidden([1, 2]), ".secret", ARRAY],
  [hidden(matchOf("a", /a/), "raw"), ".raw", ARRAY],
  [broken, ".note", ARRAY],
  [Object.assign([1, 2], { groups: {} }), ".groups", ARRAY],
  [long, ".columns", ARRAY],
  [hidden(Array.from({ length: 500 }, () => "t")), ".secret", ARRAY],
  [
    { a: [Object.assign([[1]], { "two words": 1 })] },
    '.a[0]["two words"]',
    ARRAY,
  ],
  [["a", Object.assign([1, 2], { note: "x" })], "[1].note", ARRAY],
  [templateTexts`a${1}b`, ".raw", ARRAY],
  [{ a: 1, [sign]: 2 }, "[Symbol(sign)]", SYMBOL],
  [hidden({ a: 1 }), ".secret", HIDDEN],
  [hidden(Object.create(null)), ".secret", HIDDEN],
  [
    Object.assign(new Map([[1, 2]]), { note: 1 }),
    ".note",
    "a Map is serialized without properties of its own; keep both in an object",
  ],
  [
    [new Map([["k", hidden(new Set([1]))]])],
    '[0].get("k").secret',
    "a Set is serialized without properties of its own; keep both in an object",
  ],
  [
    Object.assign(new Date(0), { zone: "UTC" }),
    ".zone",
    "a Date is serialized without properties of its own; keep both in an object",
  ],
  [
    Object.assign(/a/, { note: 1 }),
    ".note",
    "a RegExp is serialized without properties of its own; keep both in an object",
  ],
  [
    Object.assign(new Error("no"), { [sign]: 1 }),
    "[Symbol(sign)]",
    "an error is serialized without properties that are named by symbols; name it by a string",
  ],
  [
    hidden(new (rowClass(["a", "b"]))([1, 2])),
    ".secret",
    HIDDEN,
  ],
  [Object.assign([1, 2, 3, 4], { note: "x" }), ".note", ARRAY],
  [hidden([1, 2, 3, 4]), ".secret", ARRAY],
  [Object.assign([1, 2, 3, 4], { [sign]: 1 }), "[Symbol(sign)]", ARRAY],
  [Object.assign([1, , 3], { note: "x" }), ".note", ARRAY], // as many names as with no hole
  [
    hidden(new Map()),
    ".secret",
    "a Map is serialized without properties of its own; keep both in an object",
  ],
  [
    { a: 1, [Symbol.toStringTag]: "Tagged" },
    "[Symbol(Symbol.toStringTag)]",
    SYMBOL,
  ],
  [
    Object.assign(new Uint8Array(3), { note: 1 }),
    ".note",
    "an Uint8Array is serialized without properties of its own; keep both in an object",
  ],
  [
    Object.assign(new Float64Array(3000), { note: 1 }),
    ".note",
    "a Float64Array is serialized without properties of its own; keep both in an object",
  ],
  [
    Object.assign(new ArrayBuffer(3), { note: 1 }),
    ".note",
    "an ArrayBuffer is serialized without properties of its own; keep both in an object",
  ],
  [
    Object.assign(Temporal.PlainTime.from("12:00"), { note: 1 }),
    ".note",
    "a Temporal.PlainTime is serialized without properties of its own; keep both in an object",
  ],
];

Deno.test(
  "RecordCodec refuses properties that would stay behind, with their path",
  pure,
  () => {
    for (const [value, path, reason] of REFUSED) {
      const codec = new RecordCodec();
      for (
        const records of [[value], ["a", { b: 1 }, 3, value], [[1, 2], value]]
      ) {
        assert.throws(() => codec.encodeBatch(records), {
          condition: "RECORD_NOT_SERIALIZABLE",
          message: `Cannot serialize record "[${
            records.length - 1
          }]${path}": ${reason}`,
        });
      }
      assert.throws(() => createCborCodec().encode(value), {
        message: `Cannot serialize record "${path}": ${reason}`,
      });
    }
  },
);

Deno.test(
  "RecordCodec takes what has no property of its own, and what reads as data",
  pure,
  () => {
    const holes = new Array<unknown>(300);
    holes[299] = 1;
    const getter = {
      get now(): number {
        return 1;
      },
    };
    const values = [
      [],
      holes,
      Array.from({ length: 1000 }, (_, i) => `${i}`),
      new Uint8Array(1000),
      Buffer.from("abc"),
      getter,
      new (rowClass(["a", "length"]))([1, 2]),
      new (rowClass(["a", "a"]))([1, 2]),
      Object.freeze([1, 2]),
      new TypeError("x", { cause: [1] }),
      new Proxy([1, 2], {}),
    ];
    assert.equal(trip(values).length, values.length);
    assert.deepEqual(trip([getter]), [{ now: 1 }]);
  },
);

Deno.test(
  "RecordCodec refuses such a property in the last of many records, too",
  pure,
  () => {
    const many = 40_000;
    const records: unknown[] = Array.from({ length: many }, () => ["k", 1]);
    for (const [i, [value, path]] of REFUSED.entries()) {
      const [last, at] = i % 2 === 0 ? [value, ""] : [["k", value], "[1]"];
      assert.throws(() => new RecordCodec().encodeBatch([...records, last]), {
        message: new RegExp(
          `^Cannot serialize record "${
            RegExp.escape(`[${many}]${at}${path}`)
          }"`,
        ),
      });
    }
  },
);

Deno.test(
  "RecordCodec refuses such a property deep in the last of many parts, too",
  pure,
  () => {
    const odd = Object.assign([1, 2], { note: 1 });
    const parts: unknown[] = Array.from(
      { length: 40_000 },
      (_, id) => ({ id: [id] }),
    );
    const holders: readonly ((last: unknown) => unknown)[] = [
      (last) => [...parts, last],
      (last) => new Map([...parts, last].map((part, at) => [at, part])),
      (last) => new Set([...parts, last]),
      (last) => ({ list: [...parts, { last }] }),
    ];
    for (const hold of holders) {
      assert.equal(trip([hold([1, 2])]).length, 1);
      assert.throws(() => new RecordCodec().encodeBatch([hold(odd)]), {
        message:
          /\.note": an array is serialized without properties of its own/,
      });
    }
    const ring: { a: unknown[] } = { a: [] };
    ring.a.push(ring, ring, ring);
    assert.throws(() => new RecordCodec().encodeBatch([ring]), {
      message:
        'Cannot serialize record "[0].a[0]": it refers back to "[0]", which holds it; keep an id in place of the reference',
    });
  },
);
