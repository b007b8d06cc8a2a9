import { RecordBatchReader } from "apache-arrow";
import {
  type ArrowOptions,
  type ArrowReading,
  readRows,
} from "./arrow_columns.ts";
import type { ArrowData } from "./arrow_data.ts";
import { checkMessage, findMessage, malformedArrow } from "./arrow_message.ts";
import { type Row, type RowClass, rowClass } from "../records/row.ts";
import type { StructType } from "../../types/spark_types.ts";

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
   * @throws ProtocolError `ARROW_MALFORMED` when that is no schema
   */
  constructor(
    schema: StructType,
    schemaMessage: Uint8Array,
    options: ArrowOptions,
  ) {
    this.#schema = schema;
    this.#schemaMessage = schemaMessage;
    checkMessage(schemaMessage, "schema");
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
   * @throws ProtocolError `ARROW_MALFORMED` when Arrow cannot read it; see
   *   also `readColumn`
   */
  decode(batch: Uint8Array): Row<S>[] {
    checkMessage(batch, "batch");
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
  const messages: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const found = findMessage(bytes, at);
    if (found === null) break;
    messages.push(bytes.subarray(found.start, found.end));
    at = found.end;
  }
  const [schema = EMPTY, ...batches] = messages;
  return { schema, batches, rest: bytes.subarray(at + 8) };
}

function openBatches(
  stream: Uint8Array,
): Iterable<{ data: { children: readonly unknown[] }; numRows: number }> {
  try {
    return [...RecordBatchReader.from(stream)];
  } catch (error) {
    throw malformedArrow("Arrow cannot read it", error);
  }
}
