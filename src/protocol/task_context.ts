import type { ByteReader } from "../common/byte_reader.ts";
import { readCount, readTextMap, TextList } from "./limits.ts";
import type { LocalEndpoint } from "./local_endpoint.ts";

/** A kind of device, such as GPUs, that Spark gave to the task. */
export interface TaskResource {
  /** The resource's name, such as `"gpu"`. */
  readonly name: string;
  /** The devices, named as the discovery script names them. */
  readonly addresses: readonly string[];
}

/** What Spark says of the task that runs. */
export interface TaskContextInfo {
  /** Whether all tasks of the stage run at once and can wait for each other. */
  readonly isBarrier: boolean;
  /** Where barrier calls go; null without barrier. */
  readonly barrier: LocalEndpoint | null;
  /** The stage, as the Spark UI numbers it. */
  readonly stageId: number;
  /** The partition that the task computes. */
  readonly partitionId: number;
  /** 0 for the first attempt at this partition. */
  readonly attemptNumber: number;
  /** Unique among all task attempts of the application. */
  readonly taskAttemptId: bigint;
  /** CPUs given to the task, rounded up. */
  readonly cpus: number;
  /** CPUs given to the task as a decimal number in text; from Spark 4.3 perhaps a fraction. */
  readonly cpuAmount: string;
  /** Devices by resource name. */
  readonly resources: ReadonlyMap<string, TaskResource>;
  /** The driver's local properties at the time of the action: job group, description, call site and others. */
  readonly localProperties: ReadonlyMap<string, string>;
}

/**
 * Reads a task context that is sent field by field.
 *
 * Peer: `PythonWorkerUtils`, `BasePythonRunner.Writer` of Spark 3.5 to 4.1.
 * Layout: bool is barrier, the barrier's endpoint as the dialect has it, int
 * stage id, int partition id, int attempt number, long task attempt id, int
 * cpus, int count and per resource key, name, int count and addresses; int
 * count and per local property key and value.
 *
 * @param reader where the context begins
 * @param readBarrier reads what the dialect sends of the barrier's endpoint, and says null for none
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `PORT_INVALID`, `BYTES_TRUNCATED`
 */
export function readTaskContextFields(
  reader: ByteReader,
  readBarrier: (reader: ByteReader, isBarrier: boolean) => LocalEndpoint | null,
): TaskContextInfo {
  const isBarrier = reader.readBool();
  const barrier = readBarrier(reader, isBarrier);
  const stageId = reader.readInt();
  const partitionId = reader.readInt();
  const attemptNumber = reader.readInt();
  const taskAttemptId = reader.readLong();
  const cpus = reader.readInt();
  return {
    isBarrier,
    barrier,
    stageId,
    partitionId,
    attemptNumber,
    taskAttemptId,
    cpus,
    cpuAmount: String(cpus),
    resources: readResources(reader),
    localProperties: readTextMap(reader, "the task's local properties"),
  };
}

function readResources(reader: ByteReader): ReadonlyMap<string, TaskResource> {
  const what = "the task's resources";
  const resources = new Map<string, TaskResource>();
  const list = new TextList(reader, what);
  for (let left = readCount(reader, what); left > 0; left--) {
    const key = list.next();
    const name = list.next();
    const addresses: string[] = [];
    for (let more = readCount(reader, what); more > 0; more--) {
      addresses.push(list.next());
    }
    resources.set(key, { name, addresses });
  }
  return resources;
}
