import assert from "node:assert/strict";
import { CAPTURE_AS } from "../../src/protocol/closure_record.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";

let total = 0;
let best = -1;
// deno-lint-ignore no-unused-vars -- that nobody reads it is what is tested
let last: number | undefined;
let missing: number | undefined;
let cache: Map<number, number> | undefined;
let position = 0;
// deno-lint-ignore no-unused-vars -- as above
let [low, high] = [0, 0];
const counts: Record<string, number> = {};
const memo: Record<number, number> = {};
const list: number[] = [];
const entries = new Map<number, number>();
const seen = new Set<number>();
const stats = { inner: { count: 0 } };
const text = "";

const add = (n: number): void => {
  total += n;
};

/** A parser of the usual kind. */
function digits(line: string): number {
  let found = 0;
  for (position = 0; position < line.length; position++) found++;
  return found;
}

const CASES: Record<
  string,
  [operation: string, f: (n: number) => unknown, lost: string | null]
> = {
  "a sum": ["foreach()", (n) => total += n, "assigned"],
  "a sum in a map": ["map()", (n) => (total += n, n), "assigned"],
  "a sum in a function that is passed": ["foreach()", add, "assigned"],
  "a sum in a helper": ["foreach()", (n) => add(n), "assigned"],
  "a counter": ["filter()", (n) => total++ < n, "assigned"],
  "a sum written out": ["foreach()", (n) => total = n + total, "assigned"],
  "a maximum": [
    "foreach()",
    (n) => {
      if (n > best) best = n;
    },
    "assigned",
  ],
  "a value that nobody reads": ["foreach()", (n) => last = n, "assigned"],
  "a pattern": ["map()", (n) => [low, high] = [high, n], "assigned"],
  "a property": ["map()", (n) => counts[`${n}`]! += n, "changed"],
  "a property by its own value": [
    "map()",
    (n) => counts[`${n}`] = (counts[`${n}`] ?? 0) + 1,
    "changed",
  ],
  "a property deep within": ["map()", () => stats.inner.count++, "changed"],
  "an array": ["foreach()", (n) => list.push(n), "changed"],
  "a set": ["foreach()", (n) => seen.add(n), "changed"],
  "a map": ["foreach()", (n) => entries.set(n, n), "changed"],
  "what a map loses": ["foreach()", (n) => entries.delete(n), "changed"],
  "a set that is emptied": [
    "foreachPartition()",
    () => seen.clear(),
    "changed",
  ],
  "a sum in a function of SQL": ["udf()", (n) => (total += n, n), "assigned"],
  "a property in one": ["udf()", (n) => stats.inner.count += n, "changed"],
  "a memo in one": ["udf()", (n) => memo[n] = n * 2, null],
  "a map in one": ["udf()", (n) => entries.set(n, n), null],
  "an element": ["foreach()", (n) => list[n] = n, "changed"],
  "a cache": ["map()", (n) => (cache ??= new Map()).get(n), null],
  "a cache, asked for": [
    "map()",
    (n) => {
      if (missing === undefined) missing = n;
      return missing;
    },
    null,
  ],
  "a memo": ["map()", (n) => memo[n] = n * 2, null],
  "an array in a map": ["map()", (n) => list.push(n), null],
  "scratch": [
    "map()",
    (n) => {
      position = n;
      while (position < 10) position++;
      return position;
    },
    null,
  ],
  "a helper's state": ["map()", (n) => digits(`${n}`), null],
  "a variable of its own": [
    "foreach()",
    (n) => {
      let total = 0;
      total += n;
      return total;
    },
    null,
  ],
  "a text's method": ["foreach()", (n) => text.at(n), null],
};

for (const [name, [operation, f, lost]] of Object.entries(CASES)) {
  Deno.test(`capture() ${lost === null ? "says nothing of" : "warns of"} ${name}`, async () => {
    const said: string[] = [];
    using capturer = new ClosureCapturer((line) => said.push(line));
    const use = [{ operation, position: "app.ts:1:1" }];
    await capturer.capture([f], use);
    await capturer.capture([f], use);
    assert.equal(said.length, lost === null ? 0 : 1, said.join(""));
    if (lost !== null) {
      assert.match(
        said[0] ?? "",
        new RegExp(`^Warning: "\\w+" is ${lost} at `),
      );
    }
  });
}

Deno.test("capture() says where a lost write stands, and the remedy", async () => {
  const said: string[] = [];
  using capturer = new ClosureCapturer((line) => said.push(line));
  const use = [{ operation: "foreach()", position: "app.ts:1:1" }];
  const f = (n: number): void => {
    if (n < 0) return;
    total += n; // here
  };
  await capturer.capture([f], use);
  const source = await Deno.readTextFile(new URL(import.meta.url));
  const line = source.split("\n").findIndex((own) => own.includes("// here"));
  assert.deepEqual(said, [
    `Warning: "total" is assigned at lost_writes_test.ts:${
      line + 1
    }, in the function of foreach(): each task has a copy of its own, and the program's stays as it is; add up with an accumulator (sc.accumulator), or return the values\n`,
  ]);
});

Deno.test("capture() says nothing of what becomes the worker's own", async () => {
  const said: string[] = [];
  using capturer = new ClosureCapturer((line) => said.push(line));
  const sum = {
    value: 0,
    add: (_n: number): void => {},
    [CAPTURE_AS]: () => ({ kind: "accumulator", id: 1 } as const),
  };
  await capturer.capture([(n: number) => (sum.value += n, sum.add(n))], [
    { operation: "foreach()", position: "app.ts:1:1" },
  ]);
  assert.deepEqual(said, []);
});
