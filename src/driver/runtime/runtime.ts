import { arrowInputDecoder } from "../../serde/arrow/arrow_input.ts";
import { writeErrorText } from "../../common/log.ts";
import type { InspectMode } from "../../common/worker_inspection.ts";
import type { ClosureRecord } from "../../protocol/closure_record.ts";
import type { PartitionRule, StageInput } from "../../protocol/command.ts";
import type { Dialect } from "../../protocol/dialect.ts";
import { PLANNER_VARIABLE } from "../../protocol/planner_link.ts";
import { OUTPUT_VARIABLE } from "../../protocol/task_output.ts";
import { RecordCodec } from "../../serde/records/record_batch.ts";
import type { ClosureCapturer } from "../closure/closure_capturer.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { GatewayProcess } from "../launch/gateway_process.ts";
import type { ActionOptions } from "./action_options.ts";
import type { ApplicationInfo } from "./application_info.ts";
import { type CallSite, callSite } from "./call_site.ts";
import { Cancellation } from "./cancellation.ts";
import { explainEnd, explainFullMemory } from "./application_end.ts";
import { explainError } from "./explain_error.ts";
import { type JvmDialect, jvmDialect } from "./jvm_dialect.ts";
import type { JvmFolder } from "./jvm_folder.ts";
import { localWorkerVariables } from "./local_worker.ts";
import type { LocalWorkers } from "./local_workers.ts";
import { JobProperties } from "./job_properties.ts";
import { PackageBundles, packageMode } from "./package_bundles.ts";
import { parseMemory } from "./parse_memory.ts";
import { requireNoPlanning } from "./planning.ts";
import { PlannerServer } from "./planner_server.ts";
import { PartitionerNumbers } from "./partitioner_numbers.ts";
import { ProgramOrder, type Wait } from "./program_order.ts";
import { joinErrors } from "./several_errors.ts";
import { RunningActions } from "./running_actions.ts";
import { RunningStreams } from "./running_streams.ts";
import { ProfileStore } from "./profile_store.ts";
import { type Life, SharedVariables } from "./shared_variables.ts";
import { socketFolder } from "./socket_folder.ts";
import type { SparkConf } from "./spark_conf.ts";
import { stopContext } from "./stop_context.ts";
import type { TaskLog } from "./task_log.ts";
import { launcherForPlanner } from "./worker_launcher.ts";
import { internalsOf, WorkerLogs } from "./worker_logs.ts";
import { confinementVariables } from "./worker_confinement.ts";
import { inspectionVariables } from "./worker_inspection.ts";
import {
  type MadeFunction,
  type PlannedFunctions,
  type StageWork,
  type UdfWork,
  WorkerFunctions,
} from "./worker_function.ts";

const WORKER_MEMORY = "spark.python.worker.memory"; // of records that a task may hold before it spills
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/** What the parts of one application share: its JVM, its settings, and the way to its workers. */
export class SparkRuntime {
  /** The door to the JVM. */
  readonly gateway: Gateway;
  /** The `JavaSparkContext`. */
  readonly jsc: JavaObject;
  /** The application's settings, as the JVM has them. */
  readonly conf: SparkConf;
  /** Version of Spark, such as `4.3.0`. */
  readonly version: string;
  /** How Spark of this version talks to workers. */
  readonly dialect: Dialect;
  /** What calls into a JVM of this version look like. */
  readonly calls: JvmDialect;
  /** Spark's name for the application. */
  readonly applicationId: string;
  /** Address of Spark's web page for the application; null when it is off. */
  readonly uiWebUrl: string | null;
  /** What else is fixed for the application. */
  readonly info: ApplicationInfo;
  /** Number of partitions that Spark makes when nothing is said. */
  readonly defaultParallelism: number;
  /** Takes functions apart for their way to the workers. */
  readonly capturer: ClosureCapturer;
  /** Where files lie that the JVM reads. */
  readonly folder: JvmFolder;
  /** The application's broadcasts and accumulators. */
  readonly shared: SharedVariables;
  /** What the workers have measured of functions. */
  readonly profiles: ProfileStore;
  /** What functions print on the workers. */
  readonly logs: WorkerLogs;
  /** The packages that the application's functions use. */
  readonly packages: PackageBundles;
  /** Path of what executors start in place of Python. */
  readonly launcher: string;
  /** Answers what Spark asks while it plans. */
  readonly planner: PlannerServer;
  readonly #functions: WorkerFunctions;
  /** What jobs take along: group, description, tags and other local properties. */
  readonly properties: JobProperties;
  readonly #log: TaskLog;
  readonly #process: GatewayProcess;
  readonly #localWorkers: LocalWorkers | null;
  readonly #onStop: () => void;
  readonly #codec = new RecordCodec();
  readonly #partitionerNumbers = new PartitionerNumbers();
  /** What comes before an action. */
  readonly order: ProgramOrder = new ProgramOrder();
  /** What is under way. */
  readonly actions: RunningActions = new RunningActions();
  /** The streaming queries that run. */
  readonly streams: RunningStreams = new RunningStreams();
  #stopped: Promise<void> | null = null;
  #end: CallSite | null = null;

