/**
 * Keeps what was measured, where and with what, as a dated file.
 *
 * @module
 */
import type { EngineVersions } from "./engine_process.ts";
import type { ScalingResult } from "./scaling.ts";
import type { Timings } from "./statistics.ts";

/** One comparison, as it is kept in `bench/record/`. */
export interface BenchRecord {
  /** When it ended, ISO 8601. */
  readonly date: string;
  /** Where it ran. */
  readonly machine: Machine;
  /** What ran, by engine. */
  readonly engines: Readonly<Record<string, EngineVersions>>;
  /** First line of `java -version`. */
  readonly java: string;
  /** Commit of this repository, with "+" for changes on top. */
  readonly commit: string;
  /** Name of the text, and its size in bytes. */
  readonly text: { readonly name: string; readonly bytes: number };
  /** Spark properties of all engines. */
  readonly settings: Readonly<Record<string, string>>;
  /** Untimed runs before those of a warm job; absent in records from when it was always one. */
  readonly untimedRuns?: number;
  /** Timings by job and engine, in seconds, with the checksum all agreed on. */
  readonly jobs: Readonly<Record<string, RecordedJob>>;
  /** What failed, a line for each job and engine. */
  readonly failures: readonly string[];
}

/** How the word count grew, as it is kept in `bench/record/`. */
export interface ScalingRecord
  extends Pick<BenchRecord, "date" | "machine" | "java" | "commit"> {
  /** Spark properties. */
  readonly settings: Readonly<Record<string, string>>;
  /** What each case took. */
  readonly cases: readonly ScalingResult[];
}

/** One job of a record. */
export interface RecordedJob {
  /** Checksum of the result in every engine. */
  readonly checksum: string;
  /** Timings by engine. */
  readonly engines: Readonly<Record<string, Timings>>;
  /** Most memory that one worker held, in MiB, by engine that has workers. */
  readonly workerMiB: Readonly<Record<string, number>>;
}

/** The machine of a record. */
export interface Machine {
  /** Operating system and processor's kind. */
  readonly platform: string;
  /** Logical processors. */
  readonly cores: number;
  /** Processor's model as the system names it. */
  readonly processor: string;
  /** Memory in GiB. */
  readonly memoryGiB: number;
}

/** Describes this machine. */
export async function describeMachine(): Promise<Machine> {
  const info = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return {
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    cores: navigator.hardwareConcurrency,
    processor: /model name\s*: (.*)/.exec(info)?.[1] ?? "unknown",
    memoryGiB: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
  };
}

/** Returns this repository's commit, with "+" when files differ from it. */
export async function describeCommit(): Promise<string> {
  const commit = await outputOf("git", ["rev-parse", "--short", "HEAD"]);
  const changes = await outputOf("git", ["status", "--porcelain"]);
  return commit + (changes === "" ? "" : "+");
}

/** Returns the first line of `java -version`. */
export async function describeJava(): Promise<string> {
  const home = Deno.env.get("JAVA_HOME");
  const java = home === undefined ? "java" : `${home}/bin/java`;
  return (await outputOf(java, ["-version"])).split("\n", 1)[0] ?? "";
}

/**
 * Writes a record under a name of its own.
 *
 * @returns the file's path
 */
export function writeRecord(record: BenchRecord): Promise<string> {
  return writeDated(record, "");
}

/** As {@link writeRecord}. */
export function writeScalingRecord(record: ScalingRecord): Promise<string> {
  return writeDated(record, "_scaling");
}

async function writeDated(
  record: BenchRecord | ScalingRecord,
  kind: string,
): Promise<string> {
  const folder = decodeURIComponent(
    new URL("../record", import.meta.url).pathname,
  );
  const machine = `${Deno.build.os}-${Deno.build.arch}-${record.machine.cores}`;
  const name = `${record.date.slice(0, 10)}_${machine}${kind}`;
  for (let count = 1;; count++) {
    const path = `${folder}/${name}${count === 1 ? "" : `_${count}`}.json`;
    try {
      await Deno.writeTextFile(path, `${JSON.stringify(record, null, 2)}\n`, {
        createNew: true,
      });
      return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

async function outputOf(
  program: string,
  args: readonly string[],
): Promise<string> {
  try {
    const { stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
    }).output();
    // java prints its version to stderr.
    return new TextDecoder().decode(stdout.length > 0 ? stdout : stderr).trim();
  } catch {
    return "unknown";
  }
}
