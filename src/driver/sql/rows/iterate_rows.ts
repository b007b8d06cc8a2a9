import { ArrowRowDecoder } from "../../../serde/arrow/arrow_rows.ts";
import { arrowSchemaOf } from "../../../serde/arrow/spark_arrow.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { openServed } from "../../gateway/served_result.ts";
import { readSchema } from "../dataset.ts";
import type { SessionState } from "../session_state.ts";
import { readForms } from "./session_forms.ts";

/**
 * The rows of a `Dataset` as plain objects, a partition after the other, each
 * computed when it is asked for.
 *
 * Peer: `Dataset.toArrowBatchRdd`, `PythonRDD.toLocalIteratorAndServe`, Spark
 * 3.5 – 4.3. Layout: see `ServedResult.partitions`; a frame is one batch.
 *
 * @param session the session, whose settings say how values come
 * @param dataset the `Dataset`
 * @param prefetches whether the next partition is computed while one is read
 * @throws as `collectRows`
 */
export async function* iterateRows<S extends object>(
  session: SessionState,
  dataset: JavaObject,
  prefetches: boolean,
): AsyncGenerator<S> {
  const { largeVarTypes, ...options } = await readForms(session);
  const { schema } = await readSchema(dataset);
  const decoder = new ArrowRowDecoder<S>(
    schema,
    arrowSchemaOf(schema, { timeZone: "UTC", largeVarTypes }),
    { ...options, rows: "plain" },
  );
  const batches = await dataset.callObject("toArrowBatchRdd");
  const { gateway } = session.runtime;
  const served = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonRDD",
    "toLocalIteratorAndServe",
    batches,
    prefetches,
  );
  await using result = await openServed(gateway, served);
  const decode = (frame: Uint8Array): S[] => decoder.decode(frame) ?? [];
  for await (const rows of result.partitions(decode)) yield* rows;
}
