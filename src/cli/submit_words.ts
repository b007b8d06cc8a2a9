import { isSubmitSwitch } from "../driver/launch/submit_arguments.ts";
import { usageError } from "./usage_error.ts";

/** A command line of spark-submit, taken apart. */
export interface SubmitWords {
  /** Options and their values, as given. */
  readonly options: readonly string[];
  /** The program's path or address. */
  readonly program: string;
  /** What the program gets. */
  readonly args: readonly string[];
}

/**
 * Takes a command line of spark-submit apart: options come first, the
 * program is the first word that is none.
 *
 * Peer: `org.apache.spark.launcher.SparkSubmitOptionParser.parse`.
 *
 * @param words what follows `tspark submit`
 * @throws SparkError when there is no program, or the options ask for a
 *   driver on a standalone cluster
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
  checkDeployMode(settings);
  const program = words[at];
  if (program === undefined) {
    throw usageError(
      `Cannot submit: there is no program among the words "${
        words.join(" ")
      }"; name it after the options`,
      words.join(" "),
    );
  }
  return { options: words.slice(0, at), program, args: words.slice(at + 1) };
}

const MASTER = "spark.master";
const DEPLOY_MODE = "spark.submit.deployMode";

function noteSetting(
  settings: Map<string, string>,
  name: string,
  value: string,
): void {
  if (name === "--master") settings.set(MASTER, value);
  if (name === "--deploy-mode") settings.set(DEPLOY_MODE, value);
  if (name !== "--conf" && name !== "-c") return;
  const at = value.indexOf("=");
  const key = value.slice(0, at);
  // As in spark-submit, an option of its own counts more than a setting.
  if (!settings.has(key)) settings.set(key, value.slice(at + 1));
}

function checkDeployMode(settings: ReadonlyMap<string, string>): void {
  if (settings.get(DEPLOY_MODE) !== "cluster") return;
  const master = settings.get(MASTER) ?? "";
  if (/^(yarn|k8s)/.test(master)) {
    throw usageError(
      `Cannot submit to "${master}" in cluster mode from the program's source: the machine that would run it has neither the program nor its runtime; use client mode, or submit an image or an archive as docs/cli.md tells`,
      master,
    );
  }
  throw usageError(
    `Cannot submit to "${master}" in cluster mode: Spark runs only Java and Scala programs so there; use --deploy-mode client`,
    master,
  );
}
