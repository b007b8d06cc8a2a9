import { GatewayError } from "../../common/errors.ts";
import { childOutput } from "../../common/platform/child_output.ts";
import { platform } from "../../common/platform/deno.ts";

/** A Java on this machine. */
export interface FoundJava {
  /** Its program, as it is to be called. */
  readonly program: string;
  /** Its major version, such as 17; null when it does not tell. */
  readonly major: number | null;
}

/**
 * Looks for the reason why a JVM did not start. Asked only after a failure: it
 * runs `java -version`, which takes as long as the start of a JVM.
 *
 * @param sparkHome Spark's folder; its jars tell which Java it needs
 * @param env the environment that spark-submit got
 * @returns what is wrong with Java; null when nothing is
 */
export async function diagnoseJava(
  sparkHome: string,
  env: Readonly<Record<string, string>>,
): Promise<GatewayError | null> {
  try {
    await findJava(sparkHome, env);
    return null;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

/**
 * Finds the Java that spark-submit would run.
 *
 * @param sparkHome Spark's folder; its jars tell which Java it needs
 * @param env the environment that spark-submit would get
 * @throws GatewayError `JAVA_NOT_FOUND`, or `JAVA_TOO_OLD` for that Spark
 */
export async function findJava(
  sparkHome: string,
  env: Readonly<Record<string, string>>,
): Promise<FoundJava> {
  const spark = await sparkVersion(sparkHome);
  const needed = neededJava(spark);
  const remedy =
    `install Java ${needed} or newer and set JAVA_HOME to its folder`;
  const home = env.JAVA_HOME;
  const java = home ? `${home}/bin/java` : "java";
  const output = await javaVersionOutput(java, env);
  if (output === null) {
    const place = home
      ? `JAVA_HOME is "${home}" and there is no program "${java}"`
      : `JAVA_HOME is not set and PATH, which is "${
        env.PATH ?? ""
      }", has no program "java"`;
    throw new GatewayError(
      "JAVA_NOT_FOUND",
      `Cannot find Java: ${place}; ${remedy}`,
      { javaHome: home, path: env.PATH },
    );
  }
  const major = javaMajor(output);
  if (major === null || major >= needed) return { program: java, major };
  throw new GatewayError(
    "JAVA_TOO_OLD",
    `Cannot run Spark ${spark ?? ""} on "${java}": it is Java ${major}${
      home ? "" : ", found through PATH"
    }, and Java ${needed} or newer is needed; ${remedy}`,
    { java, major, needed },
  );
}

/**
 * Reads the major version from what `java -version` prints.
 *
 * @param output its stderr
 * @returns such as 17, and 8 for "1.8.0"; null when it names none
 */
export function javaMajor(output: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match === null ? null : Number(match[1]);
}

function neededJava(spark: string | null): number {
  return spark?.startsWith("3.") ? 8 : 17;
}

async function sparkVersion(sparkHome: string): Promise<string | null> {
  const jars = await platform.listFolder(`${sparkHome}/jars`) ?? [];
  for (const name of jars) {
    const match = /^spark-core_[\d.]+-(.+)\.jar$/.exec(name);
    if (match?.[1] !== undefined) return match[1];
  }
  return null;
}

/** What it prints to stderr; null when it cannot be run. */
async function javaVersionOutput(
  java: string,
  env: Readonly<Record<string, string>>,
): Promise<string | null> {
  try {
    // Looked up by a shell: `env.PATH` counts, not this program's own.
    const child = platform.spawn(
      "/bin/sh",
      ["-c", 'exec "$1" -version', "sh", java],
      env,
    );
    const { code, stderr } = await childOutput(child);
    // The shell's own answers for "not found" and "may not be run".
    return code === 127 || code === 126 ? null : stderr;
  } catch {
    return null; // no shell: then nothing is found through it
  }
}
