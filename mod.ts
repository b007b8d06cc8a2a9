/**
 * Apache Spark for TypeScript: a driver in Deno, stock Spark, and the
 * program's own functions on its executors.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * await using spark = await SparkSession.builder.master("local[*]").getOrCreate();
 * const counts = spark.sparkContext.textFile("README.md")
 *   .flatMap((line) => line.split(" "))
 *   .map((word) => [word, 1])
 *   .reduceByKey((a, b) => a + b);
 * for (const [word, n] of await counts.collect()) console.log(`${word}: ${n}`);
 * ```
 *
 * @module
 */
export {
  ClosureError,
  type ErrorParameters,
  GatewayError,
  JavaError,
  type JavaErrorDetails,
  ProtocolError,
  SparkError,
  WorkerError,
} from "./src/common/errors.ts";
export {
  type PackOptions,
  packWorker,
  type WorkerPlatform,
} from "./src/driver/launch/worker_archive.ts";
export type { JobGroupOptions } from "./src/driver/context/job_groups.ts";
export type { LogLevel } from "./src/driver/context/log_level.ts";
export { SparkContext } from "./src/driver/context/spark_context.ts";
export { SparkFiles } from "./src/driver/context/spark_files.ts";
export { SparkSession } from "./src/driver/sql/spark_session.ts";
export {
  type SettingsMap,
  SparkSessionBuilder,
} from "./src/driver/sql/session_builder.ts";
export {
  type JobStatus,
  type SparkExecutorInfo,
  type SparkJobInfo,
  type SparkStageInfo,
  StatusTracker,
} from "./src/driver/context/status_tracker.ts";
export {
  BarrierTaskContext,
  type BarrierTaskInfo,
  TaskContext,
} from "./src/driver/context/task_context.ts";
export type {
  AsyncItems,
  AsyncOptions,
} from "./src/driver/rdd/async_options.ts";
export { BoundedFloat } from "./src/driver/rdd/bounded_float.ts";
export type {
  HadoopClasses,
  HadoopConf,
  HadoopConverters,
  HadoopReadOptions,
  HadoopSaveOptions,
  OldHadoopSaveOptions,
  SequenceFileOptions,
} from "./src/driver/rdd/hadoop_options.ts";
export type { KeyOf, OfPairs, ValueOf } from "./src/driver/rdd/pair_types.ts";
export type {
  PartitionOptions,
  PartitionRecords,
  PartitionResults,
} from "./src/driver/rdd/partition_records.ts";
export { RDD } from "./src/driver/rdd/rdd.ts";
export { RDDBarrier } from "./src/driver/rdd/rdd_barrier.ts";
export {
  type ExecutorRequests,
  type ExecutorResource,
  ResourceProfile,
  type TaskRequests,
} from "./src/driver/rdd/resource_profile.ts";
export {
  StatCounter,
  type StatState,
  type StatValues,
} from "./src/driver/rdd/stat_counter.ts";
export { StorageLevel } from "./src/driver/rdd/storage_level.ts";
export type { PipeOptions } from "./src/driver/rdd/transformations/pipe.ts";
export type { Values } from "./src/driver/rdd/values.ts";
export type { ActionOptions } from "./src/driver/runtime/action_options.ts";
export type { ResourceInformation } from "./src/driver/runtime/application_info.ts";
export {
  Accumulator,
  type AccumulatorParam,
} from "./src/driver/runtime/accumulator.ts";
export {
  Broadcast,
  type BroadcastOwner,
} from "./src/driver/runtime/broadcast.ts";
export { capture } from "./src/driver/closure/explicit_capture.ts";
export { SparkConf } from "./src/driver/runtime/spark_conf.ts";
export { RuntimeConfig } from "./src/driver/sql/runtime_config.ts";
export { DataFrame } from "./src/driver/sql/data_frame.ts";
export {
  DataFrameReader,
  type SourceOptions,
} from "./src/driver/sql/data_frame_reader.ts";
export { KeyedMap } from "./src/serde/keys/keyed_map.ts";
export type { Row, RowBase } from "./src/serde/records/row.ts";
export {
  type ArrayType,
  type AtomicType,
  type AtomicTypeName,
  type DataType,
  type DayTimeField,
  type DayTimeIntervalType,
  type DecimalType,
  type FieldInit,
  type MapType,
  type Metadata,
  type MetadataValue,
  type NanosecondTimestampType,
  type OtherType,
  type SizedStringType,
  type SpatialType,
  type StringType,
  type StructField,
  StructType,
  type TimeType,
  type UserDefinedType,
  type YearMonthField,
  type YearMonthIntervalType,
} from "./src/types/spark_types.ts";
export {
  type StructShape,
  type TypeOfDdl,
  type TypeOrField,
  type Types,
  types,
  type ValuesOf,
} from "./src/types/builders.ts";
export type {
  DdlText,
  ReadShapeOfDdl,
  ShapeOfDdl,
  ValueOfDdlType,
} from "./src/types/ddl_shape.ts";
export { decimal } from "./src/types/decimal.ts";
export type { ReadShape, ShapeOf } from "./src/types/shape_of.ts";
export type {
  DateOnly,
  Decimal,
  Long,
  TimeOfDay,
  Timestamp,
  TimestampNtz,
  TypeSettings,
} from "./src/types/type_settings.ts";
export {
  type FieldBuilder,
  type Typed,
  type TypedDataType,
  TypedField,
  type VALUE_TYPE,
} from "./src/types/typed.ts";
export type { CalendarInterval, SpatialValue } from "./src/types/values.ts";
export { VariantVal } from "./src/types/variant_val.ts";
