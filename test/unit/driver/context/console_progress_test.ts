import assert from "node:assert/strict";
import { withTimeout } from "../../../../src/common/deadline.ts";
import { ConsoleProgress } from "../../../../src/driver/context/console_progress.ts";
import type { RunningAction } from "../../../../src/driver/runtime/running_actions.ts";
import {
  RunningStreams,
  type StreamBatch,
} from "../../../../src/driver/runtime/running_streams.ts";
import type { SparkStageInfo } from "../../../../src/driver/context/status_tracker.ts";

const NOW = 1_000_000;
const ACTION: RunningAction = { operation: "count()", startTime: NOW - 900 };

function info(stageId: number, ageMs: number): SparkStageInfo {
  return {
    stageId,
    currentAttemptId: 0,
    submissionTime: NOW - ageMs,
    name: "count",
    numTasks: 4,
    numActiveTasks: 1,
    numCompletedTasks: 0,
    numFailedTasks: 0,
  };
}

/** A display over stages that the test changes, and what it wrote. */
function display(
  stages: () => Promise<SparkStageInfo[]>,
  waiting: () => RunningAction | null = () => ACTION,
  streams: RunningStreams = new RunningStreams(),
): {
  progress: ConsoleProgress;
  written: string[];
  interrupts: Set<() => void>;
} {
  const written: string[] = [];
  const interrupts = new Set<() => void>();
  const progress = new ConsoleProgress({
    tracker: {
      getActiveStageIds: async () => (await stages()).map((one) => one.stageId),
      getStageInfo: async (id) =>
        (await stages()).find((one) => one.stageId === id && id !== 9) ?? null,
    },
    activityOf: (id) => Promise.resolve(id === 7 ? "listing files" : null),
    waiting,
    streams: () => streams.look(),
    onInterrupt: (react) => {
      interrupts.add(react);
      return () => interrupts.delete(react);
    },
    surface: {
      columns: 40,
      draw: (line) => written.push(line),
      erase: () => written.push(""),
    },
    now: () => NOW,
  });
  return { progress, written, interrupts };
}

const BAR = "[Stage 1 >              0/4, 1 running]";

Deno.test("ConsoleProgress.look() draws stages of half a second and more, and erases once", async () => {
  let stages = [info(1, 500), info(2, 499), info(9, 900)];
  const { progress, written } = display(() => Promise.resolve(stages));
  await progress.look();
  assert.deepEqual(written, [BAR]);
  stages = [];
  await progress.look();
  await progress.look();
  progress.stop();
  assert.deepEqual(written.slice(1), [""]);
});

Deno.test("ConsoleProgress.look() names what Spark does of its own", async () => {
  const { progress, written } = display(() => Promise.resolve([info(7, 900)]));
  await progress.look();
  await progress.look();
  const bar = "[Stage 7, listing files 0/4, 1 running]";
  assert.deepEqual(written, [bar, bar]);
  progress.stop();
});

Deno.test("ConsoleProgress draws nothing when stopped while it looks, or when the JVM is gone", async () => {
  const answer = Promise.withResolvers<SparkStageInfo[]>();
  const late = display(() => answer.promise);
  const look = late.progress.look();
  late.progress.stop();
  answer.resolve([info(1, 900)]);
  await look;
  assert.deepEqual(late.written, []);

  const gone = display(() => Promise.reject(new Error("gone")));
  await gone.progress.look();
  assert.deepEqual(gone.written, []);
});

Deno.test("ConsoleProgress.start() looks by itself until stopped", async () => {
  const looked = Promise.withResolvers<void>();
  let looks = 0;
  const { progress, written } = display(() => {
    if (++looks === 6) looked.resolve();
    return Promise.resolve([info(1, 900)]);
  });
  progress.start();
  await withTimeout(30_000, looked.promise);
  progress.stop();
  assert.equal(written.at(-1), "");
});

Deno.test("ConsoleProgress.look() passes over stages that an interrupted action has left behind", async () => {
  let action: RunningAction | null = ACTION;
  const { progress, written } = display(
    () => Promise.resolve([info(1, 900)]),
    () => action,
  );
  await progress.look();
  action = null;
  await progress.look();
  await progress.look();
  assert.deepEqual(written, [BAR, ""]);
});

Deno.test("ConsoleProgress tells of an action that has had no stage for two seconds", async () => {
  let age = 1999;
  let stages: SparkStageInfo[] = [];
  const { progress, written } = display(
    () => Promise.resolve(stages),
    () => ({ operation: "count() at app.ts:3:4", startTime: NOW - age }),
  );
  await progress.look();
  assert.deepEqual(written, []);
  age = 2000;
  await progress.look();
  stages = [info(1, 900)];
  await progress.look();
  progress.stop();
  assert.deepEqual(written, [
    "[count() at app.ts:3:4, planning for 2 ",
    BAR,
    "",
  ]);
});

Deno.test("ConsoleProgress tells how many rows of an action have passed", async () => {
  const action = { operation: "collect()", startTime: NOW - 3000 };
  const { progress, written } = display(
    () => Promise.resolve([]),
    () => ({ ...action, passed: { rows: 120_000, way: "received" } }),
  );
  await progress.look();
  assert.deepEqual(written, ["[collect(), 120000 rows received, 3 s]"]);
});

Deno.test("ConsoleProgress erases its line at Ctrl-C, which it watches for while something is drawn", async () => {
  let stages = [info(1, 900)];
  const { progress, written, interrupts } = display(() =>
    Promise.resolve(stages)
  );
  assert.equal(interrupts.size, 0);
  await progress.look();
  await progress.look();
  assert.equal(interrupts.size, 1);
  for (const interrupt of interrupts) interrupt();
  assert.equal(written.at(-1), "");
  assert.equal(interrupts.size, 0);
  await progress.look();
  stages = [];
  await progress.look();
  assert.equal(interrupts.size, 0);
});

Deno.test("ConsoleProgress.look() tells what streaming queries did last, while no stage runs", async () => {
  const streams = new RunningStreams();
  streams.add({ name: "unseen", look: () => Promise.resolve("waiting") });
  streams.show();
  let last: StreamBatch | "waiting" | "ended" = "waiting";
  streams.add({ name: "words", look: () => Promise.resolve(last) });
  let stages: SparkStageInfo[] = [];
  const { progress, written } = display(
    () => Promise.resolve(stages),
    () => null,
    streams,
  );
  await progress.look();
  last = { batchId: 3, rows: 12, rowsPerSecond: 4.6 };
  await progress.look();
  stages = [info(1, 500)];
  await progress.look();
  [stages, last] = [[], "ended"];
  await progress.look();
  // Forgotten: it is not asked again.
  last = { batchId: 4, rows: 1, rowsPerSecond: null };
  await progress.look();
  assert.deepEqual(written, [
    "[words: no batch yet]",
    "[words: batch 3, 12 rows, 5 rows/s]",
    BAR,
    "",
  ]);
});

Deno.test("ConsoleProgress.look() shows as many streaming queries as fit and counts the others", async () => {
  const streams = new RunningStreams();
  streams.show();
  for (const name of ["a", "b", "c", "d", "e"]) {
    streams.add({
      name,
      look: () => Promise.resolve({ batchId: 0, rows: 1, rowsPerSecond: null }),
    });
  }
  const { progress, written } = display(
    () => Promise.resolve([]),
    () => null,
    streams,
  );
  await progress.look();
  assert.deepEqual(written, [
    "[a: batch 0, 1 row] and 4 more",
  ]);
});
