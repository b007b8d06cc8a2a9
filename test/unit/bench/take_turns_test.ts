import assert from "node:assert/strict";
import { takeTurns, type Turn } from "../../../bench/harness/take_turns.ts";

const pure = { permissions: "none" } as const;
const silent = (): void => {};

/** An engine that gives these results, or fails, run by run. */
function engine(name: string, results: readonly (string | Error)[]): Turn {
  let count = 0;
  return {
    engine: name,
    run: () => {
      const result = results[count++];
      if (typeof result !== "string") return Promise.reject(result);
      return Promise.resolve({
        checksum: result,
        seconds: { part: count },
        workerMiB: 10 * count,
      });
    },
  };
}

Deno.test(
  "takeTurns() lets engines take turns and leaves the first round untimed",
  pure,
  async () => {
    const lines: string[] = [];
    const turns = [
      engine("a", ["7", "7", "7"]),
      engine("b", ["7", "7", "7"]),
    ];
    const result = await takeTurns(
      "job",
      turns,
      { timed: 2, untimed: 1 },
      "7",
      (l) => lines.push(l),
    );
    assert.deepEqual(lines, [
      "job a untimed: 1.00 s",
      "job b untimed: 1.00 s",
      "job a 1/2: 2.00 s",
      "job b 1/2: 2.00 s",
      "job a 2/2: 3.00 s",
      "job b 2/2: 3.00 s",
    ]);
    assert.equal(result.checksum, "7");
    assert.deepEqual(result.parts["part"]?.["a"]?.seconds, [2, 3]);
    assert.deepEqual(result.workerMiB, { a: 30, b: 30 });
    assert.deepEqual(result.failures, {});
  },
);

Deno.test(
  "takeTurns() leaves as many rounds untimed as it is told",
  pure,
  async () => {
    const turns = [engine("a", ["7", "7", "7", "7", "7"])];
    const rounds = { timed: 2, untimed: 3 };
    const result = await takeTurns("job", turns, rounds, "7", silent);
    assert.deepEqual(result.parts["part"]?.["a"]?.seconds, [4, 5]);
  },
);

Deno.test(
  "takeTurns() goes on with the other engines when one fails",
  pure,
  async () => {
    const lines: string[] = [];
    const turns = [
      engine("a", ["7", new Error("Out of memory")]),
      engine("b", ["7", "7", "7"]),
    ];
    const result = await takeTurns(
      "job",
      turns,
      { timed: 2, untimed: 1 },
      "7",
      (l) => lines.push(l),
    );
    assert.ok(lines.includes("job a 1/2: failed: Out of memory"));
    assert.deepEqual(result.failures, { a: "Out of memory" });
    assert.deepEqual(Object.keys(result.parts["part"] ?? {}), ["b"]);
    assert.deepEqual(result.workerMiB, { b: 30 });
  },
);

Deno.test(
  "takeTurns() drops an engine whose result is not the expected one",
  pure,
  async () => {
    const turns = [engine("a", ["8"]), engine("b", ["7", "7"])];
    const result = await takeTurns(
      "job",
      turns,
      { timed: 1, untimed: 1 },
      "7",
      silent,
    );
    assert.deepEqual(result.failures, {
      a: 'Result differs: "8" instead of "7" (expected)',
    });
    assert.deepEqual(Object.keys(result.parts["part"] ?? {}), ["b"]);
  },
);

Deno.test(
  "takeTurns() holds engines to the first result when none is expected",
  pure,
  async () => {
    const turns = [engine("a", ["7", "7"]), engine("b", ["8"])];
    const result = await takeTurns(
      "job",
      turns,
      { timed: 1, untimed: 1 },
      undefined,
      silent,
    );
    assert.equal(result.checksum, "7");
    assert.deepEqual(result.failures, {
      b: 'Result differs: "8" instead of "7" (a)',
    });
  },
);
