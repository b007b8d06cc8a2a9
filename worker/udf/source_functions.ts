/**
 * What tasks run of data sources: a reader's `read`, a writer's `write`.
 *
 * Peer: `plan_data_source_read`, `write_into_data_source` of PySpark, whose
 * functions `MapInBatchEvaluatorFactory` runs, kind 207, Spark 4.0 – 4.3.
 *
 * @module
 */
import { WorkerError } from "../../src/common/errors.ts";
import { EXACT_FORMS } from "../../src/serde/arrow/arrow_options.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { foreignTable } from "../../src/serde/arrow/foreign_table.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import { FailedCall } from "../task/failed_call.ts";
import { TaskIterator } from "../task/task_iterator.ts";
import type { Udf } from "./load_udf.ts";
import { drainRows } from "./row_results.ts";
import type { StreamInput } from "./stream_input.ts";
import type { StructOutput } from "./struct_output.ts";
import { rowsReader, structBatch } from "./struct_rows.ts";

/** A reader or a writer, as it was captured. */
interface SourcePart {
  read(partition: unknown): unknown;
  readBetweenOffsets(start: unknown, end: unknown): unknown;
  write(rows: Iterable<unknown>): unknown;
  writeArrow?(tables: Iterable<unknown>): unknown;
}

/**
 * Reads one partition of a source. Layout: one row comes, with the partition
 * in our CBOR; its rows go.
 *
 * @param udf a reader
 * @param input where the partition comes
 * @param schema of its row
 * @param out takes the rows
 * @param flush writes them when they make a good batch
 */
export async function readSource(
  { record, functions }: Udf,
  input: StreamInput,
  schema: ArrowSchema,
  out: StructOutput,
  flush: () => void,
): Promise<void> {
  const reader = functions[0] as SourcePart;
  const partition = partitionOf(input, schema);
  const { name } = record;
  let take: ((row: unknown) => void) | null = null;
  const tables = await import("./table_values.ts");
  try {
    await drainRows(rowsOf(reader, record, partition), name, (row) => {
      if (take === null) {
        take = foreignTable(row) === null
          ? (row) => {
            out.append(row);
            if (out.isFull) flush();
          }
          : (table) => {
            const { columns, length } = tables.resultColumns(
              table,
              out.struct,
              name,
            );
            out.appendColumns(columns, length);
            flush();
          };
      }
      take(row);
    });
  } catch (error) {
    throw new FailedCall(error, record, [partition]);
  }
}

function rowsOf(
  reader: SourcePart,
  { form }: Udf["record"],
  partition: unknown,
): unknown {
  if (form !== "readSourceBetween") return reader.read(partition);
  const { start, end } = partition as { start: unknown; end: unknown };
  return reader.readBetweenOffsets(start, end);
}

/**
 * Writes the rows of a task to a source. Layout: structs of rows come; one row
 * goes, with the message in our CBOR.
 *
 * @param udf a writer
 * @param rows rows or tables
 * @param out takes the message
 */
export async function writeSource(
  { record, functions }: Udf,
  rows: Iterable<unknown>,
  out: StructOutput,
): Promise<void> {
  const writer = functions[0] as SourcePart;
  const given = new TaskIterator(rows[Symbol.iterator]() as Iterator<object>);
  try {
    const message = writer.writeArrow === undefined
      ? await writer.write(given)
      : await writer.writeArrow(given);
    out.append([createCborCodec().encode(message ?? null).slice()]);
  } catch (error) {
    throw new FailedCall(error, record, given.lastGiven);
  } finally {
    given.close();
  }
}

function partitionOf(input: StreamInput, { fields }: ArrowSchema): unknown {
  const read = rowsReader(fields, EXACT_FORMS);
  const partitions: unknown[] = [];
  for (let next = input.next(); next !== null; next = input.next()) {
    const { columns, length } = structBatch(next);
    for (const row of read(columns, length)) {
      partitions.push(...Object.values(row));
    }
  }
  const [only] = partitions;
  if (partitions.length === 1 && only instanceof Uint8Array) {
    return createCborCodec().decode(only);
  }
  throw new WorkerError(
    "PARTITION_INVALID",
    `Cannot read a data source: ${partitions.length} partitions came to one task; update TSpark`,
    { partitions: partitions.length },
  );
}