  /** @internal */
  constructor(parts: RuntimeParts) {
    this.#log = parts.log;
    this.#process = parts.process;
    this.#localWorkers = parts.localWorkers;
    this.#onStop = parts.onStop;
    this.gateway = parts.gateway;
    this.jsc = parts.jsc;
    this.conf = parts.conf;
    this.version = parts.version;
    this.dialect = parts.dialect;
    this.calls = jvmDialect(parts.dialect);
    this.applicationId = parts.applicationId;
    this.uiWebUrl = parts.uiWebUrl;
    this.info = parts.info;
    this.defaultParallelism = parts.defaultParallelism;
    this.capturer = parts.capturer;
    this.folder = parts.folder;
    this.launcher = parts.launcher;
    const { gateway, jsc, capturer } = parts;
    this.shared = new SharedVariables({
      gateway,
      jsc,
      capturer,
      isEncrypted: this.isEncrypted,
      token: parts.process.secret,
      folder: parts.folder,
      end: () => this.#end,
      socketFolder: socketFolder(parts.conf),
    });
    this.profiles = new ProfileStore(this.shared);
    this.logs = new WorkerLogs({
      shared: this.shared,
      mapStack: (text) => capturer.mapStack(text),
      conf: parts.conf,
    });
    this.packages = new PackageBundles({
      capturer,
      shared: this.shared,
      mode: packageMode(parts.conf),
    });
    this.planner = new PlannerServer({
      gateway,
      folder: parts.folder,
      dialect: parts.dialect,
      socketFolder: socketFolder(parts.conf),
    });
    this.#functions = new WorkerFunctions({
      gateway,
      jsc,
      shared: this.shared,
      packages: this.packages,
      launcher: parts.launcher,
      plannerLauncher: () => launcherForPlanner(parts.launcher, parts.folder),
      environment: new Map([
        ["TSPARK_SPARK_VERSION", parts.version],
        [PLANNER_VARIABLE, this.planner.addressFile],
        ...confinementVariables(parts.conf),
        ...logVariables(this.logs),
        ...inspectionVariables(parts.inspection),
        ...localWorkerVariables(parts.localWorkers),
      ]),
      warn: writeErrorText,
      encryptsFiles: this.isEncrypted,
      memoryBytes: parseMemory(
        WORKER_MEMORY,
        parts.conf.get(WORKER_MEMORY, "512m"),
      ),
    });
    this.properties = new JobProperties(parts.gateway, parts.jsc);
  }

  /** Number of partitions of files when nothing is said, as Spark's `defaultMinPartitions`. */
  get defaultMinPartitions(): number {
    return Math.min(this.defaultParallelism, 2);
  }

  /** Whether Spark encrypts what it writes to disk, so that nothing of ours may go there as it is. */
  get isEncrypted(): boolean {
    return this.conf.get("spark.io.encryption.enabled") === "true";
  }

  /**
   * Runs what one action does: on one connection, since threads of the JVM go
   * with connections, with the chain's job properties, and with every Java
   * object that it makes released at its end.
   *
   * @param site the action
   * @param body what it does
   * @param options what the user asked of it
   * @param ahead what it waits for; all that the program asked for so far by default
   * @throws WorkerError when a user's function failed
   * @throws JavaError when Spark failed
   * @throws the reason of the options' signal, as soon as that is aborted
   */
  action<T>(
    site: CallSite,
    body: () => Promise<T>,
    options: ActionOptions = {},
    ahead?: Iterable<Wait>,
  ): Promise<T> {
    requireNoPlanning(this.planner, site.operation);
    return this.#cancellable(
      site,
      () => this.#act(site, body, ahead),
      options,
    );
  }

  /**
   * Runs what an action or a session's command does, which waits for nothing
   * that the program asked for before.
   *
   * @param site the operation that the program wrote
   * @param body what it does
   */
  command<T>(site: CallSite, body: () => Promise<T>): Promise<T> {
    requireNoPlanning(this.planner, site.operation);
    return this.order.command(() =>
      this.#cancellable(site, () => this.#act(site, body, []), {})
    );
  }

  /**
   * Goes through what comes in steps, each of which may run jobs, so that the
   * options' signal ends it between two steps and within one.
   *
   * @param steps gives what comes; its actions need no signal of their own
   * @param options what the user asked of it
   * @throws the reason of the options' signal
   */
  async *stream<T>(
    steps: () => AsyncGenerator<T>,
    options: ActionOptions = {},
  ): AsyncGenerator<T> {
    const signal = this.actions.signalOf(options);
    if (signal === undefined) return yield* steps();
    const cancellation = new Cancellation(this, signal);
    const source = steps();
    try {
      for (;;) {
        const step = await cancellation.run(() => source.next());
        if (step.done) return;
        yield step.value;
      }
    } finally {
      const closed = source.return(undefined);
      if (signal.aborted) void cancellation.cancel(closed);
      else await closed;
    }
  }

  /**
   * Does something in the JVM that a synchronous method asked for. The next
   * action waits for it and throws its error.
   */
  inBackground(body: () => Promise<void>): void {
    this.order.inBackground(() => this.gateway.scope(body));
  }

  /**
   * Asks the JVM for something that is no job. Java objects that come are
   * released at its end.
   *
   * @param operation what the program wrote, such as `addFile()`
   * @param body asks
   */
  async ask<T>(operation: string, body: () => Promise<T>): Promise<T> {
    const site = callSite(operation);
    const wasStopped = this.isStopped;
    try {
      return await this.gateway.scope(body);
    } catch (error) {
      throw this.explain(error, site, wasStopped);
    }
  }

  /**
   * What an error of the JVM means in the user's program.
   *
   * @param error what an operation caught
   * @param site the operation
   * @param wasStopped whether the application was stopped before the operation began
   */
  explain(
    error: unknown,
    site: CallSite,
    wasStopped: boolean = this.isStopped,
  ): unknown {
    const ended = this.#end === null
      ? explainFullMemory(error, this.conf.get("spark.driver.memory", "1g"))
      : explainEnd(error, site, this.#end, wasStopped);
    const used = this.shared.destroyed.explain(ended, site);
    return explainError(
      used,
      site,
      (stack) => this.capturer.mapStack(stack),
      (output) => internalsOf(this.logs).take(output),
    );
  }

  /**
   * The JVM's object for what a stage does.
   *
   * @param work what it does
   * @param life whether it is the running action's alone, or an RDD's that later actions may use
   */
  async workerFunction(work: StageWork, life: Life): Promise<MadeFunction> {
    return await this.#functions.make(work, life);
  }

  /** The JVM's object for a function that SQL calls. */
  async udfFunction(work: UdfWork): Promise<JavaObject> {
    return await this.#functions.makeUdf(work);
  }

  /** Functions that planning gives; see `WorkerFunctions.planned`. */
  async plannedFunctions(): Promise<PlannedFunctions> {
    return await this.#functions.planned();
  }

  /** Reads records out of frames of this form. */
  decoder(format: StageInput): (frame: Uint8Array) => unknown[] {
    switch (format.kind) {
      case "text":
        return (frame) => [TEXT.decode(frame)];
      case "arrow":
        return arrowInputDecoder(format);
      default:
        return (frame) => this.#codec.decodeBatch(frame);
    }
  }

  /** Writes the record batches of one job. */
  encoder(): (records: readonly unknown[]) => Uint8Array {
    return (records) => this.#codec.encodeBatch(records);
  }

  /** The number by which the JVM tells partitioners apart. */
  partitionerId(
    rule: PartitionRule<number>,
    closure: ClosureRecord | null,
  ): bigint {
    return BigInt(this.#partitionerNumbers.of(rule, closure));
  }

  /** Sets how much of Spark's log reaches stderr, by a level's name in capitals. */
  async setLogLevel(level: string): Promise<void> {
    await this.ask("setLogLevel()", async () => {
      await this.jsc.call("setLogLevel", level);
      await this.#log.setLevel(level);
    });
  }

  /** Whether the application was stopped. */
  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /**
   * Ends the application and its JVM, once all is done that the program asked for before.
   *
   * @param site what stops it
   * @throws JavaError the failure of a session's command that nobody looked at
   */
  stop(site: CallSite = callSite("stop()")): Promise<void> {
    this.#stopped ??= this.#stop(site);
    return this.#stopped;
  }

  async #stop(site: CallSite): Promise<void> {
    this.#onStop();
    const errors: unknown[] = [];
    const attempt = (step: () => unknown): Promise<unknown> =>
      Promise.resolve().then(step).catch((error) => errors.push(error));
    await attempt(() => this.order.settled());
    this.#end = site;
    await attempt(() => stopContext(this.jsc));
    await attempt(() => this.#localWorkers?.[Symbol.asyncDispose]());
    await attempt(() => this.capturer[Symbol.dispose]());
    await attempt(() => this.planner[Symbol.dispose]());
    await attempt(() => this.shared[Symbol.dispose]());
    await attempt(() => this.folder[Symbol.asyncDispose]());
    await attempt(() => this.gateway[Symbol.asyncDispose]());
    await attempt(() => this.#process.close());
    if (errors.length > 0) throw joinErrors(errors);
  }

  #cancellable<T>(
    site: CallSite,
    run: () => Promise<T>,
    options: ActionOptions,
  ): Promise<T> {
    const signal = this.actions.signalOf(options);
    return this.actions.during(
      site,
      signal === undefined
        ? run
        : () => new Cancellation(this, signal).run(run),
    );
  }

  async #act<T>(
    site: CallSite,
    body: () => Promise<T>,
    ahead: Iterable<Wait> | undefined,
  ): Promise<T> {
    const { gateway, properties } = this;
    const wasStopped = this.isStopped;
    try {
      await this.order.settled(ahead);
      const result = await gateway.lease(() =>
        properties.applied(() =>
          gateway.scope(() => this.shared.whileRunning(body))
        )
      );
      this.shared.check();
      return result;
    } catch (error) {
      throw this.explain(error, site, wasStopped);
    }
  }
}

/** What a runtime is made of. */
export interface RuntimeParts {
  readonly process: GatewayProcess;
  readonly onStop: () => void;
  readonly launcher: string;
  readonly gateway: Gateway;
  readonly jsc: JavaObject;
  readonly conf: SparkConf;
  /** How debuggers get at workers; null: they do not. */
  readonly inspection: InspectMode | null;
  /** Threads that run functions in this process; null: worker processes do. */
  readonly localWorkers: LocalWorkers | null;
  readonly version: string;
  readonly dialect: Dialect;
  readonly applicationId: string;
  readonly uiWebUrl: string | null;
  readonly info: ApplicationInfo;
  readonly defaultParallelism: number;
  readonly capturer: ClosureCapturer;
  readonly log: TaskLog;
  readonly folder: JvmFolder;
}

/** Tells workers how what functions print comes to the driver, where it does. */
function logVariables(logs: WorkerLogs): [string, string][] {
  const { accumulatorId } = internalsOf(logs);
  return accumulatorId === null
    ? []
    : [[OUTPUT_VARIABLE, String(accumulatorId)]];
}
