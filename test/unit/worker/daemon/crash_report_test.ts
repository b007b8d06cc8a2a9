import assert from "node:assert/strict";
import {
  type Failure,
  formatFailure,
  parseFailure,
} from "../../../../src/protocol/failure_text.ts";
import {
  amendCrashReport,
  CrashReport,
  crashReportPath,
  lostFailure,
  removeCrashReport,
  saysTask,
} from "../../../../worker/daemon/crash_report.ts";

const PLACE = { partition: 3, stage: 7, attempt: 1 };
const PID = Deno.pid;

const LOST =
  `Cannot go on with the task: its worker process ${PID} ended without a word, as it does after kill -9, when native code crashes, or when memory is full; look at the executor's stderr, and for memory raise "spark.executor.pyspark.memory" or "spark.executor.memoryOverhead", or use more partitions`;
const EXITED =
  "Cannot go on with the task: its function ended the worker process by Deno.exit() or process.exit(); throw an error there instead";
const IDLE =
  `Cannot start the task: its worker process ${PID} had been ended by someone while it waited for a task; run the job again, and look at the executor's stderr if that does not help`;

/** A folder as Spark makes it, and one worker's words in it. */
function setUp(): Disposable & {
  readonly path: string;
  readonly target: EventTarget;
  readonly words: CrashReport;
  read(): Failure | null;
} {
  const folder = Deno.makeTempDirSync();
  const path = crashReportPath(folder, PID);
  const target = new EventTarget();
  const words = new CrashReport(folder, target);
  return {
    path,
    target,
    words,
    read: () => parseFailure(Deno.readTextFileSync(path)),
    [Symbol.dispose](): void {
      words.remove();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function said(condition: string, message: string, place = PLACE): Failure {
  return {
    name: "WorkerError",
    condition,
    message,
    stack: "",
    cause: null,
    ...place,
  };
}

const NOWHERE = { partition: -1, stage: -1, attempt: -1 };

Deno.test("CrashReport says at a task's begin what is true if the worker ends", () => {
  using made = setUp();
  made.words.begin(PLACE);
  assert.deepEqual(made.read(), said("WORKER_LOST", LOST));
  assert.equal(saysTask(made.path), true);
});

Deno.test("CrashReport says that no task runs when one has ended", () => {
  using made = setUp();
  made.words.begin(PLACE);
  made.words.end();
  assert.deepEqual(made.read(), said("WORKER_LOST", IDLE, NOWHERE));
  assert.equal(saysTask(made.path), false);
});

Deno.test("CrashReport keeps what the JVM could not be told", () => {
  using made = setUp();
  made.words.begin(PLACE);
  const failure = lostFailure(PLACE, 1);
  made.words.failed(failure);
  made.words.end();
  made.target.dispatchEvent(new Event("unload"));
  assert.equal(
    `${Deno.readTextFileSync(made.path).trimEnd()}\n`,
    formatFailure(failure),
  );
});

Deno.test("CrashReport holds one text, however long the one before was", () => {
  using made = setUp();
  for (const partition of [123_456_789, 1, 23]) {
    made.words.begin({ ...PLACE, partition });
    const text = Deno.readTextFileSync(made.path);
    assert.equal(
      `${text.trimEnd()}\n`,
      formatFailure(lostFailure({ ...PLACE, partition }, PID)),
    );
    made.words.end();
  }
});

Deno.test("CrashReport blames Deno.exit() for a process that ends in a task", () => {
  using made = setUp();
  made.words.begin(PLACE);
  made.target.dispatchEvent(new Event("unload"));
  assert.deepEqual(made.read(), said("FUNCTION_EXITED", EXITED));
});

Deno.test("CrashReport says nothing of a process that ends between tasks", () => {
  using made = setUp();
  made.words.begin(PLACE);
  made.words.end();
  made.target.dispatchEvent(new Event("unload"));
  assert.equal(made.read()?.message, IDLE);
});

Deno.test("CrashReport.remove() leaves no file, and what comes after makes none", () => {
  using made = setUp();
  made.words.begin(PLACE);
  made.words.remove();
  assert.equal(exists(made.path), false);
  made.words.end();
  made.target.dispatchEvent(new Event("unload"));
  assert.equal(exists(made.path), false);
});

Deno.test("CrashReport goes on with a task whose words cannot be written", async () => {
  const script = `
    import { CrashReport } from "${
    import.meta.resolve("../../../../worker/daemon/crash_report.ts")
  }";
    const words = new CrashReport("/no/such/folder", new EventTarget());
    words.begin({ partition: 1, stage: 2, attempt: 0 });
    words.end();
    words.remove();
    Deno.exit(7);
  `;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
  }).output();
  assert.equal(code, 7);
  assert.match(
    new TextDecoder().decode(stderr),
    /^Cannot write "\/no\/such\/folder\/\d+": NotFound: /,
  );
});

Deno.test("amendCrashReport() changes what is said of a task that runs", () => {
  using made = setUp();
  made.words.begin(PLACE);
  amendCrashReport(made.path, (failure) => {
    assert.deepEqual(failure, said("WORKER_LOST", LOST));
    return { ...failure, condition: "HEAP_FULL", message: "short" };
  });
  assert.deepEqual(made.read(), said("HEAP_FULL", "short"));
  amendCrashReport(made.path, () => null);
  assert.deepEqual(made.read(), said("HEAP_FULL", "short"));
});

Deno.test("amendCrashReport() leaves what is said of no task, or by the worker itself", () => {
  using made = setUp();
  const change = (): never => assert.fail("nothing to change");
  amendCrashReport(made.path, change);
  assert.equal(exists(made.path), false);
  made.words.begin(PLACE);
  made.words.end();
  amendCrashReport(made.path, change);
  assert.equal(made.read()?.message, IDLE);
  made.words.begin(PLACE);
  made.target.dispatchEvent(new Event("unload"));
  amendCrashReport(made.path, change);
  assert.equal(made.read()?.message, EXITED);
  Deno.writeTextFileSync(made.path, "half a te");
  amendCrashReport(made.path, change);
  assert.equal(Deno.readTextFileSync(made.path), "half a te");
});

Deno.test("saysTask() and removeCrashReport() take a file that is not there", () => {
  using made = setUp();
  assert.equal(saysTask(made.path), false);
  removeCrashReport(made.path);
});
