import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import "./modules/cycle_first.ts";
import { captured as inCycle } from "./modules/cycle_second.ts";
import { captured, capturedBelow } from "./modules/declared_below.ts";
import { runElsewhere, TEST_USE } from "./run_cases.ts";
import { type EarlyCaptures, tryCapture } from "./try_capture.ts";

const BELOW = "modules/declared_below.ts";
const CYCLE = "modules/cycle_first.ts";

Deno.test("capture() takes what is initialized, whatever is declared below", async () => {
  assert.deepEqual(await resultsOf(captured), {
    "nothing of it": "1",
    "a constant above": "6",
    "a function below": "7",
    "an export above, of the module itself": "2",
    "a variable without a value": "true",
  });
  assert.deepEqual(await resultsOf(capturedBelow), {
    "a class": "1",
    "an enum": "1",
    "an exported enum": '"dark"',
    "a default export": "1",
  });
});

Deno.test("capture() refuses what is declared below, with the line", async () => {
  assert.deepEqual(refusalsOf(captured), {
    "a const": await below("later", "later = 1"),
    "a let": await below("counter", "counter = 2"),
    "a class": await below("Point", "Point {"),
    "an exported class": await below("Exported", "Exported {"),
    "an enum": await below("Color", "enum Color"),
    "an exported enum": await below("Shade", "export enum Shade"),
    "a namespace": await below("Inner", "namespace Inner"),
    "a default export": await below("Main", "export default"),
    "a destructured const": await below("first", "const { first"),
    "a const that a helper needs": await below(
      "later",
      "later = 1",
      `helper (declared_below.ts:${await lineOf(BELOW, "function helper")}) → `,
    ),
    "a class of the module itself": await below(
      "Exported",
      "Exported {",
      "self.",
    ),
    "an enum of the module itself": await below(
      "Shade",
      "export enum Shade",
      "self.",
    ),
    "all of the module itself": await below("Exported", "Exported {", "self."),
  });
});

Deno.test("capture() takes what a module in a cycle has, and refuses what it has yet to make", async () => {
  assert.deepEqual(await resultsOf(inCycle), {
    "a function that is there": "2",
  });
  assert.deepEqual(refusalsOf(inCycle), {
    "a class": await elsewhere("Point", "class Point"),
    "a const under another name": await elsewhere("bound", "const limit"),
    "an enum": await elsewhere("Color", "enum Color"),
    "a default export": await elsewhere("Main", "class Main"),
    "a class of the namespace": await elsewhere(
      "Point",
      "class Point",
      "first.",
    ),
    "a class that a barrel passes on": await elsewhere("Passed", "class Point"),
    "a const that its own function needs": await below(
      "limit",
      "const limit",
      `reach (cycle_first.ts:${await lineOf(
        CYCLE,
        "export function reach",
      )}) → `,
      CYCLE,
    ),
  });
});

Deno.test("capture() in a function body does not mind what is declared below", async () => {
  const known = 2;
  const early = await tryCapture({
    "nothing below": () => known + 1,
    "a function below": () => twice(known),
    "a const below": () => limit,
    "a class below": () => new Local().x,
    "an enum below": () => Level.High,
  });
  const limit = 1;
  class Local {
    readonly x = limit;
  }
  enum Level {
    High = 7,
  }
  function twice(x: number): number {
    return x * 2;
  }
  assert.deepEqual(await resultsOf(early), {
    "nothing below": "3",
    "a function below": "4",
  });
  const own = "uninitialized_test.ts";
  assert.deepEqual(refusalsOf(early), {
    "a const below": await below("limit", "const limit", "", own),
    "a class below": await below("Local", "class Local", "", own),
    "an enum below": await below("Level", "enum Level", "", own),
  });
});

Deno.test("capture() takes functions that close over a scope with an uninitialized variable", async () => {
  function makeCounter(): { next: () => number; look: () => number } {
    let count = 0;
    return { next: () => ++count, look: () => count };
  }
  const counter = makeCounter();
  let total = 1;
  const add = (n: number): number => total += n;
  const read = (): number => total;
  const early = await tryCapture({
    "writers": () => {
      add(2);
      counter.next();
      return [read(), counter.look()];
    },
  });
  const unused = 1;
  const keep = (): number => unused;
  assert.deepEqual(await resultsOf(early), { "writers": "[ 3, 1 ]" });
  assert.equal(keep(), 1);
});

Deno.test("capture() refuses a variable whose getter throws", async () => {
  Object.defineProperty(globalThis, "brokenGlobal", {
    configurable: true,
    get() {
      throw new TypeError("it is broken");
    },
  });
  try {
    using capturer = new ClosureCapturer();
    const f = new Function("return brokenGlobal");
    await assert.rejects(capturer.capture([f], TEST_USE), {
      name: "ClosureError",
      condition: "CAPTURE_REFUSED",
      message:
        'Cannot capture "brokenGlobal" used by map() at app.ts:14:9: its getter throws "TypeError: it is broken"; read it where that works, and name the result\n' +
        "  path: map() function → brokenGlobal",
    });
  } finally {
    Reflect.deleteProperty(globalThis, "brokenGlobal");
  }
});

Deno.test("capture() takes an object whose tag cannot be read", async () => {
  class Tagged {
    readonly x = 1;
    get [Symbol.toStringTag](): string {
      return this.x.toFixed(1);
    }
  }
  const tagged = new Tagged();
  const results = await resultsOf(
    await tryCapture({ "tagged": () => tagged.x + String(tagged) }),
  );
  assert.deepEqual(results, { "tagged": '"1[object 1.0]"' });
});

/** What the captured functions gave elsewhere. */
async function resultsOf(
  early: EarlyCaptures,
): Promise<Record<string, string | null>> {
  const records = Object.entries(early).flatMap(([name, record]) =>
    typeof record === "string" ? [] : [{ name, record }]
  );
  const outcomes = await runElsewhere(records.map(({ record }) => record));
  return Object.fromEntries(
    records.map((
      { name },
      at,
    ) => [name, outcomes[at]?.result ?? outcomes[at]?.stack ?? null]),
  );
}

function refusalsOf(early: EarlyCaptures): Record<string, string> {
  return Object.fromEntries(
    Object.entries(early).flatMap(([name, text]) =>
      typeof text === "string" ? [[name, text]] : []
    ),
  );
}

async function below(
  name: string,
  declaration: string,
  path = "",
  file = BELOW,
): Promise<string> {
  const place = `${file.replace(/^.*\//, "")}:${await lineOf(
    file,
    declaration,
  )}`;
  return `Cannot capture "${name}" used by map() at app.ts:14:9: it is declared at ${place}, below what has run so far; move its declaration above the action that needs it\n` +
    `  path: map() function → ${path}${name}`;
}

async function elsewhere(
  name: string,
  declaration: string,
  path = "",
): Promise<string> {
  return `Cannot capture "${name}" used by map() at app.ts:14:9: it is declared at cycle_first.ts:${await lineOf(
    CYCLE,
    declaration,
  )}, which has not run yet; modules that import each other run one after the other: run the action once both have run, in a function that is called later\n` +
    `  path: map() function → ${path}${name}`;
}

/** The line, from 1, on which a text last stands in a file. */
async function lineOf(file: string, text: string): Promise<number> {
  const source = await Deno.readTextFile(new URL(file, import.meta.url));
  const at = file === "uninitialized_test.ts"
    ? source.indexOf(`\n  ${text}`)
    : source.lastIndexOf(text);
  assert.ok(at >= 0, text);
  return source.slice(0, at + 1).split("\n").length;
}
