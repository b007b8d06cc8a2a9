/** Kinds of captured values. */
import type { Cases } from "../run_cases.ts";

const unique = Symbol("unique");
const keyed = { [unique]: 1, plain: 2, [Symbol.iterator]: 3 };
const shared = { n: 1 };
const twice = [shared, { again: shared }];
interface Ring {
  name: string;
  next?: Ring;
}
const ring: Ring = { name: "a" };
ring.next = { name: "b", next: ring };
const selfArray: unknown[] = [1];
selfArray.push(selfArray);
/** Objects with what is kept of them elsewhere. */
const owner = { name: "owner" };
interface Secret {
  readonly secret: number;
  readonly deeper: WeakMap<object, string>;
}
const secrets = new WeakMap<object, Secret>([
  [owner, { secret: 7, deeper: new WeakMap([[owner, "deep"]]) }],
]);
const chain = new WeakMap<object, { step: number }>();
const [one, two] = [{ step: 1 }, { step: 2 }];
chain.set(one, two).set(owner, one).set(two, { step: 3 });
const unreachable = new WeakMap<object, unknown>([
  [owner, 1],
  [{}, Promise.resolve()],
]);
const ownKey = new WeakMap<object, number>();
ownKey.set(ownKey, 5);
class Registry<V> extends WeakMap<WeakKey, V> {
  readonly name: string = "registry";
}
const REGISTERED = Symbol("registered");
const registry = new Registry([[REGISTERED, 4]]);
const marked = new WeakSet<object>([owner]);
const balances = new WeakMap<object, number>();
class Compiled {
  constructor(start: number) {
    balances.set(this, start);
  }
  raise(by: number): number {
    balances.set(this, (balances.get(this) ?? 0) + by);
    return balances.get(this) ?? 0;
  }
}
const compiled = new Compiled(10);
const selfMap = new Map<unknown, unknown>([["k", 1]]);
selfMap.set(selfMap, selfMap);
const holes = [1, , undefined, 4];
const sparse: number[] = [];
sparse[5_000_000] = 1;
const tagged = Object.assign([1, 2], { label: "extra" });
const bare = Object.create(null, {
  a: { value: 1, enumerable: true },
});
const accessors = {
  first: "Ada",
  get shout(): string {
    return this.first.toUpperCase();
  },
};
const guarded = Object.defineProperty({ a: 1 }, "hidden", { value: 2 });
const frozen = Object.freeze({ list: Object.freeze([1, 2]) });
const sealed = Object.seal({ a: 1 });
const fixed = Object.preventExtensions({ a: 1 });
const buffer = new ArrayBuffer(16);
const numbers = new Float64Array(buffer);
numbers.set([1.5, -0]);
const bytes = new Uint8Array(buffer, 8, 4);
const view = new DataView(buffer, 4, 8);
const large = new Uint8Array(100_000).fill(7).subarray(50, 60);
const stateful = /a(?<n>\d)/dgimsuy;
stateful.lastIndex = 3;
const failure = new RangeError("too far", { cause: { at: 5 } });
Object.assign(failure, { code: "E_FAR" });
const many = new AggregateError([new TypeError("x"), 1], "several");
const proto = { greet: "hello" };
const child = Object.create(proto, {
  own: { value: 1, enumerable: true, writable: true, configurable: true },
});
const tricky = JSON.parse('{"__proto__": 1, "constructor": 2, "a": 3}');
const numbersMixed = [0, -0, NaN, Infinity, -Infinity, 1e308, 5e-324, 0.1];
const strings = ["", "ä\u{1F600}", "lone \ud800 surrogate", "\0", "\u2028"];
const bigs = [0n, -1n, 2n ** 64n, -(2n ** 200n)];
const url = new URL("https://user@example.com:81/p?q=1#h");
const params = new URLSearchParams("a=1&a=2&b=%20");
const euros = new Intl.NumberFormat("de-DE", {
  style: "currency",
  currency: "EUR",
});
const german = new Intl.Collator("de");
const dates = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  dateStyle: "full",
});
const utf8 = new TextEncoder();
const latin = new TextDecoder("latin1", { fatal: true });
const day = Temporal.PlainDate.from("2026-02-28");
const zoned = Temporal.ZonedDateTime.from(
  "2026-02-28T12:00:00+01:00[Europe/Berlin]",
);
const span = Temporal.Duration.from("P1DT2H");
const fine = Temporal.Duration.from({ minutes: 60, milliseconds: 5000 });
const month = new Temporal.PlainYearMonth(2024, 5, "iso8601", 17);
const birthday = new Temporal.PlainMonthDay(2, 29, "iso8601", 2024);
const boxed = [Object(1), Object("ab"), Object(true), Object(5n)];
const deep: { next?: object } = {};
let end = deep;
for (let i = 0; i < 20_000; i++) {
  const next = {};
  end.next = next;
  end = next;
}
const depthOf = (from: { next?: object }) => {
  let depth = 0;
  for (let at: { next?: object } | undefined = from; at; at = at.next) depth++;
  return depth;
};
const wide = Array.from({ length: 10_000 }, (_, i) => ({ i, s: `s${i}` }));
const lookup = new Map<unknown, string>([[{ k: 1 }, "object"], [
  "s",
  "string",
]]);
const nodeBuffer = (await import("node:buffer")).Buffer.from("buffer");
const resizable = new ArrayBuffer(2, { maxByteLength: 8 });

