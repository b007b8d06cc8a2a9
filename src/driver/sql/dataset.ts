import type { StageInput } from "../../protocol/command.ts";
import { parseSchemaJson, type StructType } from "../../types/spark_types.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { JvmRdd } from "../rdd/plan/plan_node.ts";
import { readForms } from "./rows/session_forms.ts";
import type { SessionState } from "./session_state.ts";

/** A `Dataset`'s columns. */
export async function readSchema(
  dataset: JavaObject,
): Promise<{ json: string; schema: StructType }> {
  const json = await (await dataset.callObject("schema")).callString("json");
  return { json, schema: parseSchemaJson(json) };
}

/**
 * A `Dataset`'s rows as an RDD of Arrow record batches.
 *
 * Peer: `Dataset.toArrowBatchRdd`, Spark 3.5 – 4.3.
 *
 * @param session the session, whose settings say how values come
 * @param dataset the `Dataset`
 */
export async function arrowRdd(
  session: SessionState,
  dataset: JavaObject,
): Promise<JvmRdd> {
  const forms = await readForms(session);
  const { json } = await readSchema(dataset);
  const batches = await dataset.callObject("toArrowBatchRdd");
  const java = (await batches.callObject("toJavaRDD")).keep();
  const format: StageInput = { kind: "arrow", schema: json, ...forms };
  return { java, format };
}
