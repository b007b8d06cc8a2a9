import type { Command } from "commander";
import { join } from "shlex";
import { hidesValue } from "../driver/launch/submit_command.ts";
import { note } from "./terminal.ts";
import { usageError } from "./usage_error.ts";

/** The options of `run` and `shell` that are spark-submit's own, with what help says of them. */
const OPTIONS: readonly (readonly [flags: string, text: string])[] = [
  ["--master <url>", "where to run, such as local[4] or spark://host:7077"],
  ["--name <name>", "the application's name"],
  ["--packages <coordinates>", "Maven packages, separated by commas"],
  ["--exclude-packages <coordinates>", "packages to leave out"],
  ["--repositories <urls>", "more places to look for packages"],
  ["--jars <files>", "jars, separated by commas"],
  ["--files <files>", "files that every executor gets"],
  ["--archives <files>", "archives that every executor gets, unpacked"],
  ["--driver-memory <size>", "memory of the driver's JVM, such as 4g"],
  ["--driver-java-options <options>", "more options of the driver's JVM"],
  ["--driver-class-path <path>", "more jars of the driver's JVM"],
  ["--executor-memory <size>", "memory of an executor, such as 4g"],
  ["--executor-cores <count>", "cores of an executor"],
  ["--num-executors <count>", "number of executors, on YARN and Kubernetes"],
  ["--total-executor-cores <count>", "cores of all, on a standalone cluster"],
  ["--properties-file <file>", "settings to read in place of Spark's defaults"],
];

/**
 * Gives a command the options that Spark is started with.
 *
 * @param command a command of `tspark`
 * @returns the same command
 */
export function addSparkOptions(command: Command): Command {
  for (const [flags, text] of OPTIONS) command.option(flags, text);
  return command.option(
    "-c, --conf <key=value>",
    "one of Spark's settings; may be given again",
    (setting: string, before: readonly string[] = []) => [...before, setting],
  );
}

/**
 * The environment that hands options of {@link addSparkOptions} to a program's
 * driver, in `PYSPARK_SUBMIT_ARGS` after what that holds already.
 *
 * @param options what commander read
 * @param env the environment so far
 * @param name the application's name when nobody gives one
 * @throws SparkError when a `--conf` is not a setting
 */
export function sparkEnvironment(
  options: object,
  env: Readonly<Record<string, string>>,
  name: string,
): Record<string, string> {
  const words: string[] = [];
  for (const [flags] of OPTIONS) {
    const flag = flags.split(" ", 1)[0] ?? "";
    const value = valueOf(options, flag);
    if (typeof value !== "string") continue;
    checkValue(flag, value);
    words.push(flag, value);
  }
  for (const setting of settingsOf(options)) {
    checkSetting(setting);
    words.push("--conf", setting);
  }
  const before = (env.PYSPARK_SUBMIT_ARGS ?? "")
    .replace(/(?:^|\s)pyspark-shell\s*$/, "");
  const parts = [join(["--name", name]), before, join(words), "pyspark-shell"];
  const text = parts.filter((part) => part !== "").join(" ");
  return { ...env, PYSPARK_SUBMIT_ARGS: text };
}

/** Commander names `--driver-memory` `driverMemory`. */
function valueOf(options: object, flag: string): unknown {
  const name = flag.slice(2).replaceAll(
    /-(.)/g,
    (_, letter: string) => letter.toUpperCase(),
  );
  return Object.entries(options).find(([key]) => key === name)?.[1];
}

function settingsOf(options: object): readonly string[] {
  const settings = valueOf(options, "--conf");
  return Array.isArray(settings)
    ? settings.filter((setting) => typeof setting === "string")
    : [];
}

function checkValue(flag: string, value: string): void {
  if (value.trim() !== "") return;
  throw usageError(
    `Cannot take "${value}" for ${flag}: it is empty; give it a value, or leave ${flag} out`,
    value,
  );
}

function checkSetting(setting: string): void {
  const key = setting.split("=", 1)[0] ?? "";
  if (key === "" || key === setting) {
    throw usageError(
      `Cannot take the setting "${key}": it is not of the form key=value; write it like --conf spark.ui.enabled=false`,
      key,
    );
  }
  if (!hidesValue(key)) return;
  note(
    `tspark: The value of "${key}" stands on this command line, where every user of the machine can read it; put it into a file and give --properties-file`,
  );
}
