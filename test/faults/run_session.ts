/**
 * Runs the faults of one kind of session and prints what came of each, one
 * line of JSON per run after `@fault `: `run_session.ts <kind> <times> [name …]`.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { SparkContext } from "../../mod.ts";
import { startSpark } from "../integration/start_spark.ts";
import { type Fault, Scene, type SessionKind } from "./fault.ts";
import { FUNCTION_FAULTS } from "./function_faults.ts";
import { type Holdings, holdings, moreThan, most } from "./holdings.ts";
import { OWN_FAULTS, settings } from "./own_faults.ts";
import { PROCESS_FAULTS } from "./process_faults.ts";

/** What came of one run of a fault. */
export interface Outcome {
  readonly name: string;
  /** What the user saw; null when that was not as it has to be. */
  readonly seen: string | null;
  /** What was wrong; null when nothing. */
  readonly wrong: string | null;
  readonly ms: number;
}

const SETTLE_MS = 20_000;
const SMALL_DISK = "size=24m";

/** The settings of a kind of session. */
const SETTINGS: Readonly<Record<SessionKind, Record<string, string>>> = {
  local: {},
  own: {},
  limited: { "spark.executor.pyspark.memory": "384m" },
  "small disk": { "spark.python.worker.memory": "1m" },
  cluster: {
    "spark.master": "local-cluster[2,1,512]",
    "spark.executor.memory": "512m",
  },
};

async function main(): Promise<void> {
  const [kind = "local", times = "1", ...names] = Deno.args;
  const root = await Deno.makeTempDir({ prefix: "faults-" });
  try {
    if (kind === "own") await runOwn(root, Number(times), names);
    else await runShared(kind as SessionKind, root, Number(times), names);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function runShared(
  kind: SessionKind,
  root: string,
  times: number,
  names: readonly string[],
): Promise<void> {
  const session = `${root}/session`;
  await Deno.mkdir(`${session}/local`, { recursive: true });
  await Deno.mkdir(`${root}/words`);
  const isMounted = kind === "small disk";
  if (isMounted) {
    await run("mount", [
      "-t",
      "tmpfs",
      "-o",
      SMALL_DISK,
      "none",
      `${session}/local`,
    ]);
  }
  {
    await using spark = await startSpark({
      ...settings(session),
      ...SETTINGS[kind],
    });
    const { sparkContext: sc } = spark;
    await sc.setLogLevel("OFF");
    let before = holdings(session);
    // As many connections to the JVM as any fault uses at once: they are kept.
    await Promise.all([1, 2, 3].map(() => nextJob(sc)));
    for (let i = 0; i < 5; i++) {
      await nextJob(sc);
      before = most(before, holdings(session));
    }
    const faults = [...PROCESS_FAULTS, ...FUNCTION_FAULTS].filter((fault) =>
      fault.session === kind && names.includes(fault.name)
    );
    for (const fault of faults) {
      for (let i = 0; i < times; i++) {
        const folder = await Deno.makeTempDir({ dir: `${root}/words` });
        tell(await runFault(fault, sc, folder, session, before));
        await Deno.remove(folder, { recursive: true });
      }
    }
  }
  if (isMounted) await run("umount", [`${session}/local`]);
}

async function runFault(
  fault: Fault,
  sc: SparkContext,
  folder: string,
  session: string,
  before: Holdings,
): Promise<Outcome> {
  const { name } = fault;
  const started = performance.now();
  const ms = (): number => Math.round(performance.now() - started);
  let seen: string;
  try {
    using scene = new Scene(sc, folder);
    seen = await fault.run(scene);
  } catch (error) {
    const wrong = Deno.inspect(error).slice(0, 3000);
    return { name, seen: null, wrong, ms: ms() };
  }
  const left = await settled(sc, session, before);
  return {
    name,
    seen,
    wrong: left === null ? null : `left: ${left}`,
    ms: ms(),
  };
}

/**
 * Runs the next job, which has to give its exact result, and goes on with
 * jobs until nothing more is held than before.
 *
 * @returns what is left even so
 */
async function settled(
  sc: SparkContext,
  session: string,
  before: Holdings,
): Promise<string | null> {
  const end = performance.now() + SETTLE_MS;
  for (;;) {
    await nextJob(sc);
    const left = moreThan(holdings(session), before);
    if (left === null || performance.now() > end) return left;
  }
}

async function nextJob(sc: SparkContext): Promise<void> {
  const next = await sc.range(0, 100, 1, 2).map((n) => n + 1).collect();
  assert.deepEqual(next, Array.from({ length: 100 }, (_, n) => n + 1));
}

async function runOwn(
  root: string,
  times: number,
  names: readonly string[],
): Promise<void> {
  { // What a first session leaves in the runtime is no fault's.
    await using spark = await startSpark();
    await nextJob(spark.sparkContext);
  }
  for (const { name, run } of OWN_FAULTS) {
    if (!names.includes(name)) continue;
    for (let i = 0; i < times; i++) {
      const folder = await Deno.makeTempDir({ dir: root });
      const started = performance.now();
      const before = holdings(folder);
      let seen: string | null = null;
      let wrong: string | null;
      try {
        seen = await run(folder);
        {
          await using spark = await startSpark(settings(folder));
          await nextJob(spark.sparkContext);
        }
        wrong = moreThan(holdings(`${folder}/local`), before);
      } catch (error) {
        wrong = Deno.inspect(error).slice(0, 3000);
      }
      tell({ name, seen, wrong, ms: Math.round(performance.now() - started) });
    }
  }
}

function tell(outcome: Outcome): void {
  console.log(`@fault ${JSON.stringify(outcome)}`);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args: [...args],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

if (import.meta.main) await main();
