/**
 * Apache Spark for TypeScript: a driver in Deno, stock Spark, and the
 * program's own functions on its executors.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * await using spark = await SparkSession.builder
 *   .master("local[*]")
 *   .getOrCreate();
 * const counts = spark.sparkContext.textFile("README.md")
 *   .flatMap((line) => line.split(" "))
 *   .map((word) => [word, 1])
 *   .reduceByKey((a, b) => a + b);
 * for (const [word, n] of await counts.collect()) {
 *   console.log(`${word}: ${n}`);
 * }
 * ```
 *
 * @module
 */
export {
  AnalysisException,
  ArithmeticException,
  ArrayIndexOutOfBoundsException,
  ClosureError,
  DateTimeException,
  type ErrorParameters,
  GatewayError,
  IllegalArgumentException,
  JavaError,
  type JavaErrorDetails,
  NumberFormatException,
  ParseException,
  ProtocolError,
  QueryExecutionException,
  SparkError,
  SparkNoSuchElementException,
  SparkRuntimeException,
  SparkUpgradeException,
  StreamingQueryException,
  UnsupportedOperationException,
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
export { CogroupedData } from "./src/driver/sql/cogrouped_data.ts";
export {
  aggregateUdf,
  arrowAggregateUdf,
  arrowIteratorUdf,
  arrowUdf,
  type ArrowVector,
  type ColumnFor,
  type ColumnUdfOptions,
  type LaterColumnFor,
} from "./src/driver/udf/column_udf.ts";
export type { TableFunctionLike } from "./src/driver/udf/table_function_like.ts";
export type {
  AnySchema,
  RowFor,
  RowsFor,
  RowsOf,
  SchemaText,
  TableFor,
  TablesFor,
} from "./src/driver/udf/schema_types.ts";
export { asyncUdf, udf } from "./src/driver/udf/udf.ts";
export {
  type WorkerLogLevel,
  type WorkerLogLine,
  WorkerLogs,
} from "./src/driver/runtime/worker_logs.ts";
export { Profile } from "./src/driver/udf/profile.ts";
export type { FunctionProfile } from "./src/driver/runtime/profile_store.ts";
export {
  type Aggregator,
  AggregatorColumn,
  type AggregatorOptions,
  udaf,
  type UserDefinedAggregator,
} from "./src/driver/udf/aggregator.ts";
export type {
  AsyncUdfOptions,
  UdfOptions,
} from "./src/driver/udf/udf_options.ts";
export { UDFRegistration } from "./src/driver/udf/udf_registration.ts";
export type {
  AnyResultType,
  ArgumentColumns,
  Given,
  NamedColumns,
  ResultOf,
  ResultType,
  ValueOfType,
  WithoutCall,
} from "./src/driver/udf/udf_types.ts";
export type {
  Analyze,
  AnalyzeArgument,
  AnalyzeResult,
  OrderingColumn,
  PartitioningColumn,
  SelectedColumn,
} from "./src/driver/udf/analysis.ts";
export type {
  Awaitable,
  DataSource,
  DataSourceArrowWriter,
  DataSourceClass,
  DataSourceOptions,
  DataSourceReader,
  DataSourceStreamArrowWriter,
  DataSourceStreamReader,
  DataSourceStreamWriter,
  DataSourceWriter,
  ReadAllAvailable,
  ReadLimit,
  ReadMaxBytes,
  ReadMaxFiles,
  ReadMaxRows,
  ReadMinRows,
  SimpleDataSourceStreamReader,
  SourceRows,
  StreamOffset,
} from "./src/driver/sources/data_source.ts";
export { DataSourceRegistration } from "./src/driver/sources/data_source_registration.ts";
export type {
  ColumnPath,
  EqualNullSafe,
  EqualTo,
  Filter,
  GreaterThan,
  GreaterThanOrEqual,
  In,
  IsNotNull,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Not,
  StringContains,
  StringEndsWith,
  StringStartsWith,
  ValueFilter,
} from "./src/driver/sources/source_filters.ts";
export {
  type AnalyzedTableFunctionClass,
  type TableFunctionClass,
  udtf,
  type UdtfOptions,
  type UserDefinedTableFunction,
} from "./src/driver/udf/udtf.ts";
export { UDTFRegistration } from "./src/driver/udf/udtf_registration.ts";
export type { UserDefinedFunction } from "./src/driver/udf/user_defined_function.ts";
export { SparkSessionBuilder } from "./src/driver/sql/session_builder.ts";
export type { SettingsMap } from "./src/driver/sql/setting_entries.ts";
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
  AsyncCall,
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
export type {
  AnyRecord,
  KeyOf,
  OfPairs,
  ValueOf,
} from "./src/driver/rdd/pair_types.ts";
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
export { StatCounter, type StatValues } from "./src/driver/rdd/stat_counter.ts";
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
export {
  type AliasOptions,
  Column,
  type ColumnOr,
  type Operand,
} from "./src/driver/sql/column.ts";
export {
  DataFrame,
  type DropNaOptions,
  type ExplainMode,
  type JoinOn,
  type SampleOptions,
} from "./src/driver/sql/data_frame.ts";
export {
  DataFrameNaFunctions,
  type FillValue,
  type ReplaceValue,
} from "./src/driver/sql/data_frame_na_functions.ts";
export {
  type BoxOptions,
  DataFramePlot,
  type DistributionOptions,
  type HistogramOptions,
  type KdeOptions,
  Plot,
  type PlotOptions,
  type VegaLiteSpec,
} from "./src/driver/sql/plot/mod.ts";
export type { HasRelation } from "./src/driver/sql/frame_relation.ts";
export { DataFrameStatFunctions } from "./src/driver/sql/data_frame_stat_functions.ts";
/** Spark's functions over columns: what `@tspark/tspark/functions` exports, under one name. */
export * as functions from "./src/driver/sql/functions/mod.ts";
export type { ArrowTable } from "./src/driver/sql/local_frames.ts";
export type { QueryArguments } from "./src/driver/sql/sql_query.ts";
export { GroupedData } from "./src/driver/sql/grouped_data.ts";
export type { AggregateNames } from "./src/driver/sql/plan/aggregate.ts";
export type { SortOptions } from "./src/driver/sql/plan/transformations.ts";
export type {
  AnyColumn,
  ColumnsOf,
  JoinType,
  Name,
  Untyped,
} from "./src/driver/sql/typing/mod.ts";
export { Observation } from "./src/driver/sql/observation.ts";
export { TableArg } from "./src/driver/sql/table_arg.ts";
export { TableValuedFunction } from "./src/driver/sql/table_valued_function.ts";
export { Window } from "./src/driver/sql/window.ts";
export {
  type WindowColumns,
  WindowSpec,
} from "./src/driver/sql/window_spec.ts";
export {
  Catalog,
  type CatalogColumn,
  type CatalogFunction,
  type CatalogMetadata,
  type CreateTableOptions,
  type Database,
  type Table,
} from "./src/driver/sql/catalog.ts";
export { DataFrameReader } from "./src/driver/sql/io/data_frame_reader.ts";
export {
  DataFrameWriter,
  type SaveMode,
} from "./src/driver/sql/io/data_frame_writer.ts";
export { DataFrameWriterV2 } from "./src/driver/sql/io/data_frame_writer_v2.ts";
export {
  type Assignments,
  MergeIntoWriter,
  type WhenMatched,
  type WhenNotMatched,
  type WhenNotMatchedBySource,
} from "./src/driver/sql/io/merge_into_writer.ts";
export type {
  BadRecordOptions,
  CompressionOption,
  CsvOptions,
  CsvReadOptions,
  CsvWriteOptions,
  FileReadOptions,
  JsonOptions,
  JsonReadOptions,
  JsonWriteOptions,
  OrcReadOptions,
  OrcWriteOptions,
  ParquetReadOptions,
  ParquetWriteOptions,
  ParseMode,
  RebaseMode,
  TextOptions,
  TextReadOptions,
  TextWriteOptions,
  TimeTextOptions,
  XmlOptions,
  XmlReadOptions,
  XmlWriteOptions,
} from "./src/driver/sql/io/format_options.ts";
export type {
  OptionName,
  PathsAndOptions,
  SourceOptions,
} from "./src/driver/sql/io/options.ts";
export type {
  JdbcRange,
  JdbcReadOptions,
} from "./src/driver/sql/io/read_source.ts";
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
export type { RowInput } from "./src/types/row_input.ts";
export type { ReadShape, ShapeOf } from "./src/types/shape_of.ts";
export type {
  DateOnly,
  Decimal,
  Long,
  NoDecimal,
  TimeOfDay,
  Timestamp,
  TimestampNanos,
  TimestampNtz,
  TimestampNtzNanos,
  TypeSettings,
} from "./src/types/type_settings.ts";
export { type FieldBuilder, TypedField } from "./src/types/data_type.ts";
export type { Typed, VALUE_TYPE } from "./src/types/typed.ts";
export type { TypedDataType } from "./src/types/typed_type.ts";
export type { CalendarInterval, SpatialValue } from "./src/types/values.ts";
export { VariantVal } from "./src/types/variant_val.ts";
export type * from "./src/driver/sql/io/stream_formats.ts";
export type * from "./src/driver/streaming/stateful_processor.ts";
export { DataStreamReader } from "./src/driver/streaming/data_stream_reader.ts";
export {
  DataStreamWriter,
  type OutputMode,
} from "./src/driver/streaming/data_stream_writer.ts";
export type * from "./src/driver/streaming/group_state.ts";
export type { ForeachWriter } from "./src/driver/streaming/foreach_writer.ts";
export {
  type AwaitTerminationOptions,
  StreamingQuery,
} from "./src/driver/streaming/streaming_query.ts";
export type {
  QueryIdleEvent,
  QueryProgressEvent,
  QueryStartedEvent,
  QueryTerminatedEvent,
  StreamingQueryListener,
} from "./src/driver/streaming/streaming_query_listener.ts";
export { StreamingQueryManager } from "./src/driver/streaming/streaming_query_manager.ts";
export type {
  SinkProgress,
  SourceProgress,
  StateOperatorProgress,
  StreamingQueryProgress,
  StreamingQueryStatus,
} from "./src/driver/streaming/streaming_query_progress.ts";
export type { Trigger } from "./src/driver/streaming/trigger.ts";
