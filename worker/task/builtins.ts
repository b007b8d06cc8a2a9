import { Buffer } from "node:buffer";
import { WorkerError } from "../../src/common/errors.ts";
import { compileLook } from "./compile_look.ts";

// Taken before user code can replace them.
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, is } = Object;
const { deleteProperty, ownKeys } = Reflect;
const { prototype: OBJECT } = Object;
const { prototype: ARRAY } = Array;

/** Global names whose values this worker's code relies on. */
const NAMES: readonly string[] =
  "Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Date RegExp Error RangeError TypeError Map Set WeakMap WeakSet WeakRef Promise Iterator ArrayBuffer DataView Int8Array Uint8Array Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array TextDecoder TextEncoder"
    .split(" ");

/** Those whose own functions it calls. */
const NAMESPACES: readonly object[] = [
  ...[Object, Array, String, Number, BigInt, Math, JSON, Reflect],
  ...[Promise, Date, ArrayBuffer, getPrototypeOf(Uint8Array), Buffer],
];

/** Those whose methods it calls. */
const PROTOTYPES: readonly object[] = [
  ...[Object, Function, Array, String, Number, Boolean, Symbol, BigInt],
  ...[Date, RegExp, Map, Set, WeakMap, WeakRef, Promise, Iterator],
  ...[ArrayBuffer, DataView, getPrototypeOf(Uint8Array), Uint8Array],
  ...[TextDecoder, TextEncoder, Buffer],
].map(({ prototype }) => prototype as object);

/** What loops and generators go through. */
const ITERATORS: readonly object[] = [
  [][Symbol.iterator](),
  new Map()[Symbol.iterator](),
  new Set()[Symbol.iterator](),
  ""[Symbol.iterator](),
  (function* () {}).prototype,
  (async function* () {}).prototype,
].map((made) => getPrototypeOf(made) as object);

/** Each has a prototype of its own below the one that has the methods. */
const ARRAYS: readonly { readonly prototype: object }[] = [
  Uint8Array,
  Uint32Array,
  Int32Array,
  Float64Array,
];

/** What a property was when the worker started. */
interface Known {
  readonly holder: object;
  readonly key: PropertyKey;
  /** Undefined where there was none. */
  readonly property: PropertyDescriptor | undefined;
}

/** What functions have made of it. */
interface Change extends Known {
  readonly now: PropertyDescriptor | undefined;
}

/** What code that goes through the language's own objects asks of them. */
export type KnownBuiltins = Pick<
  Builtins,
  "areIntact" | "changed" | "restored"
>;

/** Those of a worker in which nobody can change any. */
export const LOCKED_BUILTINS: KnownBuiltins = {
  areIntact: true,
  changed: () => null,
  restored: (body) => body(),
};

const NO_CHANGES: readonly Change[] = [];
/** Looks after which compiling one takes less time than it saves. */
const MANY_LOOKS = 500;

/**
 * The language's own objects as they were when the worker started. Functions
 * may change them, as packages do that fill in what old engines lack, and this
 * worker's code goes through the same objects.
 */
export class Builtins {
  // Lists side by side, so that a look at all takes ten microseconds.
  readonly #holders: Record<PropertyKey, unknown>[] = [];
  readonly #keys: PropertyKey[] = [];
  readonly #values: unknown[] = [];
  readonly #properties: Known[] = [];
  readonly #getters: Known[] = [];
  readonly #objectKeys = ownKeys(OBJECT);
  #found: readonly Change[] = NO_CHANGES;
  #looks = 0;
  #compiled: (() => boolean) | null = null;

  /** Notes what there is. */
  constructor() {
    for (const holder of [...NAMESPACES, ...PROTOTYPES, ...ITERATORS]) {
      for (const key of ownKeys(holder)) this.#note(holder, key);
    }
    for (const name of NAMES) this.#note(globalThis, name);
    for (const type of ARRAYS) this.#noteAbsent(type.prototype);
  }

  /** Whether all are as they were. */
  get areIntact(): boolean {
    return this.#areValuesIntact() && this.#areGettersIntact() &&
      !this.#hasMore();
  }

  /**
   * The first that is not as it was, for messages.
   *
   * @returns such as `"Map.prototype.get"`; null when all are as they were
   */
  changed(): string | null {
    // Not taken apart: that goes through what may be changed.
    const change = this.restored(() => this.#found)[0];
    return change === undefined ? null : nameOf(change);
  }

  /**
   * Runs code of this worker's own with all of them as they were, and puts
   * back afterwards what functions have made of them.
   *
   * @param body calls no function of the user's, except for getters of records
   * @throws WorkerError `BUILTINS_CHANGED` where one was changed for good
   */
  restored<T>(body: () => T): T {
    if (this.areIntact) {
      this.#found = NO_CHANGES;
      if (++this.#looks === MANY_LOOKS) this.#compile();
      return body();
    }
    // No builtin is called until they are back, nor is a list iterated.
    const first = takeAway(ARRAY, "0");
    const changes = this.#changes();
    for (let i = 0; i < changes.length; i++) restore(changes[i] as Change);
    this.#found = changes;
    try {
      return body();
    } finally {
      for (let i = 0; i < changes.length; i++) undo(changes[i] as Change);
      if (first !== undefined) defineProperty(ARRAY, "0", first);
    }
  }

  #note(holder: object, key: PropertyKey): void {
    const property = getOwnPropertyDescriptor(holder, key);
    // What cannot be changed need not be looked at.
    if (
      property === undefined ||
      (property.configurable !== true && property.writable !== true)
    ) return;
    const known = { holder, key, property };
    if (!("value" in property)) {
      this.#getters.push(known);
      return;
    }
    this.#keep(known, property.value);
  }

  /** What would stand before the methods that typed arrays inherit. */
  #noteAbsent(holder: object): void {
    const above = getPrototypeOf(holder) as object;
    for (const key of ownKeys(above)) {
      const inherited = getOwnPropertyDescriptor(above, key);
      if (
        inherited === undefined || !("value" in inherited) ||
        getOwnPropertyDescriptor(holder, key) !== undefined
      ) continue;
      this.#keep({ holder, key, property: undefined }, inherited.value);
    }
  }

