import { SparkError } from "../../common/errors.ts";
import { ArrowWriter } from "../../serde/arrow/arrow_writer.ts";
import type { StructType } from "../../types/spark_types.ts";
import type {
  DataSourceStreamReader,
  ReadLimit,
  SimpleDataSourceStreamReader,
  StreamOffset,
} from "./data_source.ts";
import { requirePartitions } from "./source_checks.ts";

/** The parts of a batch, and its rows where they are read already. */
export interface StreamBatch {
  readonly partitions: readonly unknown[];
  /** As an Arrow stream in parts, empty for no rows; null: tasks read them. */
  readonly rows: readonly Uint8Array[] | null;
}

/** What Spark asks of a stream's source, of either kind. */
export interface StreamSide {
  readonly hasAdmissionControl: boolean;
  readonly hasAvailableNow: boolean;
  initialOffset(): Promise<StreamOffset>;
  /** @param start null where Spark does not tell */
  latestOffset(
    start: StreamOffset | null,
    limit: ReadLimit,
  ): Promise<StreamOffset>;
  defaultLimit(): Promise<ReadLimit>;
  reportedOffset(): Promise<StreamOffset | null>;
  prepareForAvailableNow(): Promise<void>;
  batch(start: StreamOffset, end: StreamOffset): Promise<StreamBatch>;
  commit(end: StreamOffset): Promise<void>;
  stop(): Promise<void>;
}

const ALL: ReadLimit = Object.freeze({ kind: "ReadAllAvailable" });

/** A stream that tasks read. */
export function partitionedSide(reader: DataSourceStreamReader): StreamSide {
  return {
    hasAdmissionControl: reader.latestOffset.length > 0,
    hasAvailableNow: reader.prepareForTriggerAvailableNow !== undefined,
    initialOffset: async () => await reader.initialOffset(),
    latestOffset: async (start, limit) =>
      await reader.latestOffset(start, limit),
    defaultLimit: async () => await reader.getDefaultReadLimit?.() ?? ALL,
    reportedOffset: async () => await reader.reportLatestOffset?.() ?? null,
    prepareForAvailableNow: async () =>
      await reader.prepareForTriggerAvailableNow?.(),
    batch: async (start, end) => ({
      partitions: requirePartitions(await reader.partitions(start, end)),
      rows: null,
    }),
    commit: async (end) => await reader.commit?.(end),
    stop: async () => await reader.stop?.(),
  };
}

interface Prefetched {
  readonly start: string;
  readonly end: string;
  readonly rows: readonly object[];
}

/**
 * A stream that the driver reads: the rows of a batch come when its end is
 * asked for, and are kept until it is done with. Batches of before a restart
 * are read by tasks.
 *
 * @param reader the program's
 * @param schema its columns
 * @param maxRecords most rows of one Arrow batch
 */
export function simpleSide(
  reader: SimpleDataSourceStreamReader,
  schema: StructType,
  maxRecords: number,
): StreamSide {
  let kept: Prefetched[] = [];
  let current: StreamOffset | null = null;
  const initialOffset = async (): Promise<StreamOffset> =>
    await reader.initialOffset();
  return {
    hasAdmissionControl: true,
    hasAvailableNow: reader.prepareForTriggerAvailableNow !== undefined,
    initialOffset,
    async latestOffset(told): Promise<StreamOffset> {
      const start = told ?? current ?? await initialOffset();
      const [given, end] = await reader.read(start);
      const rows = [...given];
      const [from, to] = [JSON.stringify(start), JSON.stringify(end)];
      if (from !== to) kept.push({ start: from, end: to, rows });
      else if (rows.length > 0) throw stuck(from, rows.length);
      current = end;
      return end;
    },
    defaultLimit: () => Promise.resolve(ALL),
    reportedOffset: () => Promise.resolve(null),
    prepareForAvailableNow: async () =>
      await reader.prepareForTriggerAvailableNow?.(),
    batch(start, end): Promise<StreamBatch> {
      current ??= end;
      const rows = between(kept, JSON.stringify(start), JSON.stringify(end));
      return Promise.resolve({
        partitions: [{ start, end }],
        rows: rows === null ? null : arrowStream(rows, schema, maxRecords),
      });
    },
    async commit(end): Promise<void> {
      const at = kept.findIndex((entry) => entry.end === JSON.stringify(end));
      if (at >= 0) kept = kept.slice(at + 1);
      await reader.commit?.(end);
    },
    stop: () => Promise.resolve(),
  };
}

function between(
  kept: readonly Prefetched[],
  start: string,
  end: string,
): readonly object[] | null {
  const from = kept.findIndex((entry) => entry.start === start);
  const to = kept.findIndex((entry) => entry.end === end);
  if (from < 0 || to < from) return null;
  return kept.slice(from, to + 1).flatMap(({ rows }) => rows);
}

function arrowStream(
  rows: readonly object[],
  schema: StructType,
  maxRecords: number,
): Uint8Array[] {
  if (rows.length === 0) return [];
  const writer = new ArrowWriter(schema);
  const parts: Uint8Array[] = [writer.schemaMessage()];
  for (const row of rows) {
    writer.appendRow(row);
    if (writer.length >= maxRecords) parts.push(writer.takeBatch());
  }
  if (writer.length > 0) parts.push(writer.takeBatch());
  parts.push(ArrowWriter.END);
  return parts;
}

function stuck(offset: string, rows: number): SparkError {
  return new SparkError(
    "OFFSET_NOT_ADVANCED",
    `Cannot take ${rows} rows of a stream: they end at ${offset}, where they begin, and would come again forever; return an offset behind the last row`,
    { offset, rows },
  );
}
