import { writeErrorText } from "../../common/log.ts";
import { SparkError } from "../../common/errors.ts";
import { dialectOf } from "../../protocol/dialect.ts";
import { ClosureCapturer } from "../closure/closure_capturer.ts";
import { expectStringOrNull } from "../gateway/expect.ts";
import { Gateway } from "../gateway/gateway.ts";
import { readOption } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { checkSettings } from "../launch/check_settings.ts";
import { isJoining } from "../launch/connection_info.ts";
import { requireDriverRights } from "../launch/driver_rights.ts";
import { findSpark } from "../launch/find_spark.ts";
import {
  type GatewayProcess,
  launchGateway,
} from "../launch/gateway_process.ts";
import { installedWorker } from "../launch/installed_worker.ts";
import { readApplicationInfo } from "./application_info.ts";
import type { CallSite } from "./call_site.ts";
import { explainError } from "./explain_error.ts";
import { JvmFolder, removeWithJvm } from "./jvm_folder.ts";
import { hasLocalWorker } from "./local_worker.ts";
import type { LocalWorkers } from "./local_workers.ts";
import { passResultsDirectly } from "./local_master.ts";
import { placed, shortStack } from "./placed_stack.ts";
import { prefersIpv6 } from "./prefers_ipv6.ts";
import { readConf } from "./read_conf.ts";
import { SparkRuntime } from "./runtime.ts";
import { socketFolder } from "./socket_folder.ts";
import type { SparkConf } from "./spark_conf.ts";
import { TaskLog } from "./task_log.ts";
import { requireMaster } from "./unreachable_master.ts";
import { inspectMode } from "./worker_inspection.ts";
import { prepareWorker } from "./worker_launcher.ts";

const CRASH_REPORT = "spark.python.worker.faulthandler.enabled"; // Spark reads what a lost worker left in a file
const KILL_TIMEOUT = "spark.python.task.killTimeout"; // how long Spark waits for the worker of a cancelled task: ours does not listen
/** Where Spark 4 has it, workers of queries would start in a folder of their session, in which the shipped worker is not to be found. Peer: `DEFAULT_CONFIGS` of PySpark. */
const ISOLATION = "spark.sql.artifact.isolation.enabled";

/** What undoes the parts of a start, the first one first. */
type Undo = (() => unknown)[];

/**
 * Starts Spark: finds it, launches its JVM, and makes the context. A start that
 * fails half-way leaves no JVM and no application behind.
 *
 * @param conf the program's settings; Spark's own defaults hold for the rest
 * @param site where the program asked for it
 * @param onStop called once when the application ends
 * @throws GatewayError when there is no Spark or no Java, the JVM does not come
 *   up, or `MASTER_UNREACHABLE`
 * @throws SparkError `MASTER_INVALID`, `SETTING_UNKNOWN`
 * @throws JavaError when Spark refuses the settings
 */
export async function startRuntime(
  conf: SparkConf,
  site: CallSite,
  onStop: () => void,
): Promise<SparkRuntime> {
  const undo: Undo = [];
  try {
    requireDriverRights();
    checkSettings(Object.fromEntries(conf.getAll()));
    // Of a JVM that is joined, Spark's folder may be nowhere on this machine.
    const { home } = isJoining() ? { home: "" } : await findSpark();
    const settings = conf.setIfMissing(CRASH_REPORT, "true")
      .setIfMissing(KILL_TIMEOUT, "100ms");
    const process = await launchGateway({
      sparkHome: home,
      conf: Object.fromEntries(settings.getAll()),
    });
    undo.push(() => process.close());
    const gateway = await Gateway.connect({
      port: process.port,
      secret: process.secret,
      process,
      ...prefersIpv6() ? { servedHost: "::1" } : {},
    });
    undo.push(() => gateway.close());
    return await gateway.scope(() =>
      openContext(gateway, process, conf, onStop, undo)
    );
  } catch (error) {
    await undoAll(undo);
    throw startError(error, site);
  }
}

/** The error with the program's place in its stack, in place of ours. */
function startError(error: unknown, site: CallSite): unknown {
  const explained = explainError(error, site, (stack) => stack);
  if (explained === error && error instanceof SparkError) {
    withoutOwnFrames(error.cause);
    return placed(error, site);
  }
  return explained;
}

/** What the platform threw came up in our own code, which tells a person nothing. */
function withoutOwnFrames(cause: unknown): void {
  for (let at = cause; at instanceof Error; at = at.cause) {
    at.stack = shortStack(at, "");
  }
}

async function openContext(
  gateway: Gateway,
  process: GatewayProcess,
  conf: SparkConf,
  onStop: () => void,
  undo: Undo,
): Promise<SparkRuntime> {
  const javaConf = await gateway.construct("org.apache.spark.SparkConf", true);
  await javaConf.call("setIfMissing", ISOLATION, "false");
  // A JVM that we started has the settings already.
  if (process.pid === null) {
    for (const [key, value] of conf.getAll()) {
      await javaConf.callObject("set", key, value);
    }
  }
  // Those of command lines and of Spark's defaults, too.
  const asked = await readConf(javaConf);
  checkSettings(Object.fromEntries(asked.getAll()));
  const isLocalWorker = hasLocalWorker(asked);
  await passResultsDirectly(javaConf);
  const folder = await JvmFolder.open((path) => removeWithJvm(gateway, path));
  undo.push(() => folder[Symbol.asyncDispose]());
  const launcher = await prepareWorker(javaConf, folder);
  const jsc = await gateway.construct(
    "org.apache.spark.api.java.JavaSparkContext",
    javaConf,
  );
  undo.push(() => jsc.call("stop"));
  const sc = await jsc.callObject("sc");
  await requireMaster(sc);
  const version = await jsc.callString("version");
  const ownConf = await readConf(await jsc.callObject("getConf"));
  const inspection = inspectMode(ownConf);
  const capturer = new ClosureCapturer(
    writeErrorText,
    inspection !== null || isLocalWorker,
  );
  undo.push(() => capturer[Symbol.dispose]());
  const localWorkers = isLocalWorker
    ? await openLocalWorkers(gateway, folder, socketFolder(ownConf))
    : null;
  undo.push(() => localWorkers?.[Symbol.asyncDispose]());
  return new SparkRuntime({
    process,
    onStop,
    launcher,
    gateway,
    jsc: jsc.keep(),
    conf: ownConf,
    inspection,
    localWorkers,
    version,
    dialect: dialectOf(version),
    applicationId: await sc.callString("applicationId"),
    uiWebUrl: await webUrl(sc),
    info: await readApplicationInfo(gateway, jsc),
    defaultParallelism: await sc.callNumber("defaultParallelism"),
    capturer,
    folder,
    log: await TaskLog.open(gateway, await sc.callBoolean("isLocal")),
  });
}

/** Loaded where they are asked for: a start is quicker without. */
async function openLocalWorkers(
  gateway: Gateway,
  folder: JvmFolder,
  socketFolder: string | null,
): Promise<LocalWorkers> {
  const { LocalWorkers } = await import("./local_workers.ts");
  const { main } = await installedWorker();
  return await LocalWorkers.open({ gateway, folder, socketFolder, main });
}

async function webUrl(sc: JavaObject): Promise<string | null> {
  const url = await readOption(await sc.callObject("uiWebUrl"));
  return expectStringOrNull(url, "uiWebUrl");
}

/** Takes back what was made, the last first. */
async function undoAll(undo: Undo): Promise<void> {
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch {
      // What made the start fail, such as the JVM's end, may be why: that is told.
    }
  }
}
