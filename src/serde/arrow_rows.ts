import { RecordBatchReader } from "apache-arrow";
import { ProtocolError } from "../common/errors.ts";
import {
  type ArrowData,
  type ArrowOptions,
  type ArrowReading,
  readRows,
} from "./arrow_columns.ts";
import { type Row, type RowClass, rowClass } from "./row.ts";
import type { StructType } from "./spark_types.ts";

const CONTINUATION = 0xffff_ffff; // stands before each message's length
const EMPTY = new Uint8Array(0);

/**
 * Reads Arrow record batches as rows. Strings and binaries come as they are,
 * numbers as numbers, decimals as text with all their digits, dates as `Date`
 * at midnight UTC, timestamps without a time zone as `Date` whose UTC fields
 * are the local ones, arrays as arrays, maps as `Map`, structs as rows,
 * intervals as a number of months or a bigint of microseconds. Bytes of a
 * string that are no UTF-8 come as U+FFFD.
 *
 * Peer: `Dataset.toArrowBatchRdd`, Spark 3.5 – 4.3. Layout: one encapsulated
 * IPC message a batch, without schema.
 */
export class ArrowRowDecoder<S extends object = Record<string, unknown>> {
  readonly #schema: StructType;
  readonly #schemaMessage: Uint8Array;
  readonly #reading: ArrowReading;

  /**
   * Makes a decoder for batches of one schema.
   *
   * @param schema names and types in Spark
   * @param schemaMessage the encapsulated Arrow schema message of the batches
   * @param options forms of longs and timestamps
   */
  constructor(
    schema: StructType,
    schemaMessage: Uint8Array,
    options: ArrowOptions,
  ) {
    this.#schema = schema;
    this.#schemaMessage = schemaMessage;
    const classes = new Map<StructType, RowClass>();
    this.#reading = {
      longs: options.longs,
      timestamps: options.timestamps,
      rowClassOf(struct: StructType): RowClass {
        const known = classes.get(struct);
        if (known !== undefined) return known;
        const made = rowClass(struct.fieldNames);
        classes.set(struct, made);
        return made;
      },
    };
  }

  /**
   * Reads one batch.
   *
   * @param batch an encapsulated record batch message
   * @throws ProtocolError `ARROW_MALFORMED` when Arrow can not read it; see
   *   also `readColumn`
   */
  decode(batch: Uint8Array): Row<S>[] {
    const stream = new Uint8Array(this.#schemaMessage.length + batch.length);
    stream.set(this.#schemaMessage);
    stream.set(batch, this.#schemaMessage.length);
    const rows: unknown[] = [];
    for (const { data, numRows } of openBatches(stream)) {
      for (
        const row of readRows(
          data.children as unknown as readonly ArrowData[],
          this.#schema,
          numRows,
          this.#reading,
        )
      ) rows.push(row);
    }
    return rows as Row<S>[];
  }
}

/** An Arrow stream cut into its messages. */
export interface ArrowStream {
  /** The schema's message. */
  readonly schema: Uint8Array;
  /** The record batches' messages, in the order in which they came. */
  readonly batches: readonly Uint8Array[];
  /** What follows the stream's end. */
  readonly rest: Uint8Array;
}

/**
 * Cuts an Arrow IPC stream into its messages.
 *
 * Layout: messages (int32 LE -1, int32 LE length of the metadata, metadata,
 * body), then int32 -1 and int32 0.
 *
 * @param bytes the stream and what follows it
 * @throws ProtocolError `ARROW_MALFORMED` when it is cut short or no stream
 */
export function splitArrowStream(bytes: Uint8Array): ArrowStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Uint8Array[] = [];
  let at = 0;
  try {
    for (;;) {
      if (view.getUint32(at, true) !== CONTINUATION) {
        throw malformed(`no message begins at byte ${at}`);
      }
      const metadata = view.getInt32(at + 4, true);
      if (metadata === 0) break;
      const end = at + 8 + metadata + bodyLength(view, at + 8);
      if (metadata < 0 || end > bytes.length) {
        throw malformed(`the message at byte ${at} is cut short`);
      }
      messages.push(bytes.subarray(at, end));
      at = end;
    }
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw malformed("it is cut short", error);
  }
  const [schema = EMPTY, ...batches] = messages;
  return { schema, batches, rest: bytes.subarray(at + 8) };
}

/** `Message.bodyLength`: the fourth field of the flatbuffer table at `start`. */
function bodyLength(view: DataView, start: number): number {
  const table = start + view.getUint32(start, true);
  const fields = table - view.getInt32(table, true);
  const size = view.getUint16(fields, true);
  const field = size > 10 ? view.getUint16(fields + 10, true) : 0;
  return field === 0 ? 0 : Number(view.getBigInt64(table + field, true));
}

function openBatches(
  stream: Uint8Array,
): Iterable<{ data: { children: readonly unknown[] }; numRows: number }> {
  try {
    return [...RecordBatchReader.from(stream)];
  } catch (error) {
    throw malformed("Arrow can not read it", error);
  }
}

function malformed(why: string, cause?: unknown): ProtocolError {
  return new ProtocolError(
    "ARROW_MALFORMED",
    `Cannot read an Arrow stream: ${why}; it was damaged on its way, or is compressed in a way that is not supported`,
    { why },
    { cause },
  );
}
