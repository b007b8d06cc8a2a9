import type { StructType } from "../../types/spark_types.ts";
import { findMessage, malformedArrow } from "./arrow_message.ts";
import type { ArrowSchema } from "./arrow_type.ts";
import { BatchReader } from "./batch_reader.ts";
import { type ReadingOptions, rowReader } from "./column_reader.ts";
import type { ColumnView } from "./column_view.ts";

const EMPTY = new Uint8Array(0);

/**
 * Reads Arrow record batches as rows; values as `columnReader` says.
 *
 * Peer: `Dataset.toArrowBatchRdd`, `collectAsArrowToPython`, Spark 3.5 – 4.3.
 * Layout: one encapsulated IPC message a batch, without schema.
 */
export class ArrowRowDecoder<S extends object = Record<string, unknown>> {
  readonly #batches: BatchReader;
  readonly #read: (columns: readonly ColumnView[], length: number) => object[];

  /**
   * Makes a decoder for batches of one schema.
   *
   * @param struct names and types in Spark
   * @param schema the columns in Arrow
   * @param options forms of values
   * @throws ProtocolError `ARROW_SHAPE_UNEXPECTED` when these do not agree
   * @throws SparkError `COLUMN_NAME_TWICE` for plain rows with two columns of a name
   */
  constructor(
    struct: StructType,
    schema: ArrowSchema,
    options: ReadingOptions,
  ) {
    this.#batches = new BatchReader(schema);
    this.#read = rowReader(schema.fields, struct, options);
  }

  /**
   * Reads one message.
   *
   * @param message an encapsulated record batch; nothing of it is kept
   * @returns its rows; null for a dictionary
   * @throws ProtocolError `ARROW_MALFORMED`; see also `columnReader`
   */
  decode(message: Uint8Array): S[] | null {
    const batch = this.#batches.read(message);
    if (batch === null) return null;
    return this.#read(batch.columns, batch.length) as S[];
  }
}

/** An Arrow stream cut into its messages. */
export interface ArrowStream {
  /** The schema's message. */
  readonly schema: Uint8Array;
  /** The messages behind it, in the order in which they came. */
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
  if (schema.length === 0) throw malformedArrow("it has no schema");
  return { schema, batches, rest: bytes.subarray(at + 8) };
}
