/**
 * Records what real JVMs send to their workers, for `test/wire/`.
 *
 * Runs PySpark of the versions asked for with a recorder in place of its
 * workers (`record_wire_worker.ts`) over a fixed list of small jobs
 * (`record_wire_job.py`), replaces secrets by zeros of the same length, and
 * writes one file per task and one README per version.
 *
 * Usage: `deno run -A scripts/record_wire.ts FOLDER…`, each the target of
 * `pip install --target FOLDER pyspark==VERSION`. Needs python3 and Java.
 *
 * @module
 */

import { ByteReader } from "../src/common/byte_reader.ts";
import { type Dialect, dialectOf } from "../src/protocol/dialect.ts";
import { readTaskHeader } from "../src/protocol/task_header.ts";

interface Step {
  /** Name of the file. */
  readonly name: string;
  /** What the task is, for the README. */
  readonly what: string;
}

interface Run {
  readonly name: string;
  /** Oldest dialect that has it. */
  readonly since: Dialect;
  /** One per task, in the order of `record_wire_job.py`. */
  readonly steps: readonly Step[];
}

const NEUTRAL_FOLDER = "/tmp/tspark-wire"; // paths in the bytes name no person and no machine

const RUN_DEADLINE_MS = 120_000; // a run takes about 12 seconds

const RUNS: readonly Run[] = [
  {
    name: "tcp",
    since: "3.5",
    steps: [
      { name: "plain", what: "three numbers by parallelize, one frame" },
      { name: "text", what: "four lines of a text file, one empty" },
      { name: "pairs", what: "wholeTextFiles: key and value in turn" },
      { name: "broadcast_added", what: "a broadcast in a file" },
      {
        name: "broadcast_replaced",
        what: "another broadcast, and the first one's removal",
      },
      { name: "barrier", what: "a barrier stage of one task" },
      { name: "map_in_arrow", what: "kind 207 over three longs" },
      {
        name: "arrow_row_function",
        what: "kind 101 of two arguments over three longs",
      },
    ],
  },
  {
    name: "encrypted",
    since: "3.5",
    steps: [
      {
        name: "encrypted_broadcast_added",
        what: "a broadcast by socket, I/O encryption on",
      },
      {
        name: "encrypted_broadcast_replaced",
        what: "another by socket, and the first one's removal",
      },
      { name: "encrypted_barrier", what: "a barrier stage, I/O encryption on" },
    ],
  },
  {
    name: "unix",
    since: "4.1",
    steps: [
      {
        name: "unix_broadcast_added",
        what: "a broadcast by Unix socket, I/O encryption on",
      },
      {
        name: "unix_broadcast_replaced",
        what: "another by Unix socket, and the first one's removal",
      },
      { name: "unix_barrier", what: "a barrier stage on a Unix socket" },
    ],
  },
];

await main(Deno.args);

async function main(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const version = await versionOf(folder);
    const dialect = dialectOf(version);
    const target = `${root()}/test/wire/${version}`;
    await Deno.mkdir(target, { recursive: true });
    const runs = RUNS.filter((run) => run.since <= dialect);
    const rows: string[] = [];
    for (const run of runs) {
      rows.push(...await record(run, folder, version, target));
    }
    await Deno.writeTextFile(`${target}/README.md`, readme(version, rows));
    const args = ["fmt", "--quiet", `${target}/README.md`];
    await new Deno.Command(Deno.execPath(), { args }).output();
  }
}

async function versionOf(folder: string): Promise<string> {
  const text = await Deno.readTextFile(`${folder}/pyspark/version.py`);
  const version = /__version__[^"']*["']([^"']+)["']/.exec(text)?.[1];
  if (version === undefined) throw new Error(`No version in "${folder}"`);
  return version;
}

