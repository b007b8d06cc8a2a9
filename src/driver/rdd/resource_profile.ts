import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";

const PACKAGE = "org.apache.spark.resource";

/** A kind of device that executors must have. */
export interface ExecutorResource {
  /** How many. */
  readonly amount: number;
  /** Program on the executor that finds them; by default as the cluster is set up. */
  readonly discoveryScript?: string;
  /** Who makes them, as Kubernetes wants to know. */
  readonly vendor?: string;
}

/** What each executor of a stage must have. Amounts of memory are like `2g`. */
export interface ExecutorRequests {
  /** Cores. */
  readonly cores?: number;
  /** Memory of the JVM's heap. */
  readonly memory?: string;
  /** Memory beside the heap. */
  readonly memoryOverhead?: string;
  /** Memory of the workers. */
  readonly pysparkMemory?: string;
  /** Memory that the JVM manages outside its heap. */
  readonly offHeapMemory?: string;
  /** Devices by name, such as `gpu`. */
  readonly resources?: Readonly<Record<string, ExecutorResource>>;
}

/** What each task of a stage gets. */
export interface TaskRequests {
  /** Cores. */
  readonly cpus?: number;
  /** Number of devices by name, such as `gpu`; a half lets two tasks share one. */
  readonly resources?: Readonly<Record<string, number>>;
}

/**
 * What the executors and tasks of a stage need, where that differs from the
 * rest of the application. Needs a cluster that can start executors for it.
 *
 * @example
 * ```ts
 * import { type RDD, ResourceProfile } from "@tspark/tspark";
 *
 * const onGpus = (rows: RDD<number[]>) =>
 *   rows.withResources(
 *     new ResourceProfile(
 *       { cores: 4, memory: "8g", resources: { gpu: { amount: 2 } } },
 *       { cpus: 1, resources: { gpu: 0.5 } },
 *     ),
 *   );
 * ```
 */
export class ResourceProfile {
  /** What each executor must have. */
  readonly executor: ExecutorRequests;
  /** What each task gets. */
  readonly task: TaskRequests;

  /**
   * Describes a stage's needs.
   *
   * @param executor what each executor must have; as the application has it when left out
   * @param task what each task gets; one core when left out
   */
  constructor(executor: ExecutorRequests = {}, task: TaskRequests = {}) {
    this.executor = Object.freeze({ ...executor });
    this.task = Object.freeze({ ...task });
  }
}

/**
 * The JVM's object for a profile.
 *
 * @param profile what a stage needs
 * @param gateway to the JVM
 */
export async function profileToJava(
  { executor, task }: ResourceProfile,
  gateway: Gateway,
): Promise<JavaObject> {
  const builder = await gateway.construct(`${PACKAGE}.ResourceProfileBuilder`);
  await builder.call("require", await executorRequests(executor, gateway));
  await builder.call("require", await taskRequests(task, gateway));
  return await builder.callObject("build");
}

async function executorRequests(
  { resources = {}, ...amounts }: ExecutorRequests,
  gateway: Gateway,
): Promise<JavaObject> {
  const requests = await gateway.construct(
    `${PACKAGE}.ExecutorResourceRequests`,
  );
  for (const [name, amount] of Object.entries(amounts)) {
    if (amount !== undefined) await requests.call(name, amount);
  }
  for (const [name, resource] of Object.entries(resources)) {
    const { amount, discoveryScript = "", vendor = "" } = resource;
    await requests.call("resource", name, amount, discoveryScript, vendor);
  }
  return requests;
}

async function taskRequests(
  { cpus, resources = {} }: TaskRequests,
  gateway: Gateway,
): Promise<JavaObject> {
  const requests = await gateway.construct(`${PACKAGE}.TaskResourceRequests`);
  if (cpus !== undefined) await requests.call("cpus", cpus);
  for (const [name, amount] of Object.entries(resources)) {
    await requests.call("resource", name, amount);
  }
  return requests;
}
