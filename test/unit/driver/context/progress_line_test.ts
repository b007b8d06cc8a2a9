import assert from "node:assert/strict";
import fc from "fast-check";
import {
  progressLine,
  type StageProgress,
} from "../../../../src/driver/context/progress_line.ts";

const PURE = { permissions: "none" } as const;

function stage(changes: Partial<StageProgress> = {}): StageProgress {
  return {
    stageId: 2,
    activity: null,
    tasks: 8,
    done: 4,
    running: 2,
    failed: 1,
    elapsedMs: 3000,
    ...changes,
  };
}

Deno.test(
  "progressLine() tells done, running, failed and the time left",
  PURE,
  () => {
    assert.equal(
      progressLine([stage()], 60),
      "[Stage 2 =======>       4/8, 2 running, 1 failed, 3 s left]",
    );
  },
);

Deno.test("progressLine() names what Spark does of its own", PURE, () => {
  assert.equal(
    progressLine([stage({ activity: "listing files", failed: 0 })], 64),
    "[Stage 2, listing files ======>       4/8, 2 running, 3 s left]",
  );
});

Deno.test("progressLine() leaves out what is none", PURE, () => {
  assert.equal(
    progressLine([stage({ done: 0, running: 0, failed: 0 })], 30),
    "[Stage 2 >               0/8]",
  );
  assert.equal(
    progressLine([stage({ done: 8, running: 0, failed: 0 })], 40),
    "[Stage 2 =============== 8/8, 0 s left]",
  );
});

Deno.test("progressLine() tells long times in minutes and hours", PURE, () => {
  const left = (elapsedMs: number): string =>
    / (\d[^,]*) left/.exec(progressLine([stage({ elapsedMs })], 80))?.[1] ?? "";
  assert.equal(left(59_000), "59 s");
  assert.equal(left(61_500), "1 min 2 s");
  assert.equal(left(7_500_000), "2 h 5 min");
});

Deno.test(
  "progressLine() shows three stages and counts the others",
  PURE,
  () => {
    const stages = [1, 2, 3, 4, 5].map((stageId) =>
      stage({ stageId, failed: 0, running: 0, done: 0 })
    );
    assert.equal(
      progressLine(stages, 82),
      "[Stage 1 >         0/8][Stage 2 >         0/8][Stage 3 >         0/8] and 2 more",
    );
  },
);

Deno.test("progressLine() fits any terminal", PURE, () => {
  const count = fc.nat(1_000_000);
  const anyStage = fc.record({
    stageId: count,
    activity: fc.constantFrom(null, "listing files"),
    tasks: count.map((n) => n + 1),
    done: count,
    running: count,
    failed: count,
    elapsedMs: fc.nat(),
  });
  const stages = fc.array(anyStage, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(stages, fc.integer({ min: 1, max: 300 }), (all, columns) => {
      const line = progressLine(all, columns);
      assert(line.length < Math.max(1, columns), line);
      assert(!/[\r\n]/.test(line));
    }),
  );
});
