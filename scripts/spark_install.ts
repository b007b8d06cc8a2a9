/**
 * `deno task spark:install [version]`: puts the `pyspark` package of that
 * version, which carries all of Spark, into the per-user cache.
 *
 * @module
 */
import {
  DEFAULT_SPARK_VERSION,
  sparkCacheHome,
} from "../src/driver/launch/find_spark.ts";

/** What {@link installSpark} did. */
export interface InstalledSpark {
  /** Spark's home, ready for `SPARK_HOME`. */
  readonly home: string;
  /** Whether this call put it there. */
  readonly fresh: boolean;
}

/**
 * Puts Spark of the given version into the cache, unless it is there. Two
 * calls at once are safe: each fills a folder of its own, and the one that
 * comes second finds the work done.
 *
 * @param version such as `"4.3.0"`
 * @throws Error when the version is not one, or pip is missing or fails
 */
export async function installSpark(version: string): Promise<InstalledSpark> {
  if (!/^[3-9]\.\d{1,2}\.\d{1,2}(\.dev\d+|rc\d+)?$/.test(version)) {
    throw new Error(
      `Cannot install Spark "${version}": that is not a version; ` +
        `give one such as "${DEFAULT_SPARK_VERSION}"`,
    );
  }
  const home = sparkCacheHome(version);
  const folder = home.slice(0, home.lastIndexOf("/"));
  if (await isThere(`${home}/bin/spark-submit`)) return { home, fresh: false };

  const parent = folder.slice(0, folder.lastIndexOf("/"));
  await Deno.mkdir(parent, { recursive: true });
  const temporary = await Deno.makeTempDir({
    dir: parent,
    prefix: `.installing-${version}-`,
  });
  try {
    await runPip(version, temporary);
    // makeTempDir closes the folder to others; a cache is for reading.
    await Deno.chmod(temporary, 0o755).catch(() => {});
    const mine = await moveIntoPlace(temporary, folder, home);
    return { home, fresh: mine };
  } finally {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
  }
}

async function runPip(version: string, target: string): Promise<void> {
  const python = Deno.build.os === "windows" ? "python" : "python3";
  const args = ["-m", "pip", "install", "--target", target];
  // Compiling Python files takes pip longer than unpacking them, and no
  // Python ever runs from here.
  args.push("--no-compile", "--no-input", "--disable-pip-version-check");
  args.push("--no-warn-conflicts", "--upgrade", `pyspark==${version}`);
  let status: Deno.CommandStatus;
  try {
    status = await new Deno.Command(python, {
      args,
      stdin: "null",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn().status;
  } catch (cause) {
    throw new Error(
      `Cannot install Spark "${version}": "${python}" does not start; ` +
        "install Python 3 with pip, or set SPARK_HOME to a Spark of your own",
      { cause },
    );
  }
  if (status.success) return;
  const check = await new Deno.Command(python, {
    args: ["-m", "pip", "--version"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  throw new Error(
    check.success
      ? `Cannot install Spark "${version}": pip ended with exit code ${status.code}; ` +
        "see its message above"
      : `Cannot install Spark "${version}": "${python} -m pip" does not run; ` +
        "install pip (on Debian: apt-get install python3-pip), " +
        "or set SPARK_HOME to a Spark of your own",
  );
}

/** Returns whether it was this call's folder that became the cache's. */
async function moveIntoPlace(
  temporary: string,
  folder: string,
  home: string,
): Promise<boolean> {
  try {
    await Deno.rename(temporary, folder);
    return true;
  } catch (cause) {
    // A folder with content refuses to be replaced: either somebody else was
    // quicker, or an unfinished one stands in the way.
    if (await isThere(`${home}/bin/spark-submit`)) return false;
    throw new Error(
      `Cannot put Spark into "${folder}": something else is there; remove it`,
      { cause },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  const [version = DEFAULT_SPARK_VERSION, ...rest] = Deno.args;
  if (rest.length > 0) {
    throw new Error(
      `Cannot install "${Deno.args.join(" ")}": give one version`,
    );
  }
  const spark = await installSpark(version);
  console.error(
    `Spark ${version} is ${spark.fresh ? "now" : "already"} in ${spark.home}`,
  );
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  });
}
