import { errorMessage } from "../../common/error_message.ts";
import { split } from "shlex";
import { GatewayError } from "../../common/errors.ts";

/** What spark-submit is asked for beside a program's own settings. */
export interface SubmitArguments {
  /** The settings among the options: master, name, and every `--conf`; a later one of a name counts. */
  readonly conf: Readonly<Record<string, string>>;
  /** All other options with their values, as given. */
  readonly options: readonly string[];
  /** The file that takes the place of `spark-defaults.conf`; null when none is named. */
  readonly propertiesFile: string | null;
}

/** The options of spark-submit that stand alone; each other one takes a value. */
const SWITCHES: ReadonlySet<string> = new Set([
  "--help",
  "-h",
  "--load-spark-defaults",
  "--supervise",
  "--usage-error",
  "--verbose",
  "-v",
  "--version",
]);

/** What stands for a program in the options of a shell. */
const SHELL_RESOURCE = "pyspark-shell";

/**
 * Whether an option of spark-submit stands alone.
 *
 * Peer: `org.apache.spark.launcher.SparkSubmitOptionParser.switches`.
 *
 * @param option such as `--verbose`
 */
export function isSubmitSwitch(option: string): boolean {
  return SWITCHES.has(option);
}

/**
 * Reads `PYSPARK_SUBMIT_ARGS`: options of spark-submit in one line of text,
 * quoted as for a shell.
 *
 * @param text such as `--master local[2] --packages a:b:1 pyspark-shell`
 * @throws GatewayError `SUBMIT_ARGUMENTS_INVALID` when it is not a list of
 *   options, `CONNECT_MODE_REFUSED` when one asks for Spark Connect
 */
export function parseSubmitArguments(text: string): SubmitArguments {
  const conf: Record<string, string> = {};
  const options: string[] = [];
  let propertiesFile: string | null = null;
  const words = splitWords(text);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === SHELL_RESOURCE && at === words.length - 1) break;
    if (!word.startsWith("-")) {
      throw invalid(`"${word}" is not an option`, word);
    }
    if (SWITCHES.has(word)) {
      options.push(word);
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    const value = equals < 0 ? words[++at] : word.slice(equals + 1);
    if (value === undefined) throw invalid(`"${name}" has no value`, name);
    switch (name) {
      case "--master":
        conf["spark.master"] = value;
        break;
      case "--name":
        conf["spark.app.name"] = value;
        break;
      case "--conf":
      case "-c":
        addSetting(conf, value);
        break;
      case "--properties-file":
        propertiesFile = value;
        break;
      case "--remote":
        throw connectRefused(value);
      default:
        options.push(name, value);
    }
  }
  return { conf, options, propertiesFile };
}

function splitWords(text: string): string[] {
  try {
    return split(text);
  } catch (cause) {
    throw invalid(
      errorMessage(cause),
      "",
      cause,
    );
  }
}

function addSetting(conf: Record<string, string>, text: string): void {
  const at = text.indexOf("=");
  if (at <= 0) {
    // Its value may be a secret: never shown.
    throw invalid('"--conf" is not followed by key=value', "--conf");
  }
  conf[text.slice(0, at)] = text.slice(at + 1);
}

function invalid(state: string, word: string, cause?: unknown): GatewayError {
  return new GatewayError(
    "SUBMIT_ARGUMENTS_INVALID",
    `Cannot read PYSPARK_SUBMIT_ARGS: ${state}; set it to options of spark-submit, quoted as for a shell, such as "--master local[2]"`,
    { word },
    cause === undefined ? undefined : { cause },
  );
}

function connectRefused(address: string): GatewayError {
  return new GatewayError(
    "CONNECT_MODE_REFUSED",
    `Cannot start Spark with "--remote ${address}": TSpark talks to a classic session, not to Spark Connect; give "--master" in its place`,
    { address },
  );
}
