import { errorMessage } from "../../common/error_message.ts";
import { withTimeout } from "../../common/deadline.ts";
import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { makeTemporaryFolder } from "../../common/temporary_folder.ts";
import type { ChildProcess } from "../../common/platform/platform.ts";
import {
  type ConnectionInfo,
  joinedConnectionInfo,
  readConnectionInfo,
} from "./connection_info.ts";
import { checkSettings } from "./check_settings.ts";
import { diagnoseJava } from "./find_java.ts";
import { type GatewayExit, JvmChild } from "./jvm_child.ts";
import { parseSubmitArguments } from "./submit_arguments.ts";
import { buildSubmitCommand, defaultsPath } from "./submit_command.ts";

/** A JVM that offers a Py4J gateway: started by us, or joined. */
export interface GatewayProcess extends AsyncDisposable {
  /** Where its gateway listens, on the loopback address. */
  readonly port: number;
  /** What each connection has to say first. */
  readonly secret: string;
  /** Its process id; null for a JVM that was joined. */
  readonly pid: number | null;
  /** Resolves when it has ended; never for a JVM that was joined. */
  readonly exited: Promise<GatewayExit>;
  /** Its last lines on stderr and stdout so far; none for a JVM that was joined. */
  lastLines(): readonly string[];
  /**
   * Ends the JVM and waits for that: by closing its stdin, after 10 s by
   * SIGTERM, after another 5 s by SIGKILL. Leaves a JVM that was joined alone.
   */
  close(): Promise<void>;
}

/** What a JVM is started with. */
export interface LaunchOptions {
  /** Spark's folder. */
  readonly sparkHome: string;
  /** The program's settings: they count more than those of `PYSPARK_SUBMIT_ARGS`, and these more than Spark's defaults. */
  readonly conf: Readonly<Record<string, string>>;
  /** The environment to look in and to start the JVM with; the program's own by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long the JVM may take to offer its gateway, in milliseconds; 120,000 by default. */
  readonly startupTimeoutMs?: number;
  /** Gives the launch up. */
  readonly signal?: AbortSignal;
  /** Gets what the JVM writes to stderr and stdout, as it comes; by default it goes to stderr. */
  readonly log?: (bytes: Uint8Array) => void;
}

/**
 * Starts a JVM by spark-submit, with what `PYSPARK_SUBMIT_ARGS` asks for, and
 * waits until its gateway listens; joins the JVM that `PYSPARK_GATEWAY_PORT`
 * names when that is set.
 *
 * @param options what to start it with
 * @throws GatewayError `JVM_NOT_STARTED` when it ends first or cannot be run,
 *   `JAVA_NOT_FOUND` or `JAVA_TOO_OLD` when that is why, `STARTUP_TIMEOUT`,
 *   `HANDSHAKE_CORRUPT`, `CONNECT_MODE_REFUSED`, `GATEWAY_VARIABLES_INVALID`,
 *   `SUBMIT_ARGUMENTS_INVALID`, `PROPERTIES_FILE_MISSING`
 * @throws SparkError `MASTER_INVALID`, `SETTING_UNKNOWN`
 */
export async function launchGateway(
  options: LaunchOptions,
): Promise<GatewayProcess> {
  const env = options.env ?? platform.environment();
  const joined = joinedConnectionInfo(env);
  if (joined !== null) return joinedProcess(joined);
  options.signal?.throwIfAborted();
  const folder = await makeTemporaryFolder("launch");
  try {
    return await launchIn(folder, env, options);
  } finally {
    await platform.remove(folder);
  }
}

/** Name of an application to which nobody gave one. */
const DEFAULT_NAME = "tspark";

async function launchIn(
  folder: string,
  env: Readonly<Record<string, string>>,
  options: LaunchOptions,
): Promise<GatewayProcess> {
  const { sparkHome } = options;
  const given = parseSubmitArguments(env.PYSPARK_SUBMIT_ARGS ?? "");
  const conf = {
    "spark.app.name": DEFAULT_NAME,
    ...given.conf,
    ...options.conf,
  };
  checkSettings(conf); // before the JVM takes its time to say less
  const propertiesPath = `${folder}/spark.properties`;
  const submit = buildSubmitCommand({
    sparkHome,
    conf,
    defaults: await readDefaults(sparkHome, env, given.propertiesFile),
    propertiesPath,
    options: given.options,
    propertiesFile: given.propertiesFile,
  });
  if (submit.properties !== null) {
    await platform.writePrivateFile(propertiesPath, submit.properties);
  }
  const infoPath = `${folder}/connection`;
  const child = spawnSubmit(submit.command, submit.args, {
    ...env,
    SPARK_HOME: sparkHome,
    SPARK_CONNECT_MODE: "0",
    SPARK_SUBMIT_OPTS: withExitOnFullMemory(env.SPARK_SUBMIT_OPTS),
    _PYSPARK_DRIVER_CONN_INFO_PATH: infoPath,
  });
  const jvm = new JvmChild(child, options.log ?? platform.writeError);
  try {
    const bytes = await waitForFile(folder, infoPath, jvm, options, env);
    const info = readConnectionInfo(bytes);
    jvm.unref();
    return {
      ...info,
      pid: child.pid,
      exited: jvm.exited,
      lastLines: () => jvm.lastLines(),
      close: () => jvm.close(),
      [Symbol.asyncDispose]: () => jvm.close(),
    };
  } catch (error) {
    await jvm.kill();
    throw error;
  }
}

