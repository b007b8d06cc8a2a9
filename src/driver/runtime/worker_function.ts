import { SparkError } from "../../common/errors.ts";
import { memoizeAsync } from "../../common/memoize_async.ts";
import {
  DRIVER_VERSION,
  FORMAT_VERSION,
  type StageCommand,
} from "../../protocol/command.ts";
import type { ClosureRecord } from "../../protocol/closure_record.ts";
import { encodeCommand } from "../../protocol/command_codec.ts";
import type { UdfRecord } from "../../protocol/udf_record.ts";
import { largestCapture } from "../closure/large_capture.ts";
import { expectNumber } from "../gateway/expect.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { PackageBundles } from "./package_bundles.ts";
import type { Life, SharedVariables } from "./shared_variables.ts";

const LARGE_BYTES = 1 << 20; // a captured value beyond it belongs into a broadcast

/** What is the same for all functions of an application. */
export interface WorkerFunctionOptions {
  readonly gateway: Gateway;
  readonly jsc: JavaObject;
  readonly shared: SharedVariables;
  readonly packages: PackageBundles;
  /** Path of what Spark starts in place of Python. */
  readonly launcher: string;
  /** As {@link WorkerFunctionOptions.launcher}, of what Spark starts on the driver's machine. */
  readonly plannerLauncher: () => Promise<string>;
  /** Variables of its environment, always the same: Spark keeps a daemon for each environment. */
  readonly environment: ReadonlyMap<string, string>;
  /** Tells the user of what works and should not be so. */
  readonly warn: (text: string) => void;
  /** Whether Spark encrypts the files of broadcasts. */
  readonly encryptsFiles: boolean;
  /** How many bytes of records a task may hold before it writes some to disk. */
  readonly memoryBytes: number;
}

/** What every command needs beside what it is about. */
type CommandNeeds = Pick<
  StageCommand,
  "version" | "memoryBytes" | "broadcasts" | "packages"
>;

/** What a stage does, as far as that differs from stage to stage. */
export type StageWork = Omit<StageCommand, keyof CommandNeeds>;

/** What a function in SQL is, as far as that differs from function to function. */
export type UdfWork = Omit<UdfRecord, keyof CommandNeeds>;

/** The JVM's object for what workers do. */
export interface MadeFunction {
  readonly java: JavaObject;
  /** Whether its command lies in a file, which goes as its life says. */
  readonly isLarge: boolean;
}

/** A command on its way into the JVM's object. */
interface MadeCommand {
  readonly bytes: Uint8Array;
  /** The JVM's broadcasts that it names. */
  readonly variables: readonly JavaObject[];
  readonly accumulator: JavaObject | null;
  readonly isLarge: boolean;
}

/** Functions that a query's planning gives, under one object of the JVM's. */
export interface PlannedFunctions {
  /** The bytes of a function, once all that it needs is in the JVM. */
  command(work: UdfWork): Promise<Uint8Array>;
  /**
   * The JVM's object, which Spark runs on the driver's machine to plan.
   *
   * @param bytes what it asks the planner's server by
   */
  make(bytes: Uint8Array): Promise<JavaObject>;
}

/** A closure, and where the program wrote the operation that takes it. */
interface ClosureSite {
  readonly closure: ClosureRecord | null;
  readonly site: string;
}

/**
 * Makes the JVM's objects for what stages do, with the broadcasts and
 * accumulators that their functions name.
 *
 * Peer: `SimplePythonFunction`, Spark 3.5 – 4.3; `_prepare_for_python_RDD` of PySpark.
 */
export class WorkerFunctions {
  readonly #options: WorkerFunctionOptions;
  readonly #warned = new Set<string>();
  readonly #made: { threshold: Promise<number> | null } = { threshold: null };

  /** @param options the application */
  constructor(options: WorkerFunctionOptions) {
    this.#options = options;
  }

