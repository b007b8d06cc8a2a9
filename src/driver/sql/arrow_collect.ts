import { ByteReader } from "../../common/byte_reader.ts";
import { ProtocolError } from "../../common/errors.ts";
import {
  ArrowRowDecoder,
  splitArrowStream,
} from "../../serde/arrow/arrow_rows.ts";
import type { Row } from "../../serde/records/row.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { openServed } from "../gateway/served_result.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { arrowOptions, readSchema } from "./dataset.ts";

/**
 * All rows of a `Dataset`, in its order.
 *
 * Peer: `Dataset.collectAsArrowToPython`, Spark 3.5 – 4.3. Layout: an Arrow
 * stream with the batches as they came, then their order: see
 * {@link orderBatches}.
 *
 * @param runtime the application
 * @param dataset the `Dataset`
 * @throws JavaError the job's error
 * @throws SparkError `SETTING_INVALID`, before anything runs; see `arrowOptions`
 */
export async function collectRows<S extends object>(
  runtime: SparkRuntime,
  dataset: JavaObject,
): Promise<Row<S>[]> {
  const options = arrowOptions(runtime);
  const { schema } = await readSchema(dataset);
  const served = await dataset.callObject("collectAsArrowToPython");
  await using result = await openServed(runtime.gateway, served);
  const chunks: Uint8Array[] = [];
  for await (const chunk of result.bytes()) chunks.push(chunk);
  await result.finish(); // a failed job ends the stream early, and throws here
  const bytes = new Uint8Array(
    await new Blob(chunks as BlobPart[]).arrayBuffer(),
  );
  const stream = splitArrowStream(bytes);
  const decoder = new ArrowRowDecoder<S>(schema, stream.schema, options);
  const rows: Row<S>[] = [];
  for (const batch of orderBatches(stream.batches, stream.rest)) {
    for (const row of decoder.decode(batch)) rows.push(row);
  }
  return rows;
}

/**
 * Puts batches that came as their partitions finished into the `Dataset`'s order.
 *
 * Layout: int32 BE count, then for each place int32 BE the index of the batch
 * that belongs there.
 *
 * @param batches in the order in which they came
 * @param trailer what followed the Arrow stream
 * @throws ProtocolError `BATCH_ORDER_INVALID` unless it names every batch
 *   once; `BYTES_TRUNCATED` when it is cut short
 */
export function orderBatches(
  batches: readonly Uint8Array[],
  trailer: Uint8Array,
): Uint8Array[] {
  const reader = ByteReader.of(trailer);
  const count = reader.readInt();
  if (count !== batches.length) throw wrongOrder(`it names ${count}`, batches);
  const left = new Map(batches.entries());
  return Array.from({ length: count }, () => {
    const index = reader.readInt();
    const batch = left.get(index);
    if (batch === undefined) {
      throw wrongOrder(`it names batch ${index}, not there or twice`, batches);
    }
    left.delete(index);
    return batch;
  });
}

function wrongOrder(
  why: string,
  batches: readonly Uint8Array[],
): ProtocolError {
  return new ProtocolError(
    "BATCH_ORDER_INVALID",
    `Cannot put the ${batches.length} batches of a result in order: ${why}; the stream was damaged on its way, collect again`,
    { why, batches: batches.length },
  );
}
