import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import {
  BarrierTaskContext,
  type SparkContext,
  type SparkSession,
  TaskContext,
  udf,
  WorkerError,
} from "../../mod.ts";

/** Shows that a row's setting is in force, and says how. */
type Proof = (spark: SparkSession) => Promise<string>;

const WAIT_MS = 60_000;

/** What each row proves beyond its word count. */
export const PROOFS = {
  version: ({ version }) => Promise.resolve(`Spark ${version}`),
  executors,
  hosts,
  functionsOnHosts,
  shuffleFilesOutliveExecutors,
  filesAreEncrypted,
  unixSockets,
  ipv6,
  workersAreTheJvms,
  workersServeOnce,
  idleWorkersEnd,
  memoryLimit,
  speculation,
  barrier,
} as const satisfies Readonly<Record<string, Proof>>;

/** Name of a proof. */
export type ProofName = keyof typeof PROOFS;

/** Tasks ran below more than one executor. */
async function executors(spark: SparkSession): Promise<string> {
  const parents = await spark.sparkContext.range(0, 8, 1, 8).map(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    // A worker's parent is its daemon, whose parent is the executor.
    const status = Deno.readTextFileSync(`/proc/${Deno.ppid}/status`);
    return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
  }).distinct().count();
  assert.ok(parents >= 2, `${parents} executors`);
  return `tasks ran in ${parents} executors`;
}

/** Tasks ran on all three hosts. */
async function hosts({ sparkContext: sc }: SparkSession): Promise<string> {
  const seen = await sc.range(0, 12, 1, 12).map(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    return Object.values(networkInterfaces()).flat()
      .map((one) => one?.address ?? "").filter((at) => at.startsWith("10."))
      .join();
  }).distinct().collect();
  assert.deepEqual(seen.sort(), ["10.77.0.11", "10.77.0.12", "10.77.0.13"]);
  return `tasks ran on ${seen.join(", ")}`;
}

/** Functions of a query ran on all three hosts: over rows, then over groups behind a shuffle. */
async function functionsOnHosts(spark: SparkSession): Promise<string> {
  const host = udf((id: number) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
    return Object.values(networkInterfaces()).flat()
      .map((one) => one?.address ?? "")
      .find((at) => at.startsWith("10.")) ?? `none for ${id}`;
  }, "string");
  const counts = await spark.range(0, 120, 1, 12).select(host("id").as("host"))
    .as<{ host: string }>().groupBy("host").flatMapGroups(
      function* ({ host }, rows) {
        yield { host, rows: [...rows].length };
      },
      "host STRING, rows INT",
    ).orderBy("host").collect();
  assert.deepEqual(counts.map(({ host }) => host), [
    "10.77.0.11",
    "10.77.0.12",
    "10.77.0.13",
  ]);
  const total = counts.reduce((sum, { rows }) => sum + Number(rows), 0);
  assert.equal(total, 120);
  return `rows of ${counts.map(({ host }) => host).join(", ")}, grouped`;
}

/** A shuffle's files are served when its executors have gone: the stage before it does not run again. */
async function shuffleFilesOutliveExecutors(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const made = sc.accumulator(0);
  const sums = sc.range(0, 1000, 1, 3).map((i): [number, number] => {
    made.add(1);
    return [i % 10, i];
  }).reduceByKey((a, b) => a + b);
  assert.equal(await sums.count(), 10);
  const most = await executorCount(sc);
  await until(async () => await executorCount(sc) === 0);
  assert.equal(await sums.count(), 10);
  assert.equal(made.value, 1000);
  return `${most} executors, then none, then a result from their shuffle files`;
}

/** Nothing that a shuffle writes can be read. */
async function filesAreEncrypted(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const word = "READABLE".repeat(8);
  const kept = sc.parallelize(Array.from({ length: 100 }, () => word), 2)
    .map((text): [string, number] => [text, 1]).reduceByKey((a, b) => a + b);
  assert.deepEqual(await kept.collect(), [[word, 100]]);
  const shared = sc.broadcast(word);
  assert.deepEqual(await sc.range(0, 1).map(() => shared.value).collect(), [
    word,
  ]);
  const folder = await sc.getConf().get("spark.local.dir") ?? "";
  const grep = await new Deno.Command("grep", {
    args: ["-rlF", "READABLE", folder],
  }).output();
  assert.equal(new TextDecoder().decode(grep.stdout), "");
  return "no file of a shuffle or a broadcast holds what was in it";
}

async function unixSockets(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const [uses = false] = await sc.range(0, 1).map(() =>
    Deno.env.get("PYTHON_UNIX_DOMAIN_ENABLED")?.toLowerCase() === "true" &&
    Deno.readTextFileSync("/proc/self/net/unix").includes(".sock")
  ).collect();
  assert.ok(uses);
  return "the worker's sockets are Unix sockets";
}