/** By what is checked. */
export const cases: Cases = {
  "numbers that are special": () => numbersMixed,
  "strings with lone surrogates and controls": () =>
    strings.map((s) => [...s].map((c) => c.codePointAt(0))),
  "bigint of any size": () => bigs,
  "undefined, null and booleans": (() => {
    const all = [undefined, null, true, false];
    return () => all;
  })(),
  "unique symbol as key keeps its identity": () => [
    keyed[unique],
    Reflect.ownKeys(keyed).length,
    unique.description,
  ],
  "registered and well-known symbols": (() => {
    const pair = [Symbol.for("shared.name"), Symbol.asyncIterator];
    return () => [
      pair[0] === Symbol.for("shared.name"),
      pair[1] === Symbol.asyncIterator,
    ];
  })(),
  "nested plain data": (() => {
    const data = { a: [1, { b: [2, { c: null }] }], d: "x" };
    return () => data;
  })(),
  "shared reference stays shared": () =>
    twice[0] === (twice[1] as unknown as { again: object }).again,
  "cycle of objects": () => [ring.next?.next === ring, ring],
  "array that holds itself": () => selfArray[1] === selfArray,
  "WeakMap: what it holds for an object that is captured": () => [
    secrets.get(owner),
    secrets.has(selfMap),
    secrets.get(owner)?.deeper.get(owner),
  ],
  "WeakMap: an object that only another of its values leads to": () => {
    const first = chain.get(owner);
    const second = first === undefined ? undefined : chain.get(first);
    return second === undefined ? undefined : chain.get(second);
  },
  "WeakMap: what nobody could ask for is left at home": () =>
    unreachable.get(owner),
  "WeakMap with itself as a key": () => ownKey.get(ownKey),
  "WeakMap of a subclass, with a property and a symbol": () => [
    registry instanceof Registry,
    registry.name,
    registry.get(REGISTERED),
  ],
  "WeakSet": () => [marked.has(owner), marked.has(compiled)],
  "private members that a compiler keeps in a WeakMap": () =>
    compiled.raise(2) + compiled.raise(3),
  "Map that holds itself": () => selfMap.get(selfMap) === selfMap,
  "array with holes": () => [holes, 1 in holes, 2 in holes, holes.length],
  "sparse array": () => [sparse.length, Object.keys(sparse)],
  "array with a property of its own": () => [tagged, Object.keys(tagged)],
  "object without prototype": () => [bare, Object.getPrototypeOf(bare)],
  "getter of captured data": () => accessors.shout,
  "property that is not enumerable": () => [
    guarded,
    Object.getOwnPropertyDescriptor(guarded, "hidden"),
  ],
  "frozen objects and arrays": () => [
    Object.isFrozen(frozen),
    Object.isFrozen(frozen.list),
    frozen,
  ],
  "sealed object": () => [Object.isSealed(sealed), Object.isFrozen(sealed)],
  "object that is not extensible": () => [
    Object.isExtensible(fixed),
    Object.isSealed(fixed),
  ],
  "Map with keys of every kind": () => [...lookup],
  "Set in order": (() => {
    const set = new Set([3, 1, "x", 2]);
    return () => [...set];
  })(),
  "Date, valid and not": (() => {
    const pair = [new Date(1e12 + 0.7), new Date(NaN)];
    return () => pair.map(Number);
  })(),
  "regular expression with flags and lastIndex": () => [
    stateful.source,
    stateful.flags,
    stateful.lastIndex,
  ],
  "typed arrays over one buffer": () => {
    bytes[0] = 1;
    return [
      numbers,
      bytes,
      view.byteLength,
      numbers.buffer === bytes.buffer,
      view.buffer === bytes.buffer,
      new Uint8Array(numbers.buffer)[8],
    ];
  },
  "small view of a large buffer": () => [large, large.length],
  "ArrayBuffer": () => new Uint8Array(buffer.slice(0, 2)),
  "ArrayBuffer that can be resized": () => {
    resizable.resize(6);
    return resizable.byteLength;
  },
  "Buffer of node:buffer": () => [nodeBuffer.toString("hex")],
  "every typed array": (() => {
    const all = [
      new Int8Array([-1]),
      new Uint8ClampedArray([300]),
      new Int16Array([-2]),
      new Uint16Array([2]),
      new Int32Array([-3]),
      new Uint32Array([3]),
      new Float32Array([0.5]),
      new BigInt64Array([-4n]),
      new BigUint64Array([4n]),
    ];
    return () => all;
  })(),
  "error with cause, stack and code": () => [
    failure instanceof RangeError,
    failure.message,
    failure.cause,
    failure.stack,
    Reflect.get(failure, "code"),
  ],
  "aggregate error": () => [
    many instanceof AggregateError,
    many.errors.length,
    many.errors[0] instanceof TypeError,
    many.message,
  ],
  "object with a prototype of its own": () => [
    child.greet,
    Object.keys(child),
    Object.getPrototypeOf(child),
  ],
  "keys named __proto__ and constructor": () => [
    Object.keys(tricky),
    Object.getPrototypeOf(tricky) === Object.prototype,
  ],
  "integer-like keys and their order": (() => {
    const mixed = { b: 1, 2: "two", a: 2, 1: "one" };
    return () => Object.entries(mixed);
  })(),
  "URL": () => [url.href, url.port, url instanceof URL],
  "URLSearchParams": () => [...params],
  "Intl.NumberFormat": () => euros.format(1234.5),
  "Intl.Collator": () => ["z", "ä", "a"].sort(german.compare),
  "Intl.DateTimeFormat": () => dates.format(new Date(0)),
  "TextEncoder": () => utf8.encode("ä"),
  "TextDecoder": () => [
    latin.decode(new Uint8Array([228])),
    latin.fatal,
  ],
  "Temporal.PlainDate": () => day.add({ days: 1 }).toString(),
  "Temporal.ZonedDateTime": () => zoned.toString(),
  "Temporal.Duration": () => span.total("hours"),
  "Temporal.Duration, field by field": () => [fine.minutes, fine.milliseconds],
  "Temporal.PlainYearMonth and PlainMonthDay, the day that they stand for":
    () => [
      month.toString({ calendarName: "always" }),
      birthday.toString({ calendarName: "always" }),
    ],
  "boxed primitives": () => boxed.map((b) => [typeof b, b.valueOf()]),
  "chain of 20,000 objects": () => depthOf(deep),
  "array of 10,000 objects": () => [wide.length, wide[9_999]],
  "Math, JSON and Intl as values": (() => {
    const spaces = [Math, JSON, Intl, Reflect];
    return () => [
      spaces[0] === Math,
      spaces[1] === JSON,
      spaces[2] === Intl,
      spaces[3] === Reflect,
    ];
  })(),
  "globalThis as a value": (() => {
    const global = globalThis;
    return () => global === globalThis;
  })(),
  "class instance from Object.create": (() => {
    const made = Object.create(Object.prototype);
    made.x = 1;
    return () => made;
  })(),
};
