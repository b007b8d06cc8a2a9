import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { DIALECTS } from "../../protocol/dialect.ts";
import { DEFAULT_SPARK_VERSION, sparkCacheHome } from "./find_spark.ts";

/** What {@link installSpark} did. */
export interface InstalledSpark {
  /** Spark's home, ready for `SPARK_HOME`. */
  readonly home: string;
  /** Whether this call put it there. */
  readonly fresh: boolean;
}

/**
 * Puts the `pyspark` package of the given version, which carries all of Spark,
 * into the cache, unless it is there. Two calls at once are safe: each fills a
 * folder of its own, and the one that comes second finds the work done. pip
 * writes to stdout and stderr, and on a terminal shows how far it is.
 *
 * @param version such as `"4.3.0"`
 * @throws GatewayError `SPARK_NOT_INSTALLED` when the version is not one, or
 *   pip is missing or fails
 */
export async function installSpark(version: string): Promise<InstalledSpark> {
  checkVersion(version);
  const home = sparkCacheHome(version);
  const folder = dirname(home);
  if (await isSpark(home)) return { home, fresh: false };

  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const temporary = await mkdtemp(join(parent, `.installing-${version}-`));
  try {
    await runPip(version, temporary);
    // mkdtemp closes the folder to others; a cache is for reading.
    await chmod(temporary, 0o755).catch(() => {});
    const mine = await moveIntoPlace(temporary, folder, home);
    return { home, fresh: mine };
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
  }
}

/** Before pip is asked: it would fetch a Spark that no session starts. */
function checkVersion(version: string): void {
  const [, minor] =
    /^(\d{1,2}\.\d{1,2})\.\d{1,2}(\.dev\d+|rc\d+)?$/.exec(version) ?? [];
  const example = `give one such as "${DEFAULT_SPARK_VERSION}"`;
  if (minor === undefined) {
    throw notInstalled(version, `that is not a version; ${example}`);
  }
  if (DIALECTS.some((dialect) => dialect === minor)) return;
  throw notInstalled(
    version,
    `TSpark works with Spark ${DIALECTS.join(", ")}; ${example}`,
  );
}

async function runPip(version: string, target: string): Promise<void> {
  const python = platform.operatingSystem === "windows" ? "python" : "python3";
  const args = ["-m", "pip", "install", "--target", target];
  // Compiling Python files takes pip longer than unpacking them, and no
  // Python ever runs from here.
  args.push("--no-compile", "--no-input", "--disable-pip-version-check");
  // Its cache would keep the 450 MB a second time, and longer than we do.
  args.push("--no-cache-dir");
  args.push("--no-warn-conflicts", "--upgrade", `pyspark==${version}`);
  let code: number;
  try {
    code = await exitCode(python, args, "inherit");
  } catch (cause) {
    throw notInstalled(
      version,
      `"${python}" does not start; install Python 3 with pip, or set SPARK_HOME to a Spark of your own`,
      cause,
    );
  }
  if (code === 0) return;
  const hasPip =
    await exitCode(python, ["-m", "pip", "--version"], "ignore") === 0;
  throw notInstalled(
    version,
    hasPip
      ? `pip ended with exit code ${code}; see its message above`
      : `"${python} -m pip" does not run; install pip (on Debian: apt-get install python3-pip), or set SPARK_HOME to a Spark of your own`,
  );
}

async function exitCode(
  command: string,
  args: readonly string[],
  output: "inherit" | "ignore",
): Promise<number> {
  const child = spawn(command, args, { stdio: ["ignore", output, output] });
  const ended = Promise.withResolvers<number>();
  child.once("error", ended.reject);
  child.once("exit", (code) => ended.resolve(code ?? 1));
  return await ended.promise;
}

/** Returns whether it was this call's folder that became the cache's. */
async function moveIntoPlace(
  temporary: string,
  folder: string,
  home: string,
): Promise<boolean> {
  try {
    await rename(temporary, folder);
    return true;
  } catch (cause) {
    // A folder with content refuses to be replaced: either somebody else was
    // quicker, or an unfinished one stands in the way.
    if (await isSpark(home)) return false;
    throw new GatewayError(
      "SPARK_NOT_INSTALLED",
      `Cannot put Spark into "${folder}": something else is there; remove it`,
      { folder },
      { cause },
    );
  }
}

async function isSpark(home: string): Promise<boolean> {
  try {
    await stat(`${home}/bin/spark-submit`);
    return true;
  } catch {
    return false;
  }
}

function notInstalled(
  version: string,
  state: string,
  cause?: unknown,
): GatewayError {
  return new GatewayError(
    "SPARK_NOT_INSTALLED",
    `Cannot install Spark "${version}": ${state}`,
    { version },
    cause === undefined ? undefined : { cause },
  );
}