/** @returns the README's rows */
async function record(
  run: Run,
  folder: string,
  version: string,
  target: string,
): Promise<string[]> {
  const out = await Deno.makeTempDir();
  await Deno.mkdir(NEUTRAL_FOLDER); // fails when another recording runs
  try {
    const launcher = `${out}/worker`;
    await Deno.writeTextFile(launcher, launcherText());
    await Deno.chmod(launcher, 0o755);
    const job = `${NEUTRAL_FOLDER}/job.py`;
    await Deno.copyFile(`${root()}/scripts/record_wire_job.py`, job);
    // The functions that PySpark pickles name their source files.
    const home = `${NEUTRAL_FOLDER}/pyspark`;
    await Deno.symlink(await Deno.realPath(folder), home);
    const { success } = await new Deno.Command("python3", {
      args: [job, run.name, NEUTRAL_FOLDER, version],
      cwd: NEUTRAL_FOLDER,
      env: {
        PYTHONPATH: home,
        SPARK_HOME: `${home}/pyspark`,
        PYSPARK_PYTHON: launcher,
        TSPARK_WIRE_OUT: out,
        TSPARK_WIRE_DIALECT: version,
      },
      stdout: "inherit",
      stderr: "inherit",
      signal: AbortSignal.timeout(RUN_DEADLINE_MS),
    }).output();
    if (!success) throw new Error(`Run "${run.name}" of ${version} failed`);
    const rows: string[] = [];
    for (const [index, step] of run.steps.entries()) {
      const name = `${out}/${String(index).padStart(3, "0")}`;
      rows.push(...await keep(step, name, version, target));
    }
    return rows;
  } finally {
    await Deno.remove(NEUTRAL_FOLDER, { recursive: true });
    await Deno.remove(out, { recursive: true });
  }
}

function launcherText(): string {
  const worker = `${root()}/scripts/record_wire_worker.ts`;
  return `#!/bin/sh\nexec "${Deno.execPath()}" run -A --no-lock "${worker}" "$@"\n`;
}

async function keep(
  step: Step,
  recorded: string,
  version: string,
  target: string,
): Promise<string[]> {
  const bytes = await Deno.readFile(`${recorded}.bin`);
  hideSecrets(bytes, dialectOf(version));
  await Deno.writeFile(`${target}/${step.name}.bin`, bytes);
  const rows = [row(`${step.name}.bin`, step.what, bytes)];
  const values = await readIfAny(`${recorded}.values`);
  if (values !== null) {
    const name = `${step.name}.values.bin`;
    await Deno.writeFile(`${target}/${name}`, values);
    rows.push(row(name, "the broadcasts' socket after the handshake", values));
  }
  return rows;
}

function row(name: string, what: string, bytes: Uint8Array): string {
  return `| \`${name}\` | ${what} | ${bytes.length} |`;
}

async function readIfAny(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function hideSecrets(bytes: Uint8Array, dialect: Dialect): void {
  const header = readTaskHeader(ByteReader.of(bytes), dialect, () => {});
  const { barrier } = header?.context ?? {};
  const { socket } = header?.broadcasts ?? {};
  const secrets = [barrier, socket].flatMap((endpoint) =>
    endpoint?.kind === "tcp" ? [endpoint.secret] : []
  );
  // Spark 4.2 and later send the secret even without a barrier.
  const text = new TextDecoder("latin1").decode(bytes);
  const inJson = /"secret":"([0-9a-f]+)"/.exec(text)?.[1];
  if (inJson !== undefined) secrets.push(inJson);
  for (const secret of secrets) zero(bytes, secret);
}

function zero(bytes: Uint8Array, secret: string): void {
  const sought = new TextEncoder().encode(secret);
  for (let at = 0; at + sought.length <= bytes.length; at++) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) {
      bytes.fill(0x30, at, at + sought.length);
    }
  }
}

function root(): string {
  return new URL("..", import.meta.url).pathname.replace(/\/$/, "");
}

function readme(version: string, rows: readonly string[]): string {
  return `# What Spark ${version} sends to a worker

Recorded on ${
    new Date().toISOString().slice(0, 10)
  } from the JVM of the \`pyspark\` package ${version}, driven by its own Python side, by \`scripts/record_wire.ts\`: each file holds all bytes that the JVM sent for one task, from the header to its end of stream, without the handshake before them. Secrets are replaced by zeros of the same length; nothing else is changed.

| file | task | bytes |
|---|---|---|
${rows.join("\n")}
`;
}