  #keep(known: Known, value: unknown): void {
    this.#holders.push(known.holder as Record<PropertyKey, unknown>);
    this.#keys.push(known.key);
    this.#values.push(value);
    this.#properties.push(known);
  }

  #areValuesIntact(): boolean {
    if (this.#compiled !== null) return this.#compiled();
    const holders = this.#holders;
    const keys = this.#keys;
    const values = this.#values;
    for (let i = 0; i < keys.length; i++) {
      const holder = holders[i] as Record<PropertyKey, unknown>;
      if (holder[keys[i] as PropertyKey] !== values[i]) return false;
    }
    return true;
  }

  /** Compiles the look at values; called when all are as they were. */
  #compile(): void {
    this.#compiled = compileLook(this.#properties.map(({ holder, key }, i) => ({
      holder,
      key,
      value: this.#values[i],
    })));
  }

  #areGettersIntact(): boolean {
    const getters = this.#getters;
    for (let i = 0; i < getters.length; i++) {
      const { holder, key, property } = getters[i] as Known;
      if (!isSame(getOwnPropertyDescriptor(holder, key), property)) {
        return false;
      }
    }
    return true;
  }

  /** Names that every object has now, and place 0 of every array. */
  #hasMore(): boolean {
    return ownKeys(OBJECT).length !== this.#objectKeys.length ||
      0 in ARRAY;
  }

  /** What is not as it was; an added name was nothing. */
  #changes(): Change[] {
    const changes: Change[] = [];
    const look = ({ holder, key, property }: Known): void => {
      const now = getOwnPropertyDescriptor(holder, key);
      if (isSame(now, property)) return;
      changes[changes.length] = { holder, key, property, now };
    };
    for (let i = 0; i < this.#properties.length; i++) {
      look(this.#properties[i] as Known);
    }
    for (let i = 0; i < this.#getters.length; i++) {
      look(this.#getters[i] as Known);
    }
    const keys = ownKeys(OBJECT);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as PropertyKey;
      if (this.#isKnown(key)) continue;
      look({ holder: OBJECT, key, property: undefined });
    }
    return changes;
  }

  #isKnown(key: PropertyKey): boolean {
    const known = this.#objectKeys;
    for (let i = 0; i < known.length; i++) if (known[i] === key) return true;
    return false;
  }
}

function isSame(
  a: PropertyDescriptor | undefined,
  b: PropertyDescriptor | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return is(a.value, b.value) && a.get === b.get && a.set === b.set;
}

function takeAway(
  holder: object,
  key: PropertyKey,
): PropertyDescriptor | undefined {
  const property = getOwnPropertyDescriptor(holder, key);
  if (property !== undefined && !deleteProperty(holder, key)) {
    throw changedForGood({ holder, key });
  }
  return property;
}

function restore({ holder, key, property }: Change): void {
  if (property === undefined) {
    takeAway(holder, key);
    return;
  }
  try {
    defineProperty(holder, key, property);
  } catch {
    throw changedForGood({ holder, key });
  }
}

function undo({ holder, key, now }: Change): void {
  if (now === undefined) deleteProperty(holder, key);
  else defineProperty(holder, key, now);
}

function changedForGood(at: Pick<Known, "holder" | "key">): WorkerError {
  const name = nameOf(at);
  return new WorkerError(
    "BUILTINS_CHANGED",
    `Cannot go on with the task: a function has changed "${name}" for good, which this worker relies on; leave builtins as they are, or do not freeze what replaces them`,
    { name },
  );
}

const globals = globalThis as unknown as Readonly<Record<string, unknown>>;

/** Such as `Map.prototype.get`. */
function nameOf({ holder, key }: Pick<Known, "holder" | "key">): string {
  const name = typeof key === "symbol" ? `[${String(key)}]` : `.${String(key)}`;
  for (let i = 0; i < NAMES.length; i++) {
    const owner = NAMES[i] as string;
    const value = globals[owner] as { readonly prototype?: unknown } | null;
    if (value === holder) return `${owner}${name}`;
    if (value?.prototype === holder) return `${owner}.prototype${name}`;
  }
  return holder === globalThis ? String(key) : `a builtin's ${String(key)}`;
}
