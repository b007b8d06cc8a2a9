/**
 * What Spark runs on the driver's machine while it plans a query, in place of
 * Python: each module asks one question, or many while a stream runs.
 *
 * Peer: `PythonPlannerRunner.workerModule` of its subclasses, and
 * `PythonStreamingPartitionReaderFactory`'s `PythonStreamingSourceRunner`, Spark 4.0 – 4.3.
 *
 * @module
 */

/** Modules that ask one question at a time, by what they ask. */
export const QUESTION_MODULES = {
  analyze: "pyspark.sql.worker.analyze_udtf",
  create: "pyspark.sql.worker.create_data_source",
  read: "pyspark.sql.worker.plan_data_source_read",
  filters: "pyspark.sql.worker.data_source_pushdown_filters",
  write: "pyspark.sql.worker.write_into_data_source",
  commit: "pyspark.sql.worker.commit_data_source_write",
  commitBatch: "pyspark.sql.worker.python_streaming_sink_runner",
} as const;

/** What a module asks. */
export type QuestionKind = keyof typeof QUESTION_MODULES;

/** The module that asks for the offsets and partitions of a stream as long as that runs. */
export const STREAM_MODULE =
  "pyspark.sql.streaming.python_streaming_source_runner";

/** The module that asks which states a processor declares, before its query starts. */
export const PROCESSOR_MODULE =
  "pyspark.sql.streaming.transform_with_state_driver_worker";

/** Whether a module is answered by the driver's program. */
export function isPlannerModule(module: string): boolean {
  return module === STREAM_MODULE || module === PROCESSOR_MODULE ||
    questionOf(module) !== null;
}

/** What a module asks; null for one that asks nothing of the kind. */
export function questionOf(module: string): QuestionKind | null {
  for (const [kind, name] of Object.entries(QUESTION_MODULES)) {
    if (name === module) return kind as QuestionKind;
  }
  return null;
}
