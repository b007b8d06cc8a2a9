/**
 * How each engine is started on the same Spark with the same settings.
 *
 * @module
 */
import type { JobDefinition } from "../definitions/definition.ts";
import type { EngineCommand } from "./engine_process.ts";

/** Names of the engines, in the order of the table. */
export const ENGINES = ["tspark", "twin", "pyspark", "scala"] as const;

/** The engines that run unless others are named: `twin` is TSpark without its addon. */
export const USUAL_ENGINES: readonly EngineName[] = [
  "tspark",
  "pyspark",
  "scala",
];

/** Name of an engine. */
export type EngineName = typeof ENGINES[number];

/** What all engines of a comparison share. */
export interface EngineSetup {
  /** Home of the Spark that all use. */
  readonly sparkHome: string;
  /** Spark properties, the master among them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Every job there is, for an engine that compiles them all at its start. */
  readonly jobs: readonly JobDefinition[];
  /** Folder for files made for this run. */
  readonly temporary: string;
}

const FOLDER = decodeURIComponent(
  new URL("../engines", import.meta.url).pathname,
);

/** Returns how to start the named engine. */
export async function engineCommand(
  engine: EngineName,
  setup: EngineSetup,
): Promise<EngineCommand> {
  const env = {
    SPARK_HOME: setup.sparkHome,
    BENCH_CONF: JSON.stringify(setup.settings),
  };
  switch (engine) {
    case "tspark":
      return { engine, command: tsparkCommand(), env };
    case "twin":
      return {
        engine,
        command: tsparkCommand(),
        env: { ...env, TSPARK_ADDON: "off" },
      };
    case "pyspark": {
      const python = await findPython();
      return {
        engine,
        command: [python, `${FOLDER}/pyspark/main.py`],
        env: {
          ...env,
          PYTHONPATH: await pythonPath(setup.sparkHome),
          PYSPARK_PYTHON: python,
        },
      };
    }
    case "scala":
      return {
        engine,
        command: [
          `${setup.sparkHome}/bin/spark-shell`,
          ...Object.entries(setup.settings)
            .flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
          "-i",
          await writeScalaProgram(setup),
        ],
        env,
      };
  }
}

function tsparkCommand(): string[] {
  const main = `${FOLDER}/tspark/main.ts`;
  return [Deno.execPath(), "run", "--allow-all", main];
}

/** The interpreter itself: a shim in front of it would cost PySpark time. */
export async function findPython(): Promise<string> {
  const { stdout } = await new Deno.Command("python3", {
    args: ["-c", "import sys; print(sys.executable)"],
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

/** Spark's own PySpark: in a pip package it lies around the home, else in python/. */
export async function pythonPath(sparkHome: string): Promise<string> {
  const library = `${sparkHome}/python/lib`;
  const entries = await Array.fromAsync(Deno.readDir(library));
  const py4j = entries.find((entry) => entry.name.startsWith("py4j"));
  const packaged = await isThere(`${sparkHome}/__init__.py`);
  return packaged || py4j === undefined
    ? sparkHome.slice(0, sparkHome.lastIndexOf("/"))
    : `${sparkHome}/python:${library}/${py4j.name}`;
}

/** One file for spark-shell: it compiles the whole of it as one block. */
async function writeScalaProgram(setup: EngineSetup): Promise<string> {
  const folder = `${FOLDER}/scala`;
  const jobs = setup.jobs.filter(({ engines, program }) =>
    program === undefined && engines?.includes("scala") !== false
  );
  const files = [
    `${folder}/engine.scala`,
    ...jobs.map((job) => `${folder}/jobs/${job.name}.scala`),
    `${folder}/main.scala`,
  ];
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(file)));
  const calls = jobs.map((job) => `"${job.name}" -> ${toPascalCase(job.name)}`);
  const path = `${setup.temporary}/engine.scala`;
  await Deno.writeTextFile(
    path,
    [...texts, `Engine.serve(spark, ${calls.join(", ")})`, "System.exit(0)", ""]
      .join("\n"),
  );
  return path;
}

function toPascalCase(name: string): string {
  return name.replaceAll(
    /(?:^|_)([a-z])/g,
    (_, letter: string) => letter.toUpperCase(),
  );
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
