import { ByteWriter } from "../../../common/byte_writer.ts";
import { isRecordTooLarge } from "../../../serde/cbor/cbor_writer.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { connectServed } from "../../gateway/served_result.ts";
import { sendChunks } from "../../runtime/send_chunks.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import {
  type JvmRdd,
  type PlanNode,
  sourceNode,
  stageNode,
} from "../plan/plan_node.ts";

const BATCH_RECORDS = 1024; // of a parallelized list; larger records make larger batches
const PYTHON_RDD = "org.apache.spark.api.python.PythonRDD";

/**
 * The driver's own records as a plan. The list is copied now, the records
 * themselves are written when an action needs them.
 *
 * @param records the records
 * @param slices number of partitions; null: the default parallelism
 */
export function parallelizeSource(
  records: readonly unknown[],
  slices: number | null,
  site: CallSite,
): PlanNode {
  return sourceNode(async (runtime) => {
    const count = slices ?? runtime.defaultParallelism;
    const frames = encodeSlices(runtime, records, count, BATCH_RECORDS);
    return await handOver(runtime, frames, count);
  }, site);
}

/**
 * A list's partitions as frames, with as many records in each as fit.
 *
 * @throws SparkError `RECORD_TOO_LARGE` for a record that fits into none
 */
function encodeSlices(
  runtime: SparkRuntime,
  records: readonly unknown[],
  slices: number,
  batchRecords: number,
): Uint8Array {
  try {
    const batches = sliceBatches(records, slices, batchRecords);
    return encodeBatches(runtime, batches);
  } catch (error) {
    if (!isRecordTooLarge(error) || batchRecords === 1) throw error;
    return encodeSlices(runtime, records, slices, batchRecords >> 2);
  }
}

/** Numbers from `start` to before `end` as a plan; the workers make them. */
export function rangeSource(
  start: number,
  end: number,
  step: number,
  slices: number | null,
  site: CallSite,
): PlanNode {
  // By bigints: products and differences of safe integers need not be safe.
  const [first, last, by] = [BigInt(start), BigInt(end), BigInt(step)];
  const size = rangeSize(last - first, by);
  const source = sourceNode(async (runtime) => {
    const count = slices ?? runtime.defaultParallelism;
    const bound = (i: number): bigint => BigInt(i) * size / BigInt(count);
    const batches = Array.from({ length: count }, (_, i) => {
      const [from, to] = [bound(i), bound(i + 1)];
      return [[Number(first + from * by), step, Number(to - from)]];
    });
    return await handOver(runtime, encodeBatches(runtime, batches), count);
  }, site);
  return stageNode(source, { op: "range" }, site);
}

/** How many steps lie within a distance, the one at its start with them. */
function rangeSize(distance: bigint, step: bigint): bigint {
  const isAhead = distance > 0n === step > 0n;
  if (distance === 0n || !isAhead) return 0n;
  return distance / step + (distance % step === 0n ? 0n : 1n);
}

/** Lines of text files as a plan. */
export function textFileSource(
  path: string,
  minPartitions: number | null,
  site: CallSite,
): PlanNode {
  return sourceNode(
    async ({ jsc, defaultMinPartitions }) => {
      const partitions = minPartitions ?? defaultMinPartitions;
      const java = await jsc.callObject("textFile", path, partitions);
      return { java: java.keep(), format: { kind: "text" } };
    },
    site,
    path,
  );
}

/**
 * Cuts a list into partitions as Spark does, and each partition into equally
 * many batches, since the JVM deals the batches out by number alone.
 */
export function sliceBatches(
  records: readonly unknown[],
  slices: number,
  batchRecords: number = BATCH_RECORDS,
): unknown[][] {
  const bound = (i: number): number => Math.floor(i * records.length / slices);
  const longest = Math.ceil(records.length / slices);
  const perSlice = Math.max(1, Math.ceil(longest / batchRecords));
  const batches: unknown[][] = [];
  for (let slice = 0; slice < slices; slice++) {
    const part = records.slice(bound(slice), bound(slice + 1));
    const size = Math.ceil(part.length / perSlice);
    for (let i = 0; i < perSlice; i++) {
      batches.push(part.slice(i * size, (i + 1) * size));
    }
  }
  return batches;
}

function encodeBatches(
  runtime: SparkRuntime,
  batches: readonly unknown[][],
): Uint8Array {
  const bytes = new ByteWriter(1 << 16);
  const encode = runtime.encoder();
  for (const batch of batches) bytes.writeSizedBytes(encode(batch));
  return bytes.view();
}

/** Hands frames to the JVM: through a file, or a socket when Spark encrypts what goes to disk. */
async function handOver(
  runtime: SparkRuntime,
  frames: Uint8Array,
  slices: number,
): Promise<JvmRdd> {
  const java = runtime.isEncrypted
    ? await readFromSocket(runtime, frames, slices)
    : await readFromFile(runtime, frames, slices);
  return { java: java.keep(), format: { kind: "batch" } };
}

/** Peer: `PythonRDD.readRDDFromFile`, Spark 3.5 – 4.3. Layout: frames up to the file's end. */
async function readFromFile(
  { gateway, jsc, folder }: SparkRuntime,
  frames: Uint8Array,
  slices: number,
): Promise<JavaObject> {
  const path = folder.write([frames]);
  try {
    return await gateway.callStaticObject(
      PYTHON_RDD,
      "readRDDFromFile",
      jsc,
      path,
      slices,
    );
  } finally {
    await folder.remove(path);
  }
}

/** Peer: `PythonParallelizeServer`, Spark 3.5 – 4.3. Layout: frames, in chunks. */
async function readFromSocket(
  { gateway, jsc, calls }: SparkRuntime,
  frames: Uint8Array,
  slices: number,
): Promise<JavaObject> {
  const server = await gateway.construct(
    "org.apache.spark.api.python.PythonParallelizeServer",
    await jsc.callObject("sc"),
    slices,
  );
  const address = await server.call(
    calls.parallelizesOverSockets ? "connInfo" : "port",
  );
  const secret = await server.call("secret");
  await sendChunks(await connectServed(gateway, address, secret), [frames]);
  return await server.callObject("getResult");
}