/** The worker's own connection is between ::1 and ::1. */
async function ipv6({ sparkContext: sc }: SparkSession): Promise<string> {
  const [count = 0] = await sc.range(0, 1).map(() => {
    const loopback = "00000000000000000000000001000000";
    return Deno.readTextFileSync("/proc/self/net/tcp6").split("\n")
      .filter((line) => line.split(loopback).length === 3 && / 01 /.test(line))
      .length;
  }).collect();
  assert.ok(count > 0);
  return "workers are connected to ::1";
}

async function workersAreTheJvms(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const parents = await sc.range(0, 2, 1, 2).map(() =>
    Deno.readTextFileSync(`/proc/${Deno.ppid}/comm`).trim()
  ).distinct().collect();
  assert.deepEqual(parents, ["java"]);
  return "the JVM itself is the parent of workers";
}

async function workersServeOnce(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const pids = new Set<number>();
  for (let i = 0; i < 3; i++) {
    for (
      const pid of await sc.range(0, 1, 1, 1).map(() => Deno.pid).collect()
    ) {
      pids.add(pid);
    }
  }
  assert.equal(pids.size, 3);
  return "three tasks in three workers";
}

async function idleWorkersEnd(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const pid = async (): Promise<number> =>
    await sc.range(0, 1, 1, 1).map(() => Deno.pid).first();
  const first = await pid();
  await until(() => Promise.resolve(!isAlive(first)), 180_000);
  assert.notEqual(await pid(), first);
  return "a worker without work had ended after a minute or two; the next task had another";
}

/** A function that takes more memory than it may is ended, and the error names its partition; the next job runs. */
async function memoryLimit(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const tasks = sc.range(0, 2, 1, 2);
  const inBuffers = await conditionOf(
    tasks.mapPartitionsWithIndex((index) => {
      const held: Uint8Array[] = [];
      while (index === 1) held.push(new Uint8Array(8 << 20).fill(1));
      return [held.length];
    }).collect(),
  );
  assert.equal(inBuffers, "MEMORY_EXCEEDED in partition 1");
  const inHeap = await conditionOf(
    tasks.mapPartitionsWithIndex((index) => {
      const held: number[][] = [];
      while (index === 1) held.push(new Array<number>(1000).fill(0.5));
      return [held.length];
    }).collect(),
  );
  assert.equal(inHeap, "HEAP_FULL in partition 1");
  assert.equal(await tasks.count(), 2);
  return `buffers without end: ${inBuffers}; objects without end: ${inHeap}; the next job ran`;
}

/** A task that hangs in its first attempt is run again elsewhere, and the first is ended. */
async function speculation(
  { sparkContext: sc }: SparkSession,
): Promise<string> {
  const start = performance.now();
  const attempts = await sc.range(0, 4, 1, 4).map((i) => {
    const attempt = TaskContext.get()?.attemptNumber() ?? -1;
    if (i === 3 && attempt === 0) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120_000);
    }
    return attempt;
  }).collect();
  assert.deepEqual(attempts.slice(0, 3), [0, 0, 0]);
  assert.ok((attempts[3] ?? 0) > 0, `attempts ${attempts}`);
  const seconds = Math.round((performance.now() - start) / 1000);
  return `a second attempt gave the result after ${seconds} s, the first one hung`;
}

async function barrier({ sparkContext: sc }: SparkSession): Promise<string> {
  const seen = await sc.range(0, 3, 1, 3).barrier().mapPartitions(() => {
    const context = BarrierTaskContext.get();
    return [context.allGather(String(context.partitionId())).join()];
  }).collect();
  assert.deepEqual(seen, ["0,1,2", "0,1,2", "0,1,2"]);
  return "three tasks gathered each other's messages";
}

async function conditionOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    assert.ok(error instanceof WorkerError, Deno.inspect(error));
    return `${error.condition} in partition ${error.parameters["partition"]}`;
  }
  return "no error";
}

async function executorCount(sc: SparkContext): Promise<number> {
  return (await sc.statusTracker().getExecutorInfos()).length - 1; // the driver is among them
}

function isAlive(pid: number): boolean {
  try {
    return Deno.statSync(`/proc/${pid}`).isDirectory;
  } catch {
    return false;
  }
}

/** Looks until something has come true; Spark has no event for it. */
async function until(
  isTrue: () => Promise<boolean>,
  limitMs: number = WAIT_MS,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!await isTrue()) {
    assert.ok(performance.now() < end, `not within ${limitMs} ms`);
    await new Promise((done) => setTimeout(done, 250));
  }
}
