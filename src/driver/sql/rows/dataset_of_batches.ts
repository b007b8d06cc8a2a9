import type { JavaObject } from "../../gateway/java_object.ts";
import type { SessionState } from "../session_state.ts";

/**
 * Makes a `Dataset` of an RDD of record batches.
 *
 * Peer: `SQLUtils.toDataFrame` of SparkR, Spark 3.5 – 4.3: the one stock
 * method that takes batches as an RDD.
 *
 * @param session the session
 * @param batches the `JavaRDD` of byte arrays, each one an encapsulated record batch
 * @param schema the schema as Spark's JSON
 */
export async function datasetOfBatches(
  session: SessionState,
  batches: JavaObject,
  schema: string,
): Promise<JavaObject> {
  const { gateway } = session.runtime;
  return await gateway.callStaticObject(
    "org.apache.spark.sql.api.r.SQLUtils",
    "toDataFrame",
    batches,
    await gateway.callStaticObject(
      "org.apache.spark.sql.types.DataType",
      "fromJson",
      schema,
    ),
    await session.jsession(),
  );
}
