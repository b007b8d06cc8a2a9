/**
 * Runs rows of the matrix: `deno run -A test/clusters/run_rows.ts '<names as
 * JSON>' <version>`, in a network namespace of its own where the rows ask for
 * hosts. Prints a line of JSON for each row.
 *
 * @module
 */
import { DRIVER_ADDRESS, raiseLoopback } from "./host_lab.ts";
import { MATRIX, type MatrixRow, type RowJob } from "./matrix_row.ts";
import type { RowResult } from "./run_matrix.ts";
import { startStandalone } from "./standalone_cluster.ts";

const ROW_LIMIT_MS = 240_000;
const TEXT = new URL("../../examples/data/kjv.txt", import.meta.url);
const ROW_JOB = new URL("row_job.ts", import.meta.url).pathname;

const [names = "[]", version = ""] = Deno.args;
const rows = MATRIX.filter(({ name }) => JSON.parse(names).includes(name));
const sparkHome = Deno.env.get("SPARK_HOME") ?? "";
const folder = await Deno.makeTempDir({ prefix: "matrix-" });
await raiseLoopback();
try {
  const ofHosts = rows.filter(({ master }) => master === "standalone");
  await runAll(rows.filter((row) => !ofHosts.includes(row)), {}, undefined);
  if (ofHosts.length > 0) {
    await using cluster = await startStandalone(sparkHome, folder);
    await runAll(ofHosts, {
      "spark.driver.host": DRIVER_ADDRESS,
      "spark.driver.bindAddress": DRIVER_ADDRESS,
    }, cluster.master);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function runAll(
  rows: readonly MatrixRow[],
  settings: Readonly<Record<string, string>>,
  master: string | undefined,
): Promise<void> {
  for (const row of rows) {
    const result = await runRow(row, settings, master ?? row.master);
    console.log(`@row ${JSON.stringify(result)}`);
  }
}

async function runRow(
  row: MatrixRow,
  settings: Readonly<Record<string, string>>,
  master: string,
): Promise<RowResult> {
  const local = `${folder}/local`;
  await Deno.mkdir(local, { recursive: true });
  const job: RowJob = {
    name: row.name,
    master,
    settings: { "spark.local.dir": local, ...settings, ...row.settings },
    proof: row.proof,
    text: decodeURIComponent(TEXT.pathname),
  };
  const start = performance.now();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", ROW_JOB, JSON.stringify(job)],
    env: {
      SPARK_WORKER_DIR: `${folder}/work`, // of local-cluster
      ...(row.master === "standalone"
        ? { SPARK_LOCAL_IP: DRIVER_ADDRESS }
        : {}),
      ...row.env,
    },
    signal: AbortSignal.timeout(ROW_LIMIT_MS),
  }).output();
  const seconds = Math.round((performance.now() - start) / 1000);
  const last = new TextDecoder().decode(stdout).trim().split("\n").at(-1);
  if (code === 0 && last !== undefined) {
    return { name: row.name, version, seconds, ...JSON.parse(last) };
  }
  const told = new TextDecoder().decode(stderr).trim().split("\n");
  return {
    name: row.name,
    version,
    seconds,
    failure: told.slice(-40).join("\n"),
  };
}
