import type { JavaObject } from "../../gateway/java_object.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import type { BuiltRdd, ShuffleTarget } from "./plan_node.ts";

/** What a stage with the output of a shuffle gives, read back from its files. */
export async function shuffledRdd(
  { gateway }: SparkRuntime,
  stage: JavaObject,
  partitions: number,
  id: bigint,
): Promise<BuiltRdd> {
  const pairs = await gateway.construct(
    "org.apache.spark.api.python.PairwiseRDD",
    stage,
  );
  const partitioner = await gateway.construct(
    "org.apache.spark.api.python.PythonPartitioner",
    partitions,
    id,
  );
  const shuffled = await (await pairs.callObject("asJavaPairRDD")).callObject(
    "partitionBy",
    partitioner,
  );
  const java = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonRDD",
    "valueOfPair",
    shuffled,
  );
  return { java: java.keep(), format: { kind: "batch" }, workers: 0 };
}

/** Whether two plans' records are partitioned alike. */
export function isSameTarget(
  one: ShuffleTarget | null,
  other: ShuffleTarget | null,
): boolean {
  return one !== null && one.placing.id === other?.placing.id &&
    one.partitions === other.partitions;
}

/** How many partitions a shuffle of so many makes when the program does not say. Peer: `RDD._defaultReducePartitions`. */
export function defaultPartitions(
  runtime: SparkRuntime,
  parent: number,
): number {
  return runtime.conf.get("spark.default.parallelism") === undefined
    ? parent
    : runtime.defaultParallelism;
}
