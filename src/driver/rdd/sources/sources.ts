import { platform } from "../../../common/platform/deno.ts";
import { makeTemporaryFolder } from "../../../common/temporary_folder.ts";
import { ByteWriter } from "../../../common/byte_writer.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { connectServed } from "../../gateway/served_result.ts";
import { sendChunks } from "../../runtime/broadcast_file.ts";
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
    return await parallelizeBatches(
      runtime,
      sliceBatches(records, count),
      count,
    );
  }, site);
}

/** Numbers from `start` to before `end` as a plan; the workers make them. */
export function rangeSource(
  start: number,
  end: number,
  step: number,
  slices: number | null,
  site: CallSite,
): PlanNode {
  const size = Math.max(0, Math.ceil((end - start) / step));
  const source = sourceNode(async (runtime) => {
    const count = slices ?? runtime.defaultParallelism;
    const batches = Array.from({ length: count }, (_, i) => {
      const from = Math.floor(i * size / count);
      const to = Math.floor((i + 1) * size / count);
      return [[start + from * step, step, to - from]];
    });
    return await parallelizeBatches(runtime, batches, count);
  }, site);
  return stageNode(source, { op: "range" }, site);
}

/** Lines of text files as a plan. */
export function textFileSource(
  path: string,
  minPartitions: number | null,
  site: CallSite,
): PlanNode {
  return sourceNode(async ({ jsc, defaultMinPartitions }) => {
    const partitions = minPartitions ?? defaultMinPartitions;
    const java = await jsc.callObject("textFile", path, partitions);
    return { java: java.keep(), format: { kind: "text" } };
  }, site);
}

/**
 * Cuts a list into partitions as Spark does, and each partition into equally
 * many batches, since the JVM deals the batches out by number alone.
 */
export function sliceBatches(
  records: readonly unknown[],
  slices: number,
): unknown[][] {
  const bound = (i: number): number => Math.floor(i * records.length / slices);
  const longest = Math.ceil(records.length / slices);
  const perSlice = Math.max(1, Math.ceil(longest / BATCH_RECORDS));
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

/** Hands batches to the JVM: through a file, or a socket when Spark encrypts what goes to disk. */
async function parallelizeBatches(
  runtime: SparkRuntime,
  batches: readonly unknown[][],
  slices: number,
): Promise<JvmRdd> {
  const bytes = new ByteWriter(1 << 16);
  for (const batch of batches) {
    bytes.writeSizedBytes(runtime.encodeBatch(batch));
  }
  const java = runtime.isEncrypted
    ? await readFromSocket(runtime, bytes.view(), slices)
    : await readFromFile(runtime, bytes.view(), slices);
  return { java: java.keep(), format: { kind: "batch" } };
}

/** Peer: `PythonRDD.readRDDFromFile`, Spark 3.5 – 4.3. Layout: frames up to the file's end. */
async function readFromFile(
  { gateway, jsc }: SparkRuntime,
  frames: Uint8Array,
  slices: number,
): Promise<JavaObject> {
  const folder = await makeTemporaryFolder("records");
  try {
    const path = `${folder}/records`;
    await platform.writePrivateFile(path, frames);
    return await gateway.callStaticObject(
      PYTHON_RDD,
      "readRDDFromFile",
      jsc,
      path,
      slices,
    );
  } finally {
    await platform.remove(folder);
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
