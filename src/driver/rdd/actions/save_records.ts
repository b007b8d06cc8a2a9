import type { NumberForm } from "../../../protocol/command.ts";
import type { JavaArgument } from "../../gateway/java_value.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { actionRdd, materializeBatches } from "../plan/materialize.ts";
import type { PlanNode } from "../plan/plan_node.ts";

const PYTHON_RDD = "org.apache.spark.api.python.PythonRDD";
const IS_BATCHED = true; // each frame is a list of pairs

/** The methods of `PythonRDD` that write pairs. */
export type PairMethod =
  | "saveAsSequenceFile"
  | "saveAsHadoopFile"
  | "saveAsNewAPIHadoopFile"
  | "saveAsHadoopDataset";

/** What the numbers of pairs become. */
export interface PairForms {
  readonly key: NumberForm;
  readonly value: NumberForm;
}

/**
 * Writes each record as a line of text into a new folder, inside an action.
 *
 * @param codec full name of a compression codec's class; null: none
 */
export async function saveText(
  runtime: SparkRuntime,
  node: PlanNode,
  path: string,
  codec: string | null,
): Promise<void> {
  const { gateway } = runtime;
  const lines = await actionRdd(runtime, node, [], { kind: "text" });
  const asText = await gateway.construct(
    "org.apache.spark.api.python.BytesToString",
  );
  const java = await lines.callObject("asJavaRDD");
  const text = await java.callObject("map", asText);
  if (codec === null) {
    await text.call("saveAsTextFile", path);
  } else {
    const found = await gateway.callStaticObject(
      "java.lang.Class",
      "forName",
      codec,
    );
    await text.call("saveAsTextFile", path, found);
  }
}

/** Writes record batches into a new folder, inside an action. */
export async function saveObjects(
  runtime: SparkRuntime,
  node: PlanNode,
  path: string,
): Promise<void> {
  const { java } = await materializeBatches(runtime, node);
  await java.call("saveAsObjectFile", path);
}

/**
 * Writes pairs through Hadoop, inside an action.
 *
 * Peer: the method of that name of `PythonRDD`.
 *
 * @param method its name
 * @param forms what numbers become
 * @param args what it takes beside the pairs
 */
export async function savePairs(
  runtime: SparkRuntime,
  node: PlanNode,
  method: PairMethod,
  forms: PairForms,
  args: readonly JavaArgument[],
): Promise<void> {
  const output = { kind: "pickledPairs", ...forms } as const;
  const pairs = await actionRdd(runtime, node, [], output);
  await runtime.gateway.callStatic(
    PYTHON_RDD,
    method,
    await pairs.callObject("asJavaRDD"),
    IS_BATCHED,
    ...args,
  );
}
