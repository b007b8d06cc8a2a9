import { ArrowWriter } from "../../../serde/arrow/arrow_writer.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { connectServed } from "../../gateway/served_result.ts";
import { sendChunks } from "../../runtime/send_chunks.ts";
import type { SessionState } from "../session_state.ts";
import { datasetOfBatches } from "./dataset_of_batches.ts";

/**
 * Up to how many bytes rows become a part of the plan itself: Spark knows how
 * many they are then, and needs no job to show them. But it keeps them twice,
 * and compares and hashes all of them with each plan that they are in.
 */
const MOST_PLAN_BYTES = 1 << 20;

/** A program's rows as Arrow. */
export interface LocalBatches {
  /** The schema's message. */
  readonly head: Uint8Array;
  /** Record batches. */
  readonly batches: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Whether offsets of texts and binaries have 64 bits. */
  readonly largeVarTypes: boolean;
}

/**
 * Makes a `Dataset` of record batches, which go to the JVM by a socket, so
 * that nothing of them is written to disk: few as a part of the plan, many as
 * an RDD of batches.
 *
 * @param session the session
 * @param local the batches
 * @param schema the schema as Spark's JSON
 */
export async function datasetOf(
  session: SessionState,
  local: LocalBatches,
  schema: string,
): Promise<JavaObject> {
  const rest = iterate(local.batches);
  const first: Uint8Array[] = [];
  let size = 0;
  while (size <= MOST_PLAN_BYTES) {
    const { done, value } = await rest.next();
    if (done === true) break;
    first.push(value);
    size += value.length;
  }
  // SparkR's method, which takes an RDD, knows no offsets of 64 bits.
  return size <= MOST_PLAN_BYTES || local.largeVarTypes
    ? await asPlan(session, [local.head], first, rest, schema)
    : await asRdd(session, first, rest, schema);
}

/** Peer: `ArrowIteratorServer`, `PythonSQLUtils.toDataFrame`, Spark 3.5 – 4.3. Layout: an Arrow stream. */
async function asPlan(
  session: SessionState,
  head: readonly Uint8Array[],
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
  schema: string,
): Promise<JavaObject> {
  const { gateway } = session.runtime;
  const server = await gateway.construct(
    "org.apache.spark.sql.api.python.ArrowIteratorServer",
  );
  await send(
    session,
    server,
    joined([...head, ...first], rest, [
      ArrowWriter.END,
    ]),
  );
  return await gateway.callStaticObject(
    "org.apache.spark.sql.api.python.PythonSQLUtils",
    "toDataFrame",
    await server.callObject("getResult"),
    schema,
    await session.jsession(),
  );
}

/** Peer: `PythonParallelizeServer`, Spark 3.5 – 4.3. Layout: frames (int32 length, payload), each one a record batch. */
async function asRdd(
  session: SessionState,
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
  schema: string,
): Promise<JavaObject> {
  const { gateway, jsc, defaultParallelism } = session.runtime;
  const server = await gateway.construct(
    "org.apache.spark.api.python.PythonParallelizeServer",
    await jsc.callObject("sc"),
    defaultParallelism,
  );
  await send(session, server, framed(joined(first, rest, [])));
  const rdd = await server.callObject("getResult");
  return await datasetOfBatches(session, rdd, schema);
}

/** Sends what a server of the JVM's waits for. */
async function send(
  session: SessionState,
  server: JavaObject,
  parts: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { gateway, calls } = session.runtime;
  const address = await server.call(
    calls.parallelizesOverSockets ? "connInfo" : "port",
  );
  const secret = await server.call("secret");
  await sendChunks(await connectServed(gateway, address, secret), parts);
}

async function* framed(
  batches: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const batch of batches) {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setInt32(0, batch.length);
    yield length;
    yield batch;
  }
}

async function* joined(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
  last: readonly Uint8Array[],
): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
  yield* last;
}

async function* iterate(
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* parts;
}
