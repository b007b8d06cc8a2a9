import type {
  ConsoleOptions,
  RateMicroBatchOptions,
  RateOptions,
  SocketOptions,
  StreamSinkOptions,
} from "./stream_formats.ts";

/** Names of all properties of a type: the compiler names one that is missing. */
type Names<T> = Readonly<Record<Extract<KnownKeys<T>, string>, true>>;

/** The keys that a type names, without those of an index. */
type KnownKeys<T> = keyof {
  [K in keyof T as string extends K ? never : K]: T[K];
};

const SINK: Names<StreamSinkOptions> = { checkpointLocation: true, path: true };
const RATE: Names<RateOptions> = {
  rowsPerSecond: true,
  rampUpTime: true,
  numPartitions: true,
};
const RATE_MICRO_BATCH: Names<RateMicroBatchOptions> = {
  rowsPerBatch: true,
  numPartitions: true,
  startTimestamp: true,
  advanceMillisPerBatch: true,
};
const SOCKET: Names<SocketOptions> = {
  host: true,
  port: true,
  includeTimestamp: true,
};
const CONSOLE: Names<ConsoleOptions> = {
  ...SINK,
  numRows: true,
  truncate: true,
};
const KAFKA: readonly string[] = [
  "subscribe",
  "subscribePattern",
  "assign",
  "startingOffsets",
  "startingTimestamp",
  "startingOffsetsByTimestamp",
  "startingOffsetsByTimestampStrategy",
  "endingOffsets",
  "endingTimestamp",
  "endingOffsetsByTimestamp",
  "failOnDataLoss",
  "maxOffsetsPerTrigger",
  "minOffsetsPerTrigger",
  "maxTriggerDelay",
  "maxRecordsPerPartition",
  "minPartitions",
  "groupIdPrefix",
  "includeHeaders",
  "topic",
  ...Object.keys(SINK),
];

const BY_FORMAT: ReadonlyMap<string, readonly string[]> = new Map([
  ["rate", Object.keys(RATE)],
  ["rate-micro-batch", Object.keys(RATE_MICRO_BATCH)],
  ["socket", Object.keys(SOCKET)],
  ["console", Object.keys(CONSOLE)],
  ["memory", Object.keys(SINK)],
  ["noop", Object.keys(SINK)],
  ["kafka", KAFKA],
]);

/**
 * The names of the options of a format of streams alone, as Spark spells them.
 *
 * @param format its name, in any case
 * @returns null for others
 */
export function knownStreamOptions(format: string): readonly string[] | null {
  return BY_FORMAT.get(format.toLowerCase()) ?? null;
}
