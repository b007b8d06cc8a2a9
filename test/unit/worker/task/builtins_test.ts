import assert from "node:assert/strict";
import { Builtins } from "../../../../worker/task/builtins.ts";

/** Puts something in the place of a property; gives what puts the property back. */
function replace(
  holder: object,
  key: PropertyKey,
  property: PropertyDescriptor,
): () => void {
  const { defineProperty } = Object;
  const before = Object.getOwnPropertyDescriptor(holder, key);
  const { deleteProperty } = Reflect;
  defineProperty(holder, key, { configurable: true, ...property });
  return () => {
    if (before === undefined) deleteProperty(holder, key);
    else defineProperty(holder, key, before);
  };
}

const nothing = (): undefined => undefined;

/** Name, holder, key, what takes its place. */
const CHANGES: readonly [string, object, PropertyKey, PropertyDescriptor][] = [
  ["Map.prototype.get", Map.prototype, "get", { value: nothing }],
  [
    "DataView.prototype.setFloat64",
    DataView.prototype,
    "setFloat64",
    { value: nothing },
  ],
  [
    "String.prototype.charCodeAt",
    String.prototype,
    "charCodeAt",
    { value: () => 0 },
  ],
  ["a builtin's set", Object.getPrototypeOf(Uint8Array.prototype), "set", {
    value: nothing,
  }],
  ["Uint8Array.prototype.set", Uint8Array.prototype, "set", { value: nothing }],
  ["Array.prototype.push", Array.prototype, "push", { value: () => 0 }],
  ["Array.prototype.filter", Array.prototype, "filter", { value: () => [] }],
  [
    "Array.prototype[Symbol(Symbol.iterator)]",
    Array.prototype,
    Symbol.iterator,
    {
      value: function* () {},
    },
  ],
  ["Map.prototype.size", Map.prototype, "size", { get: () => 7 }],
  ["Math.imul", Math, "imul", { value: () => 0 }],
  ["Object.prototype.then", Object.prototype, "then", { value: 1 }],
  ["Uint8Array", globalThis, "Uint8Array", { value: Array }],
  ["TextDecoder.prototype.decode", TextDecoder.prototype, "decode", {
    value: () => "",
  }],
  ["a builtin's next", Object.getPrototypeOf([].values()), "next", {
    value: () => ({ done: true, value: undefined }),
  }],
  ["Function.prototype.call", Function.prototype, "call", { value: nothing }],
];

/** What a worker's own code does, in small. */
function work(): string {
  const view = new DataView(new Uint8Array(8).buffer);
  view.setFloat64(0, 1.5);
  const bytes = new Uint8Array(3);
  bytes.set([104, 105, 33]);
  const map = new Map([["k", view.getFloat64(0)]]);
  const parts: unknown[] = [];
  parts.push(map.get("k"), map.size, "a".charCodeAt(0), Math.imul(3, 4));
  for (const part of [1, 2]) parts.push(part);
  return `${parts} ${new TextDecoder().decode(bytes)} ${"then" in {}}`;
}

const RIGHT = "1.5,1,97,12,1,2 hi! false";

/** One that has looked so often that the look is compiled. */
const experienced = new Builtins();
for (let i = 0; i < 2000; i++) experienced.restored(nothing);

for (const [name, holder, key, property] of CHANGES) {
  for (const builtins of [new Builtins(), experienced]) {
    Deno.test({
      name: `Builtins finds a change of ${name}, and works as before it${
        builtins === experienced ? ", in a look that is compiled" : ""
      }`,
      permissions: "none",
      fn() {
        const undo = replace(holder, key, property);
        let seen: unknown[];
        try {
          const theirs = Object.getOwnPropertyDescriptor(holder, key);
          const before = builtins.areIntact;
          const changed = builtins.changed();
          const result = builtins.restored(work);
          const after = Object.getOwnPropertyDescriptor(holder, key);
          const isBack = after?.value === theirs?.value &&
            after?.get === theirs?.get;
          seen = [before, changed, result, isBack, builtins.areIntact];
        } finally {
          undo();
        }
        const shown = name.startsWith("a builtin's") && key === "set"
          ? "a builtin's set"
          : name;
        assert.deepEqual(seen, [false, shown, RIGHT, true, false]);
        assert.equal(builtins.areIntact, true);
        assert.equal(builtins.changed(), null);
      },
    });
  }
}

Deno.test({
  name: "Builtins finds a setter for places of arrays, and takes it away",
  permissions: "none",
  fn() {
    const builtins = new Builtins();
    const undo = replace(Array.prototype, "0", { set: nothing });
    const seen = {
      intact: true,
      result: "",
    };
    try {
      seen.intact = builtins.areIntact;
      seen.result = builtins.restored(work);
    } finally {
      undo();
    }
    assert.deepEqual(seen, { intact: false, result: RIGHT });
  },
});

Deno.test({
  name: "Builtins puts back what functions made, after an error too",
  permissions: "none",
  fn() {
    const builtins = new Builtins();
    const theirs = (): number => 1;
    const undo = replace(Math, "max", { value: theirs });
    let max: unknown;
    try {
      builtins.restored(() => {
        throw new RangeError("on the way");
      });
    } catch {
      max = Math.max;
    } finally {
      undo();
    }
    assert.equal(max, theirs);
  },
});

Deno.test("Builtins refuses a change that cannot be taken back", async () => {
  const script = `
    import { Builtins } from "${
    import.meta.resolve("../../../../worker/task/builtins.ts")
  }";
    const builtins = new Builtins();
    Object.defineProperty(Map.prototype, "get", { value: () => 1, configurable: false });
    try { builtins.restored(() => 1); } catch (error) { console.log(error.condition + ": " + error.message); }
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
  }).output();
  assert.equal(
    new TextDecoder().decode(stdout),
    'BUILTINS_CHANGED: Cannot go on with the task: a function has changed "Map.prototype.get" for good, which this worker relies on; leave builtins as they are, or do not freeze what replaces them\n',
  );
});
