import { ByteReader } from "../../../common/byte_reader.ts";
import { ProtocolError } from "../../../common/errors.ts";
import { ArrowRowDecoder } from "../../../serde/arrow/arrow_rows.ts";
import { MessageSplitter } from "../../../serde/arrow/message_splitter.ts";
import { readSchemaMessage } from "../../../serde/arrow/schema_reader.ts";
import type { ArrowSchema } from "../../../serde/arrow/arrow_type.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { openServed } from "../../gateway/served_result.ts";
import { findTwice, nameTwice } from "../../../serde/records/row_code.ts";
import { readSchema } from "../dataset.ts";
import type { SessionState } from "../session_state.ts";
import { readForms } from "./session_forms.ts";

/**
 * All rows of a `Dataset` as plain objects, in its order. Batches become rows
 * as they come, so that memory is what the rows take.
 *
 * @param session the session, whose settings say how values come
 * @param dataset the `Dataset`
 * @throws JavaError the job's error
 * @throws ProtocolError `LONG_NOT_SAFE`, `TIME_NOT_IN_RANGE`; see `columnReader`
 * @throws SparkError `COLUMN_NAME_TWICE`, `SETTING_INVALID`, before anything runs
 */
export async function collectRows<S extends object>(
  session: SessionState,
  dataset: JavaObject,
): Promise<S[]> {
  const forms = await readForms(session);
  const { schema: struct } = await readSchema(dataset);
  const options = { ...forms, rows: "plain" } as const;
  await checkNames(dataset, struct.fieldNames);
  const { batches } = await collectBatches(session, dataset, (schema) => {
    const decoder = new ArrowRowDecoder<S>(struct, schema, options);
    return {
      decode(message) {
        const rows = decoder.decode(message);
        session.runtime.actions.pass(rows?.length ?? 0, "received");
        return rows;
      },
    };
  });
  const length = batches.reduce((sum, batch) => sum + batch.length, 0);
  const rows = new Array<S>(length);
  let at = 0;
  for (const batch of batches) for (const row of batch) rows[at++] = row;
  return rows;
}

/**
 * Refuses two columns of one name, and says where both come from.
 *
 * Peer: `QueryExecution.analyzed`, whose attributes know what they are columns of.
 */
async function checkNames(
  dataset: JavaObject,
  names: readonly string[],
): Promise<void> {
  const places = findTwice(names);
  if (places === null) return;
  const execution = await dataset.callObject("queryExecution");
  const plan = await execution.callObject("analyzed");
  const output = await plan.callObject("output");
  const originOf = async (place: number): Promise<string> => {
    const attribute = await output.callObject("apply", place);
    return await attribute.callString("qualifiedName");
  };
  const [first, second] = places;
  const origins = [await originOf(first), await originOf(second)] as const;
  const areKnown = origins.some((origin) => origin !== names[first]);
  throw nameTwice(names, places, areKnown ? origins : null);
}

/** What makes something of each record batch; null of a dictionary. */
export interface BatchDecoder<T> {
  /** Takes one message, which is its own. */
  decode(message: Uint8Array): T | null;
}

/** What came of a `Dataset`. */
export interface CollectedBatches<T> {
  /** The columns. */
  readonly schema: ArrowSchema;
  /** What was made of the batches, in the `Dataset`'s order. */
  readonly batches: readonly T[];
}

/**
 * All batches of a `Dataset`, in its order, decoded as they come.
 *
 * Peer: `Dataset.collectAsArrowToPython`, Spark 3.5 – 4.3. Layout: an Arrow
 * stream with the batches as they came, then their order: see
 * {@link orderBatches}.
 *
 * @param session the session
 * @param dataset the `Dataset`
 * @param open makes the decoder of batches with this schema
 * @throws JavaError the job's error
 */
export async function collectBatches<T>(
  session: SessionState,
  dataset: JavaObject,
  open: (schema: ArrowSchema) => BatchDecoder<T>,
): Promise<CollectedBatches<T>> {
  const served = await dataset.callObject("collectAsArrowToPython");
  await using result = await openServed(session.runtime.gateway, served);
  const splitter = new MessageSplitter();
  const came: T[] = [];
  let schema: ArrowSchema | null = null;
  let decoder: BatchDecoder<T> | null = null;
  for await (const chunk of result.bytes()) {
    for (const message of splitter.push(chunk)) {
      if (decoder === null) {
        schema = readSchemaMessage(message);
        decoder = open(schema);
      } else {
        const batch = decoder.decode(message);
        if (batch !== null) came.push(batch);
      }
    }
  }
  await result.finish(); // a failed job ends the stream early, and throws here
  const rest = splitter.finish();
  return {
    schema: schema ?? { fields: [] },
    batches: orderBatches(came, rest),
  };
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
export function orderBatches<T>(
  batches: readonly T[],
  trailer: Uint8Array,
): T[] {
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

function wrongOrder(why: string, batches: readonly unknown[]): ProtocolError {
  return new ProtocolError(
    "BATCH_ORDER_INVALID",
    `Cannot put the ${batches.length} batches of a result in order: ${why}; the stream was damaged on its way, collect again`,
    { why, batches: batches.length },
  );
}
