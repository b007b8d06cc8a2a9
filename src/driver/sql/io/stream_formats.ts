/**
 * The formats of streams that come with Spark: their options by their Spark
 * names, and the rows that sources give.
 *
 * @module
 */
import type {
  CsvReadOptions,
  CsvWriteOptions,
  JsonReadOptions,
  JsonWriteOptions,
  OrcReadOptions,
  OrcWriteOptions,
  ParquetReadOptions,
  ParquetWriteOptions,
  TextReadOptions,
  TextWriteOptions,
  XmlReadOptions,
  XmlWriteOptions,
} from "./format_options.ts";

/** How a stream takes the files that come into a folder. */
export interface FileStreamOptions {
  /** The folder, where `load()` is given none. */
  readonly path?: string;
  /** Most new files in a batch. */
  readonly maxFilesPerTrigger?: number;
  /** Most bytes of new files in a batch, at least one file. Spark 4.0 and later. */
  readonly maxBytesPerTrigger?: number | string;
  /** Whether the newest files come first. */
  readonly latestFirst?: boolean;
  /** Files older than this beside the newest one are left out, such as `7d`. */
  readonly maxFileAge?: string;
  /** Most names of files that are kept from one listing for the next batches. */
  readonly maxCachedFiles?: number;
  /** Whether a file is known by its name alone, not by its folder. */
  readonly fileNameOnly?: boolean;
  /** What becomes of files that were read; `off` by default. */
  readonly cleanSource?: "archive" | "delete" | "off";
  /** Where `archive` moves files. */
  readonly sourceArchiveDir?: string;
}

/** Options of the source `rate`, which makes rows by the clock. */
export interface RateOptions {
  /** Rows a second; 1 by default. */
  readonly rowsPerSecond?: number;
  /** How long it takes to get to that rate, such as `5s`. */
  readonly rampUpTime?: string;
  /** Partitions of a batch; Spark's default parallelism by default. */
  readonly numPartitions?: number;
}

/** Options of the source `rate-micro-batch`, which makes the same rows in each run. */
export interface RateMicroBatchOptions {
  /** Rows of a batch. */
  readonly rowsPerBatch?: number;
  /** Partitions of a batch. */
  readonly numPartitions?: number;
  /** Time of the first batch's rows, in milliseconds since 1970; 0 by default. */
  readonly startTimestamp?: number;
  /** Milliseconds between the times of two batches' rows; 1000 by default. */
  readonly advanceMillisPerBatch?: number;
}

/** A row of `rate` and `rate-micro-batch`. */
export interface RateRow {
  /** When the row was made. */
  timestamp: Date;
  /** Counts up from 0. */
  value: number;
}

/** Options of the source `socket`, which reads lines of text; for tests, since it forgets. */
export interface SocketOptions {
  /** Who is asked. */
  readonly host: string;
  /** At which port. */
  readonly port: number;
  /** Whether rows also have a column `timestamp`. */
  readonly includeTimestamp?: boolean;
}

/** How Kafka is reached; `kafka.…` are settings of Kafka's own client. */
export interface KafkaClientOptions {
  /** The brokers, as in `host:9092,other:9092`. */
  readonly "kafka.bootstrap.servers": string;
  /** Any other setting of Kafka's client. */
  readonly [setting: `kafka.${string}`]: string | number | boolean;
}

/** Options of the source `kafka`; one of `subscribe`, `subscribePattern` and `assign`. */
export interface KafkaReadOptions extends KafkaClientOptions {
  /** Topics, with commas between. */
  readonly subscribe?: string;
  /** Topics, by a regular expression. */
  readonly subscribePattern?: string;
  /** Partitions of topics, as JSON such as `{"orders": [0, 1]}`. */
  readonly assign?: string;
  /** Where a new query begins: `earliest`, `latest` (by default), or offsets as JSON. */
  readonly startingOffsets?: string;
  /** Where a new query begins, in milliseconds since 1970. */
  readonly startingTimestamp?: number;
  /** The same for each partition, as JSON. */
  readonly startingOffsetsByTimestamp?: string;
  /** What a time behind the last record means. */
  readonly startingOffsetsByTimestampStrategy?: "error" | "latest";
  /** Whether records that Kafka has no more end the query; true by default. */
  readonly failOnDataLoss?: boolean;
  /** Most records in a batch. */
  readonly maxOffsetsPerTrigger?: number;
  /** Fewest records in a batch, unless `maxTriggerDelay` is over. */
  readonly minOffsetsPerTrigger?: number;
  /** Longest wait for `minOffsetsPerTrigger`, such as `15m`. */
  readonly maxTriggerDelay?: string;
  /** Fewest partitions of a batch. */
  readonly minPartitions?: number;
  /** What the names of the query's consumer groups begin with. */
  readonly groupIdPrefix?: string;
  /** Whether rows also have a column `headers`. */
  readonly includeHeaders?: boolean;
}

