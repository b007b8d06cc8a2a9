import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { Checker, read } from "./modules/throwing.ts";
import { runElsewhere, TEST_USE } from "./run_cases.ts";

const MODULE = new URL("./modules/throwing.ts", import.meta.url).href;

/** The positions in a file that a stack names, from the innermost. */
function positionsIn(stack: string, url: string): string[] {
  return stack.split("\n").filter((line) => line.includes(url))
    .map((line) => line.slice(line.indexOf(url) + url.length + 1))
    .map((line) => line.replace(")", ""));
}

/** The stack that a function throws at home. */
function stackAtHome(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    if (error instanceof Error) return error.stack ?? "";
  }
  return "";
}

Deno.test("mapStack() gives the line and column in TypeScript, as at home", async (t) => {
  using capturer = new ClosureCapturer();
  const functions = {
    "arrow function below types": () => read({ name: "x", value: null }, 1),
    "method and function of a module": () => new Checker().check(7),
  };
  const records = [];
  for (const f of Object.values(functions)) {
    records.push(await capturer.capture([f], TEST_USE));
  }
  const outcomes = await runElsewhere(records);
  for (const [index, [name, f]] of Object.entries(functions).entries()) {
    await t.step(name, () => {
      const stack = outcomes[index]?.stack ?? "";
      assert.match(stack, /tspark:file:/);
      const mapped = capturer.mapStack(stack);
      assert.doesNotMatch(mapped, /tspark:/);
      const home = stackAtHome(f);
      assert.deepEqual(
        positionsIn(mapped, MODULE),
        positionsIn(home, MODULE),
      );
      assert.ok(positionsIn(mapped, MODULE).length > 0, mapped);
      assert.equal(
        positionsIn(mapped, import.meta.url)[0],
        positionsIn(home, import.meta.url)[0],
      );
    });
  }
});

Deno.test("mapStack() names the line that the source file has", async () => {
  using capturer = new ClosureCapturer();
  const f = () => read({ name: "x", value: null }, 1);
  const [outcome] = await runElsewhere([await capturer.capture([f], TEST_USE)]);
  const source = await Deno.readTextFile(new URL(MODULE));
  const line =
    source.split("\n").findIndex((text) =>
      text.includes("throw new RangeError")
    ) + 1;
  const mapped = capturer.mapStack(outcome?.stack ?? "");
  assert.match(mapped, /^RangeError: no value in x, 1\n/);
  assert.equal(positionsIn(mapped, MODULE)[0], `${line}:11`);
});

Deno.test("mapStack() leaves other text and unknown files alone", () => {
  using capturer = new ClosureCapturer();
  const stack = "Error: a:1:2\n    at f (tspark:file:///nowhere.ts:3:4)";
  assert.equal(
    capturer.mapStack(stack),
    "Error: a:1:2\n    at f (file:///nowhere.ts:3:4)",
  );
});
