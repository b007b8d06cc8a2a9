import { isSubmitSwitch } from "../driver/launch/submit_arguments.ts";
import { usageError } from "./usage_error.ts";

/** A command line of spark-submit, taken apart. */
export interface SubmitWords {
  /** Options and their values, as given. */
  readonly options: readonly string[];
  /** The program's path or address; in cluster mode its path on the machine that will run it. */
  readonly program: string;
  /** What the program gets. */
  readonly args: readonly string[];
  /** Where it runs, and where what it needs comes from. */
  readonly mode: SubmitMode;
  /** The settings among the options. */
  readonly settings: ReadonlyMap<string, string>;
}

/**
 * Where a submitted program runs: here (`client`), or on a machine of the
 * cluster, which has all that it needs (`installed`) or is sent it (`shipped`).
 */
export type SubmitMode = "client" | "installed" | "shipped";

/**
 * Takes a command line of spark-submit apart: options come first, the
 * program is the first word that is none.
 *
 * Peer: `org.apache.spark.launcher.SparkSubmitOptionParser.parse`.
 *
 * @param words what follows `tspark submit`
 * @throws SparkError when there is no program, or the options ask
 *   for cluster mode where Spark refuses it, or where what runs the program
 *   there is not told
 */
export function readSubmitWords(words: readonly string[]): SubmitWords {
  let at = 0;
  const settings = new Map<string, string>();
  for (; at < words.length && words[at]?.startsWith("-"); at++) {
    const word = words[at] ?? "";
    if (isSubmitSwitch(word)) continue;
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    const value = equals < 0 ? words[++at] : word.slice(equals + 1);
    if (value === undefined) {
      throw usageError(
        `Cannot submit with "${name}": it has no value; write one after it`,
        name,
      );
    }
    noteSetting(settings, name, value);
  }
  const program = words[at];
  if (program === undefined) {
    throw usageError(
      `Cannot submit: there is no program among the words "${
        words.join(" ")
      }"; name it after the options`,
      words.join(" "),
    );
  }
  const mode = settings.get(DEPLOY_MODE) === "cluster"
    ? clusterMode(settings, program)
    : "client";
  return {
    options: words.slice(0, at),
    program: mode === "installed"
      ? program.replace(/^local:\/*/, "/")
      : program,
    args: words.slice(at + 1),
    mode,
    settings,
  };
}

/** The setting that names what runs the program in place of Python. */
export const DRIVER_RUNTIME = "spark.pyspark.driver.python";
/** What containers unpack before anything runs in them. */
export const ARCHIVES = "spark.archives";
const MASTER = "spark.master";
const DEPLOY_MODE = "spark.submit.deployMode";

function noteSetting(
  settings: Map<string, string>,
  name: string,
  value: string,
): void {
  if (name === "--master") settings.set(MASTER, value);
  if (name === "--deploy-mode") settings.set(DEPLOY_MODE, value);
  if (name === "--archives") settings.set(ARCHIVES, value);
  if (name !== "--conf" && name !== "-c") return;
  const at = value.indexOf("=");
  const key = value.slice(0, at);
  // As in spark-submit, an option of its own counts more than a setting.
  if (!settings.has(key)) settings.set(key, value.slice(at + 1));
}

function clusterMode(
  settings: ReadonlyMap<string, string>,
  program: string,
): SubmitMode {
  const master = settings.get(MASTER) ?? "";
  if (!/^(yarn|k8s)/.test(master)) {
    throw usageError(
      `Cannot submit to "${master}" in cluster mode: Spark runs only Java and Scala programs so there; use --deploy-mode client`,
      master,
    );
  }
  const isInstalled = program.startsWith("local:");
  if (settings.has(DRIVER_RUNTIME) && isInstalled) return "installed";
  if (master.startsWith("yarn") && !isInstalled) return "shipped";
  throw usageError(
    `Cannot submit "${program}" to "${master}" in cluster mode: the machine that runs it has neither the program nor a runtime for it unless you say where; give the program as local:///path and the runtime by --conf ${DRIVER_RUNTIME}=/path, as docs/cli.md tells, or use --deploy-mode client`,
    program,
  );
}
