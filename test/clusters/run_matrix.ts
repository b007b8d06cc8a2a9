import { installSpark } from "../../src/driver/launch/install_spark.ts";
import { bundledWorker } from "../../src/driver/launch/worker_bundle.ts";
import type { MatrixRow, RowOutcome } from "./matrix_row.ts";

/** What a row came to on one Spark. */
export interface RowResult extends Partial<RowOutcome> {
  readonly name: string;
  readonly version: string;
  readonly seconds: number;
  /** The end of what the program said, where it failed. */
  readonly failure?: string;
}

const NEWEST = "4.3.0";
const RUN_ROWS = new URL("run_rows.ts", import.meta.url).pathname;
const WORKER = new URL("../../worker/main.ts", import.meta.url).pathname;
const MARK = "@row ";

/** A version, and the rows to run on it. */
export type RowsOfVersion = readonly [string, readonly MatrixRow[]];

/** The rows of each Spark. */
export function rowsByVersion(rows: readonly MatrixRow[]): RowsOfVersion[] {
  const versions = [...new Set(rows.flatMap(versionsOf))];
  return versions.map((version) => [
    version,
    rows.filter((row) => versionsOf(row).includes(version)),
  ]);
}

/**
 * Runs rows on one Spark in a network namespace of their own, where nothing
 * else can be reached. Needs Linux and the right to make one.
 *
 * @throws Error when a row gives no result
 */
export async function runRows(
  [version, rows]: RowsOfVersion,
): Promise<RowResult[]> {
  // Deno's bundler comes from npm at its first use, which is out of reach there.
  await bundledWorker(WORKER);
  const names = JSON.stringify(rows.map(({ name }) => name));
  const { stdout, stderr } = await new Deno.Command("unshare", {
    args: [
      ...["--net", Deno.execPath(), "run", "--allow-all", "--no-check"],
      ...[RUN_ROWS, names, version],
    ],
    env: { SPARK_HOME: (await installSpark(version)).home },
  }).output();
  const results = new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.startsWith(MARK))
    .map((line) => JSON.parse(line.slice(MARK.length)) as RowResult);
  if (results.length === rows.length) return results;
  throw new Error(
    `${results.length} of ${rows.length} rows gave a result:\n${
      new TextDecoder().decode(stderr)
    }`,
  );
}

function versionsOf({ versions = [NEWEST] }: MatrixRow): readonly string[] {
  return versions;
}