/** A record of Kafka. */
export interface KafkaRow {
  /** The record's key. */
  key: Uint8Array | null;
  /** The record's value. */
  value: Uint8Array | null;
  /** The topic. */
  topic: string;
  /** The topic's partition. */
  partition: number;
  /** The record's place in the partition. */
  offset: number;
  /** The record's time. */
  timestamp: Date;
  /** 0: the time at which it was made, 1: at which Kafka took it. */
  timestampType: number;
}

/** What sinks of streams take. */
export interface StreamSinkOptions {
  /** Folder in which the query notes how far it is, on storage that outlives the driver. */
  readonly checkpointLocation?: string;
  /** The folder or table, where `start()` is given none. */
  readonly path?: string;
}

/** Options of the sink of files. */
export interface FileSinkOptions extends StreamSinkOptions {
  /** How long the sink remembers files, such as `7d`; without end by default. */
  readonly retention?: string;
  /** Most rows of a file. */
  readonly maxRecordsPerFile?: number;
}

/** Options of the sink `console`. */
export interface ConsoleOptions extends StreamSinkOptions {
  /** Most rows of a batch that are printed; 20 by default. */
  readonly numRows?: number;
  /** Whether long values are cut; true by default. */
  readonly truncate?: boolean;
}

/** Options of the sink `kafka`, which writes the columns `key`, `value`, `topic` and `headers`. */
export interface KafkaWriteOptions
  extends KafkaClientOptions, StreamSinkOptions {
  /** The topic of rows without a column `topic`. */
  readonly topic?: string;
  /** Whether the column `headers` is written. */
  readonly includeHeaders?: boolean;
}

/** What a format of a stream's source takes and gives; `S` is the shape that a schema told. */
export interface StreamSources<S extends object> {
  /** Lines of text. */
  text: [row: { value: string }, options: FileStreamOptions & TextReadOptions];
  /** JSON, an object on each line. */
  json: [row: S, options: FileStreamOptions & JsonReadOptions];
  /** Comma-separated values. */
  csv: [row: S, options: FileStreamOptions & CsvReadOptions];
  /** Parquet. */
  parquet: [row: S, options: FileStreamOptions & ParquetReadOptions];
  /** ORC. */
  orc: [row: S, options: FileStreamOptions & OrcReadOptions];
  /** XML. */
  xml: [row: S, options: FileStreamOptions & XmlReadOptions];
  /** Rows by the clock. */
  rate: [row: RateRow, options: RateOptions];
  /** The same rows in each run. */
  "rate-micro-batch": [row: RateRow, options: RateMicroBatchOptions];
  /** Lines that a server sends. */
  socket: [row: { value: string }, options: SocketOptions];
  /** Records of Kafka. */
  kafka: [row: KafkaRow, options: KafkaReadOptions];
}

/** What a format of a stream's sink takes. */
export interface StreamSinks {
  /** Lines of text, of one column. */
  text: FileSinkOptions & TextWriteOptions;
  /** JSON, an object on each line. */
  json: FileSinkOptions & JsonWriteOptions;
  /** Comma-separated values. */
  csv: FileSinkOptions & CsvWriteOptions;
  /** Parquet. */
  parquet: FileSinkOptions & ParquetWriteOptions;
  /** ORC. */
  orc: FileSinkOptions & OrcWriteOptions;
  /** XML. */
  xml: FileSinkOptions & XmlWriteOptions;
  /** The terminal. */
  console: ConsoleOptions;
  /** A table in the driver's memory, named as the query. */
  memory: StreamSinkOptions;
  /** Nothing: rows are computed and dropped. */
  noop: StreamSinkOptions;
  /** Records of Kafka. */
  kafka: KafkaWriteOptions;
}
