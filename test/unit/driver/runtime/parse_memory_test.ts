import assert from "node:assert/strict";
import { parseMemory } from "../../../../src/driver/runtime/parse_memory.ts";

const pure = { permissions: "none" } as const;

Deno.test("parseMemory() reads numbers with each unit", pure, () => {
  const amounts: readonly [string, number][] = [
    ["512m", 512 * 2 ** 20],
    ["1k", 1024],
    ["2g", 2 * 2 ** 30],
    ["3t", 3 * 2 ** 40],
    ["2G", 2 * 2 ** 30],
    ["16mb", 16 * 2 ** 20],
    ["16MB", 16 * 2 ** 20],
    [" 1g ", 2 ** 30],
    ["1.5k", 1536],
    ["0.3k", 307],
    ["0m", 0],
  ];
  for (const [text, bytes] of amounts) {
    assert.equal(parseMemory("spark.python.worker.memory", text), bytes, text);
  }
});

Deno.test("parseMemory() refuses what is no amount of memory", pure, () => {
  const texts = [
    "",
    "512",
    "m",
    "-1m",
    "1x",
    "1 m",
    "1e3m",
    "1,5g",
    "1mm",
    "٣m",
  ];
  for (const text of texts) {
    assert.throws(() => parseMemory("spark.python.worker.memory", text), {
      name: "RangeError",
      message:
        `Cannot read "spark.python.worker.memory": "${text}" is not an amount of memory; give a number and a unit such as 512m or 2g`,
    });
  }
});
