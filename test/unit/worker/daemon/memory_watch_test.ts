import assert from "node:assert/strict";
import { getHeapStatistics } from "node:v8";
import {
  type Failure,
  formatFailure,
  parseFailure,
} from "../../../../src/protocol/failure_text.ts";
import {
  crashReportPath,
  lostFailure,
} from "../../../../worker/daemon/crash_report.ts";
import {
  budgetWithin,
  isOverMemory,
  type MemoryLimits,
  memoryLimits,
  MemoryWatch,
} from "../../../../worker/daemon/memory_watch.ts";

const MB = 2 ** 20;
const PID = 4711;
const PLACE = { partition: 3, stage: 7, attempt: 1 };
const LIMITS: MemoryLimits = { processBytes: 300 * MB, heapBytes: 204 * MB };
const EXCEEDED = (held: number): string =>
  `Cannot go on with the task: its worker process held ${held} MB, more than the 300 MB that "spark.executor.pyspark.memory" leaves to each worker; raise it, or use more partitions`;
const FULL = (held: number): string =>
  `Cannot go on with the task: its worker process ended when it held ${held} MB, and its heap may hold 204 MB; raise "spark.executor.pyspark.memory", or use more partitions`;

/** A watch over one worker that runs a task, unless said otherwise. */
function setUp(
  { limits = LIMITS, words = lostFailure(PLACE, PID) }: {
    readonly limits?: MemoryLimits;
    readonly words?: Failure | null;
  } = {},
): Disposable & {
  readonly done: string[];
  /** Looks once at a worker that holds so many megabytes. */
  look(megabytes: number): void;
  read(): Failure | null;
  write(failure: Failure): void;
} {
  const folder = Deno.makeTempDirSync();
  const path = crashReportPath(folder, PID);
  const done: string[] = [];
  const watch = new MemoryWatch(
    {
      pids: () => [PID],
      freeze: (pid) => void done.push(`freeze ${pid}`),
      kill: (pid) => void done.push(`kill ${pid}`),
    },
    limits,
    folder,
  );
  const write = (failure: Failure): void =>
    Deno.writeTextFileSync(path, formatFailure(failure));
  if (words !== null) write(words);
  return {
    done,
    look: (megabytes) => watch.look(() => megabytes * MB),
    read: () => parseFailure(Deno.readTextFileSync(path)),
    write,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

const ENDED = [`freeze ${PID}`, `kill ${PID}`];

Deno.test({
  name: "memoryLimits() leaves room for what lies outside of the heap",
  permissions: "none",
  fn() {
    assert.deepEqual(memoryLimits("2048"), {
      processBytes: 2048 * MB,
      heapBytes: 1952 * MB,
    });
    assert.deepEqual(memoryLimits("300"), LIMITS);
    assert.equal(memoryLimits("101").heapBytes, 51 * MB);
  },
});

Deno.test({
  name: "memoryLimits() without Spark's limit has V8's own",
  permissions: "none",
  fn() {
    const heapBytes = getHeapStatistics().heap_size_limit;
    for (const value of ["", "-1", "0", "much"]) {
      assert.deepEqual(memoryLimits(value), { processBytes: null, heapBytes });
    }
  },
});

Deno.test({
  name: "budgetWithin() stays below the process's limit",
  permissions: "none",
  fn() {
    assert.equal(budgetWithin(LIMITS, 512 * MB), 210 * MB);
    assert.equal(budgetWithin(LIMITS, 64 * MB), 64 * MB);
    assert.equal(budgetWithin({ processBytes: null }, 512 * MB), 512 * MB);
  },
});

Deno.test("isOverMemory() looks at this process", () => {
  assert.equal(isOverMemory({ processBytes: null }), false);
  assert.equal(isOverMemory({ processBytes: 1000 * 1024 * MB }), false);
  assert.equal(isOverMemory({ processBytes: 1 * MB }), true);
});

Deno.test("MemoryWatch ends a worker that stays over its limit, with the reason", () => {
  using made = setUp();
  for (let look = 0; look < 2; look++) made.look(310);
  assert.deepEqual(made.done, []);
  made.look(320);
  assert.deepEqual(made.done, ENDED);
  assert.deepEqual(made.read(), {
    ...lostFailure(PLACE, PID),
    condition: "MEMORY_EXCEEDED",
    message: EXCEEDED(320),
  });
});

Deno.test("MemoryWatch ends a worker at once that is far over its limit", () => {
  using made = setUp();
  made.look(376);
  assert.deepEqual(made.done, ENDED);
  assert.equal(made.read()?.message, EXCEEDED(376));
});

Deno.test("MemoryWatch lets a worker be whose garbage was over its limit", () => {
  using made = setUp();
  for (let round = 0; round < 5; round++) {
    for (const megabytes of [340, 340, 120]) made.look(megabytes);
  }
  assert.deepEqual(made.done, []);
  assert.deepEqual(made.read(), lostFailure(PLACE, PID));
});

Deno.test("MemoryWatch ends no worker that waits for a task", () => {
  const idle = lostFailure({ partition: -1, stage: -1, attempt: -1 }, PID);
  for (const words of [null, idle]) {
    using made = setUp({ words });
    for (let look = 0; look < 5; look++) made.look(400);
    assert.deepEqual(made.done, []);
  }
});

Deno.test("MemoryWatch without a folder ends a worker all the same", () => {
  const folder = Deno.env.get("PYTHON_FAULTHANDLER_DIR");
  assert.equal(folder, undefined);
  const killed: number[] = [];
  const watch = new MemoryWatch(
    {
      pids: () => [PID],
      freeze: () => {},
      kill: (pid) => void killed.push(pid),
    },
    LIMITS,
    folder,
  );
  watch.look(() => 400 * MB);
  assert.deepEqual(killed, [PID]);
});

Deno.test("MemoryWatch says that a heap is nearly full as long as it is", () => {
  using made = setUp();
  made.look(150);
  assert.deepEqual(made.read(), lostFailure(PLACE, PID));
  for (const megabytes of [154, 299]) {
    made.look(megabytes);
    assert.deepEqual(made.read(), {
      ...lostFailure(PLACE, PID),
      condition: "HEAP_FULL",
      message: FULL(megabytes),
    });
  }
  made.look(100);
  assert.deepEqual(made.read(), lostFailure(PLACE, PID));
  assert.deepEqual(made.done, []);
});

Deno.test("MemoryWatch does not take back what it said of a worker that has ended", () => {
  using made = setUp();
  made.look(200);
  made.look(0);
  assert.equal(made.read()?.message, FULL(200));
});

Deno.test("MemoryWatch says of each task anew that the heap is nearly full", () => {
  using made = setUp();
  made.look(200);
  const next = { partition: 4, stage: 7, attempt: 0 };
  made.write(lostFailure(next, PID));
  made.look(210);
  assert.deepEqual(made.read(), {
    ...lostFailure(next, PID),
    condition: "HEAP_FULL",
    message: FULL(210),
  });
});

Deno.test("MemoryWatch tells how to give more memory where there is no limit", () => {
  using made = setUp({ limits: { ...LIMITS, processBytes: null } });
  for (let look = 0; look < 5; look++) made.look(1000);
  assert.deepEqual(made.done, []);
  assert.equal(
    made.read()?.message,
    'Cannot go on with the task: its worker process ended when it held 1000 MB, and its heap may hold 204 MB; give more with "spark.executor.pyspark.memory", or use more partitions',
  );
});

Deno.test("MemoryWatch sees what a real process holds", async () => {
  const folder = await Deno.makeTempDir();
  const child = new Deno.Command("sleep", { args: ["60"], stdin: "null" })
    .spawn();
  try {
    const path = crashReportPath(folder, child.pid);
    await Deno.writeTextFile(
      path,
      formatFailure(lostFailure(PLACE, child.pid)),
    );
    const watch = new MemoryWatch(
      {
        pids: () => [child.pid],
        freeze: () => child.kill("SIGSTOP"),
        kill: () => child.kill("SIGKILL"),
      },
      { processBytes: 1, heapBytes: 1 },
      folder,
    );
    watch.look();
    assert.equal((await child.status).signal, "SIGKILL");
    const told = parseFailure(await Deno.readTextFile(path));
    assert.equal(told?.condition, "MEMORY_EXCEEDED");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
