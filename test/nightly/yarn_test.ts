/** YARN for real, of two node managers on this machine: client and cluster mode. */
import assert from "node:assert/strict";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import type { RowJob } from "../clusters/matrix_row.ts";
import { commandOf, descendants, gone } from "../integration/processes.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { startYarn, type YarnCluster } from "./yarn_cluster.ts";

const LIMIT_MS = 240_000;
const CLI = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const PROGRAM = new URL("yarn_program.ts", import.meta.url).pathname;
const ROW_JOB = new URL("../clusters/row_job.ts", import.meta.url).pathname;
const TEXT = "a b a\nc a\n";
const COUNTS = [["a", 3], ["b", 1], ["c", 1]];

Deno.test("programs run on YARN", async (t) => {
  await using folder = await temporaryFolder();
  await using cluster = await startYarn(folder.path);
  const text = `${folder.path}/text.txt`;
  await Deno.writeTextFile(text, TEXT);
  const file = `file://${text}`;
  const jars = `local:${(await findSpark()).home}/jars/*`; // else 400 MB are sent each time
  const small = [
    ...["--conf", `spark.yarn.jars=${jars}`],
    ...["--conf", "spark.ui.enabled=false"],
    ...["--conf", "spark.executor.memoryOverhead=512m"],
    ...["--driver-memory", "512m", "--executor-memory", "512m"],
  ];
  const inCluster = [
    ...["submit", "--master", "yarn", "--deploy-mode", "cluster", ...small],
    ...["--conf", "spark.driver.memoryOverhead=512m"],
  ];

  await t.step("in client mode", async () => {
    const { code, stdout, stderr } = await run(cluster, [
      ...["run", "--master", "yarn", "--num-executors", "2", ...small],
      ...[PROGRAM, file],
    ]);
    assert.equal(code, 0, stderr);
    const { attempt, hosts, ...said } = outcomeIn(stdout);
    assert.equal(attempt, undefined);
    assert.ok(hosts >= 1);
    isRight(said);
  });

  await t.step("with executors as they are needed", async () => {
    const job: RowJob = {
      name: "dynamic allocation",
      master: "yarn",
      settings: {
        "spark.yarn.jars": jars,
        "spark.executor.memoryOverhead": "512m",
        "spark.dynamicAllocation.enabled": "true",
        "spark.dynamicAllocation.shuffleTracking.enabled": "true",
        "spark.dynamicAllocation.minExecutors": "0",
        "spark.dynamicAllocation.maxExecutors": "2",
        "spark.dynamicAllocation.initialExecutors": "0",
      },
      proof: "executors",
      text,
    };
    const { code, stdout, stderr } = await runDeno(cluster, [
      ROW_JOB,
      JSON.stringify(job),
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"proof":"tasks ran in 2 executors"/);
  });

  await t.step("in cluster mode, with what the program imports", async () => {
    const { code, stdout, stderr } = await run(cluster, [
      ...[...inCluster, "--num-executors", "1", PROGRAM, file],
    ]);
    assert.equal(code, 0, stderr);
    const { attempt, hosts: _, ...said } = outcomeIn(stdout);
    assert.equal(attempt, "01");
    isRight(said);
  });

  await t.step("in cluster mode, with the program's exit code", async () => {
    const { code, stdout } = await run(cluster, [
      ...[...inCluster, "--num-executors", "1"],
      ...["--conf", "spark.yarn.maxAppAttempts=1", PROGRAM, file, "fail"],
    ]);
    assert.equal(code, 7);
    isRight(outcomeIn(stdout));
  });

  await t.step(
    "in cluster mode, again where its application master is killed",
    async () => {
      const { code, stdout, stderr } = await run(cluster, [
        ...[...inCluster, "--num-executors", "1"],
        ...["--conf", "spark.yarn.maxAppAttempts=2", PROGRAM, file, "once"],
      ]);
      assert.equal(code, 0, stderr);
      // What the first one wrote last may have gone with its JVM.
      const { attempt, hosts: _, ...said } = outcomeIn(stdout);
      assert.equal(attempt, "02");
      isRight(said);
      assert.match(stderr, /^Attempt 1 wrote:$[^]*^Attempt 2 wrote:$/m);
    },
  );

  await t.step("and leave no process behind", async () => {
    await gone(
      descendants(Deno.pid).filter((pid) =>
        commandOf(pid)?.includes("container_")
      ),
    );
  });
});

interface Outcome {
  readonly attempt?: string;
  readonly hosts: number;
}

/** What the program said, among what else is printed. */
function outcomeIn(stdout: string): Outcome {
  const line = stdout.split("\n").findLast((line) => line.startsWith("{"));
  return JSON.parse(line ?? assert.fail(stdout)) as Outcome;
}

function isRight(said: object): void {
  const { counts, lengths, rows, read } = said as Record<string, unknown>;
  assert.deepEqual(
    { counts, lengths, rows, read },
    {
      counts: COUNTS,
      lengths: [172_800_000, 3_600_000, 10_000],
      rows: [{ s: "N0!" }, { s: "N1!" }, { s: "N2!" }],
      read: [{ n: 2 }],
    },
  );
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tspark`. */
function run(cluster: YarnCluster, words: readonly string[]): Promise<Ended> {
  return runDeno(cluster, [CLI, ...words]);
}

async function runDeno(
  { confFolder }: YarnCluster,
  words: readonly string[],
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", ...words],
    env: { HADOOP_CONF_DIR: confFolder, NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