  /** The JVM's object for a stage. */
  async make(work: StageWork, life: Life): Promise<MadeFunction> {
    const records = [
      ...work.steps.map(({ closure }) => closure),
      work.outputClosure,
    ];
    return await this.#make(
      records,
      (needs) => ({ ...needs, ...work }),
      work.steps,
      life,
    );
  }

  /** The JVM's object for a function that SQL calls. */
  async makeUdf(work: UdfWork): Promise<JavaObject> {
    const { bytes, variables, accumulator } = await this.#udfCommand(work);
    const { launcher, plannerLauncher } = this.#options;
    if (work.planner !== null) this.#requireReadable(work.name, variables);
    return await this.#construct(
      bytes,
      variables,
      accumulator,
      work.planner === null ? launcher : await plannerLauncher(),
    );
  }

  /**
   * Functions of which the JVM's object is made before they are known: those
   * that a query's planning gives.
   */
  async planned(): Promise<PlannedFunctions> {
    const { gateway, shared } = this.#options;
    // It grows while tasks that have it are sent.
    const variables = (await gateway.construct(
      "java.util.concurrent.CopyOnWriteArrayList",
    )).keep();
    const accumulator = await shared.accumulators();
    return {
      command: async (work) => {
        const made = await this.#udfCommand(work);
        this.#requireReadable(work.name, made.variables);
        for (const variable of made.variables) {
          await variables.call("addIfAbsent", variable);
        }
        return made.bytes;
      },
      make: async (bytes) =>
        await this.#construct(
          bytes,
          variables,
          accumulator,
          await this.#options.plannerLauncher(),
        ),
    };
  }

  /**
   * Refuses broadcasts where Spark would wait for the planner to read them:
   * encrypted ones go to it with each question, by a server of their own.
   *
   * Peer: `PythonWorkerUtils.writeBroadcasts`, Spark 4.0 – 4.3.
   */
  #requireReadable(name: string, variables: readonly JavaObject[]): void {
    if (variables.length === 0 || !this.#options.encryptsFiles) return;
    throw new SparkError(
      "PLANNED_BROADCAST_ENCRYPTED",
      `Cannot plan with "${name}", which needs a broadcast: its own, or one for a package or for values of more than a megabyte; with spark.io.encryption.enabled Spark cannot hand broadcasts to what plans a query; do without them there, or without that setting`,
      { name },
    );
  }

  #udfCommand(work: UdfWork): Promise<MadeCommand> {
    return this.#command(
      [work.closure],
      (needs) => ({ ...needs, ...work }),
      [work],
      "rdd",
    );
  }

  async #make(
    records: readonly (ClosureRecord | null)[],
    commandOf: (needs: CommandNeeds) => StageCommand | UdfRecord,
    sites: readonly ClosureSite[],
    life: Life,
  ): Promise<MadeFunction> {
    const { bytes, variables, accumulator, isLarge } = await this.#command(
      records,
      commandOf,
      sites,
      life,
    );
    const { launcher } = this.#options;
    const java = await this.#construct(
      bytes,
      variables,
      accumulator,
      launcher,
    );
    return { java, isLarge };
  }

  async #command(
    records: readonly (ClosureRecord | null)[],
    commandOf: (needs: CommandNeeds) => StageCommand | UdfRecord,
    sites: readonly ClosureSite[],
    life: Life,
  ): Promise<MadeCommand> {
    const { shared, memoryBytes } = this.#options;
    const { ids, broadcasts, accumulator, records: inner } = await shared
      .needed(records);
    const { packages, broadcast } = await this.#options.packages.needed([
      ...records,
      ...inner,
    ]);
    const variables = [...broadcasts];
    if (broadcast !== null) variables.push(broadcast);
    const command = commandOf({
      version: FORMAT_VERSION,
      memoryBytes,
      broadcasts: ids,
      packages,
    });
    const { planner }: Partial<UdfRecord> = command;
    let bytes = encodeCommand(command);
    if (bytes.length > LARGE_BYTES) this.#warn(sites);
    const isLarge = bytes.length > await this.#broadcastThreshold();
    if (isLarge) {
      const { java, id } = await shared.broadcastCommand(bytes, life);
      variables.push(java);
      bytes = encodeCommand({
        version: FORMAT_VERSION,
        command: id,
        ...planner === undefined ? {} : { planner },
      });
    }
    return { bytes, variables, accumulator, isLarge };
  }

  #construct(
    bytes: Uint8Array,
    variables: readonly JavaObject[] | JavaObject,
    accumulator: JavaObject | null,
    launcher: string,
  ): Promise<JavaObject> {
    const { gateway, environment } = this.#options;
    return gateway.construct(
      "org.apache.spark.api.python.SimplePythonFunction",
      bytes,
      environment,
      [],
      launcher,
      DRIVER_VERSION,
      variables,
      accumulator,
    );
  }

  /** Tells once of each variable that every job sends anew. */
  #warn(sites: readonly ClosureSite[]): void {
    for (const { closure, site } of sites) {
      const large = closure === null ? null : largestCapture(closure);
      if (large === null || large.bytes <= LARGE_BYTES) continue;
      const key = `"${large.name}" used by ${site}`;
      if (this.#warned.has(key)) continue;
      this.#warned.add(key);
      const size = (large.bytes / 2 ** 20).toFixed(1);
      this.#options.warn(
        `Warning: ${key} takes ${size} MiB along with each job; send it once by sc.broadcast(${large.name}), and use its value in the function\n`,
      );
    }
  }

  /** From how many bytes on a command goes by broadcast: each executor gets it once, not each task. */
  #broadcastThreshold(): Promise<number> {
    const { gateway, jsc } = this.#options;
    return memoizeAsync(this.#made, "threshold", async () => {
      const value = await gateway.callStatic(
        "org.apache.spark.api.python.PythonUtils",
        "getBroadcastThreshold",
        jsc,
      );
      return expectNumber(value, "getBroadcastThreshold");
    });
  }
}
