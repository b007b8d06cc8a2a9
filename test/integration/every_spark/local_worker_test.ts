import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type SparkSession, udf } from "../../../mod.ts";
import { withTimeout } from "../../../src/common/deadline.ts";
import { col } from "../../../src/driver/sql/functions/mod.ts";
import { Debugger, type Stop } from "../../nightly/debugger.ts";
import { ownSession } from "../shared_session.ts";

const LIMIT_MS = 180_000;
const PROGRAM = new URL("../programs/stepped_thread.ts", import.meta.url);
const IN_PROCESS = { "spark.tspark.localWorker": "true" };

/** What comes in time. */
async function soon<T>(promise: Promise<T>): Promise<T> {
  const value = await withTimeout(LIMIT_MS, promise);
  assert.ok(value !== undefined, "it did not come in time");
  return value;
}

/** Names of this process's threads that run functions. */
function workerThreads(): string[] {
  return [...Deno.readDirSync("/proc/self/task")]
    .map(({ name }) => nameOfThread(name))
    .filter((name) => /^worker-\d/.test(name));
}

/** Waits until none is left: the system ends a thread a little behind its last word. */
async function threadsGone(): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (workerThreads().length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual(workerThreads(), []);
}

function nameOfThread(id: string): string {
  try {
    return Deno.readTextFileSync(`/proc/self/task/${id}/comm`);
  } catch {
    return ""; // it has ended
  }
}

/** How many sockets this process holds. */
function sockets(): number {
  return [...Deno.readDirSync("/proc/self/fd")].filter(({ name }) => {
    try {
      return Deno.readLinkSync(`/proc/self/fd/${name}`).startsWith("socket:");
    } catch {
      return false; // that of the folder itself
    }
  }).length;
}

/** What was thrown. */
async function thrown(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(() => null, (error: Error) => error);
  assert.ok(outcome !== null, "nothing was thrown");
  return outcome;
}

async function runFunctions(spark: SparkSession): Promise<void> {
  const sc = spark.sparkContext;
  const numbers = sc.parallelize([1, 2, 3, 4], 4);
  const pids = await numbers.map(() => Deno.pid).distinct().collect();
  assert.deepEqual(pids, [Deno.pid]);
  const half = udf((n: number) => n / 2, "double");
  assert.deepEqual(
    await spark.range(3).select(half(col("id")).as("half")).collect(),
    [{ half: 0 }, { half: 0.5 }, { half: 1 }],
  );
  const later = numbers.mapAsync(async (n: number) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return 10 * n;
  });
  assert.deepEqual(await later.collect(), [10, 20, 30, 40]);
  const shared = sc.broadcast({ offset: 5 });
  const moved = numbers.map((n) => n + shared.value.offset);
  assert.deepEqual(await moved.take(2), [6, 7]);
  await shared.destroy();
}

async function failFunctions(spark: SparkSession): Promise<void> {
  const numbers = spark.sparkContext.parallelize([1], 1);
  const failed = await thrown(
    numbers.map((n: number): number => {
      throw new TypeError(`${n} is refused`);
    }).collect(),
  );
  assert.match(failed.message, /TypeError: 1 is refused/);
  assert.match(
    String((failed.cause as Error).stack),
    /local_worker_test\.ts:\d+:\d+/,
  );
  const exited = await thrown(
    numbers.map((n: number): number => Deno.exit(n)).collect(),
  );
  assert.match(
    exited.message,
    /its function ended the worker process by Deno\.exit\(\)/,
  );
  const go = await Deno.makeTempFile();
  const busy = numbers.map((n: number): number => {
    while (existsSync(go)); // Deno ends no thread within a function
    return n;
  });
  const signal = AbortSignal.timeout(200);
  const cut = await thrown(busy.collect({ signal }));
  assert.equal(cut.name, "TimeoutError");
  assert.deepEqual(await numbers.map((n) => n + 1).collect(), [2]);
  await Deno.remove(go);
}

Deno.test("a session with spark.tspark.localWorker runs functions in this process, and leaves nothing of them", async (t) => {
  const before = sockets();
  for (const round of ["the first", "the next"]) {
    await t.step(`${round} session`, async () => {
      await using spark = await ownSession(IN_PROCESS);
      await runFunctions(spark);
      assert.ok(workerThreads().length > 0);
      await failFunctions(spark);
    });
    await threadsGone();
  }
  // The inspector, which closures are read by, may hold two.
  assert.ok(sockets() <= before + 2, `${before} before, ${sockets()} after`);
});

/** The line of the program that has a mark in it, from 1. */
function lineWith(mark: string): number {
  const lines = Deno.readTextFileSync(PROGRAM).split("\n");
  return lines.findIndex((line) => line.includes(mark)) + 1;
}

/** Starts the program, which waits for a debugger at a port. */
function startProgram(port: number): Deno.ChildProcess {
  const settings = [
    "--conf spark.tspark.localWorker=true",
    "--conf spark.ui.enabled=false",
    "--master local[1]",
  ];
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      `--inspect-wait=127.0.0.1:${port}`,
      PROGRAM.href,
    ],
    env: { PYSPARK_SUBMIT_ARGS: `${settings.join(" ")} pyspark-shell` },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Steps through the program: its function first, its own code behind that. */
async function stepThrough(port: number): Promise<Stop[]> {
  await using program = await Debugger.attach(port);
  await program.watchThreads();
  await program.begin();
  const thread = await soon(program.thread());
  await program.breakAt(PROGRAM.href, lineWith("and here"));
  await thread.breakAt(PROGRAM.href, lineWith("the debugger stops here"));
  await thread.begin();
  const stops: Stop[] = [];
  for (const stepped of [thread, thread, program]) {
    stops.push(await soon(stepped.stop()));
    await stepped.resume();
  }
  return stops;
}

Deno.test("one debugger session stops in a function and in the program's own code", async () => {
  const port = freePort();
  const program = startProgram(port);
  const output = new Response(program.stdout).text();
  const said = new Response(program.stderr).text();
  try {
    const stops = await stepThrough(port);
    const line = lineWith("the debugger stops here");
    assert.deepEqual(
      stops.map(({ file, line, variables: { total, rate } }) => [
        file === PROGRAM.href,
        line,
        total,
        rate,
      ]),
      [
        [true, line, 6, 2],
        [true, line, 8, 2],
        [true, lineWith("and here"), undefined, 2],
      ],
    );
    assert.equal(await soon(output), "[6,8]\n");
  } catch (error) {
    await program[Symbol.asyncDispose](); // it may have ended by itself
    throw new Error(await said, { cause: error });
  }
  assert.equal((await program.status).code, 0, await said);
});