/**
 * Options of the JVM, and that it ends when its memory is full: Spark goes on
 * without the thread that failed, and an action may wait for it in vain.
 */
function withExitOnFullMemory(options: string = ""): string {
  return `${options} -XX:+ExitOnOutOfMemoryError`.trim();
}

/** Text of the file that spark-submit takes its defaults from; null without one. */
async function readDefaults(
  sparkHome: string,
  env: Readonly<Record<string, string>>,
  propertiesFile: string | null,
): Promise<string | null> {
  const path = propertiesFile ?? defaultsPath(sparkHome, env);
  const bytes = await platform.readFile(path);
  if (bytes === null && propertiesFile !== null) {
    throw new GatewayError(
      "PROPERTIES_FILE_MISSING",
      `Cannot read the properties file "${path}": there is no such file; give the path of a file of settings`,
      { path },
    );
  }
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function spawnSubmit(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  try {
    // Ctrl-C at the terminal reaches every process there. An ignored signal
    // stays ignored in what the shell becomes: the JVM is ours to end.
    return platform.spawn("/bin/sh", [
      "-c",
      'trap "" INT; exec "$@"',
      "sh",
      command,
      ...args,
    ], env);
  } catch (cause) {
    throw new GatewayError(
      "JVM_NOT_STARTED",
      `Cannot start "${command}": ${errorMessage(cause)}`,
      { command },
      { cause },
    );
  }
}

/** Waits for the file, the JVM's end, the deadline or the signal, whichever is first. */
async function waitForFile(
  folder: string,
  path: string,
  jvm: JvmChild,
  options: LaunchOptions,
  env: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { sparkHome, signal, startupTimeoutMs = 120_000 } = options;
  const watch = platform.watchFolder(folder);
  const appeared = (async (): Promise<Uint8Array | null> => {
    // The watch is on: a file that is not there yet makes an event.
    do {
      const bytes = await platform.readFile(path);
      if (bytes !== null) return bytes;
    } while (await watch.changed());
    return null;
  })();
  const aborted = Promise.withResolvers<null>();
  const abort = (): void => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    signal?.throwIfAborted();
    const first = await withTimeout(
      startupTimeoutMs,
      Promise.race([
        appeared,
        jvm.exited.then(() => null),
        aborted.promise,
      ]),
    );
    if (first === undefined) {
      throw timedOut(sparkHome, startupTimeoutMs, jvm);
    }
    // It may have written the file and ended before we looked.
    const bytes = first ?? await platform.readFile(path);
    if (bytes !== null) return bytes;
    throw await diagnoseJava(sparkHome, env) ??
      notStarted(sparkHome, await jvm.exited);
  } finally {
    signal?.removeEventListener("abort", abort);
    watch.close();
  }
}

function timedOut(
  sparkHome: string,
  timeoutMs: number,
  jvm: JvmChild,
): GatewayError {
  return new GatewayError(
    "STARTUP_TIMEOUT",
    `Cannot start the JVM with "${sparkHome}/bin/spark-submit": its gateway was not ready after ${timeoutMs} ms; raise startupTimeoutMs if the machine is slow${
      said(jvm.lastLines())
    }`,
    { sparkHome, timeoutMs },
  );
}

function notStarted(sparkHome: string, exit: GatewayExit): GatewayError {
  const how = exit.signal === null
    ? `with code ${exit.code}`
    : `by ${exit.signal}`;
  return new GatewayError(
    "JVM_NOT_STARTED",
    `Cannot start the JVM with "${sparkHome}/bin/spark-submit": it ended ${how} before its gateway was ready${
      said(exit.lastLines)
    }`,
    { sparkHome, code: exit.code, signal: exit.signal },
  );
}

/** What a JVM printed last, without what tells nothing: frames of stacks, and how its log is set up. */
function said(lines: readonly string[]): string {
  if (lines.length === 0) return "; it printed nothing";
  const telling = lines.filter((line) => !TELLS_NOTHING.test(line));
  const shown = telling.length > 0 ? telling : lines;
  return `; its last lines were:\n${shown.join("\n")}`;
}

const TELLS_NOTHING =
  /^\s+at |^WARNING: Using incubator|^Using Spark's default|^Setting default log|^To adjust logging| (?:WARN|INFO) /;

function joinedProcess(info: ConnectionInfo): GatewayProcess {
  return {
    ...info,
    pid: null,
    exited: new Promise<GatewayExit>(() => {}),
    lastLines: () => [],
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
