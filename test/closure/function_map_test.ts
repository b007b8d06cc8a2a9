import assert from "node:assert/strict";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { ClosureReviver } from "../../worker/closure/revive_closure.ts";
import { TEST_USE } from "./run_cases.ts";

interface Item {
  readonly price: number;
}

const rate = 2;
const total = (item: Item): number => {
  const sum: number = item.price * rate;
  if (sum > 100) throw new Error("too much"); // here
  return sum;
};

/** The line of this file that ends so, from 1. */
async function lineWith(end: string): Promise<number> {
  const text = await Deno.readTextFile(new URL(import.meta.url));
  return text.split("\n").findIndex((line) => line.endsWith(end)) + 1;
}

Deno.test("a function that a debugger may look at has a map to the program's file", async () => {
  using capturer = new ClosureCapturer(undefined, true);
  const { codes } = await capturer.capture([total], TEST_USE);
  const [code] = codes;
  assert.ok(code?.map !== undefined);
  const text = new TextDecoder().decode(Uint8Array.fromBase64(code.map));
  const map = new TraceMap(text);
  assert.deepEqual(map.sources, [import.meta.url]);
  // The second line of what is compiled is the first of the function's text.
  const lines = code.source.split("\n");
  const at = lines.findIndex((line) => line.includes("too much"));
  const column = lines[at]?.indexOf("throw") ?? -1;
  const found = originalPositionFor(map, { line: at + 2, column });
  assert.equal(found.line, await lineWith("// here"));
});

Deno.test("a function with a map does what it did, and errors tell the same places", async () => {
  const stacks: string[] = [];
  for (const withMaps of [false, true]) {
    using capturer = new ClosureCapturer(undefined, withMaps);
    const record = await capturer.capture([total], TEST_USE);
    const [revived] = new ClosureReviver().revive(record, () => null);
    assert.equal(typeof revived, "function");
    const call = revived as typeof total;
    assert.equal(call({ price: 4 }), 8);
    try {
      call({ price: 400 });
    } catch (error) {
      const [, frame = ""] = String((error as Error).stack).split("\n");
      stacks.push(capturer.mapStack(frame));
    }
  }
  assert.equal(stacks.length, 2);
  assert.equal(stacks[0], stacks[1]);
  const line = await lineWith("// here");
  assert.match(stacks[0] ?? "", new RegExp(`function_map_test\\.ts:${line}:`));
});
