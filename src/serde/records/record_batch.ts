import { isError } from "../../common/describe_value.ts";
import { ProtocolError, SparkError } from "../../common/errors.ts";
import { MAX_FRAME_BYTES } from "../../protocol/frame.ts";
import { type CborCodec, createCborCodec } from "../cbor/cbor.ts";
import { proxyRefusal } from "../cbor/cbor_refusal.ts";
import { recordTooLarge } from "../cbor/cbor_writer.ts";
import type { OwnArrays } from "../../protocol/own_arrays.ts";
import { ColumnWriter, countColumns, readColumns } from "./record_columns.ts";

/** First byte of a batch: how the rest is laid out. The same on every version. */
export const BATCH_FORMS = {
  /** A CBOR array of the records. */
  cbor: 0,
  /** Columns: every record is a number, a string, or an array of these of one shape. */
  columns: 1,
} as const;

/**
 * Batches of records to frames and back. The JVM never looks inside a frame.
 *
 * Layout: one byte of {@link BATCH_FORMS}, then the records in that form.
 */
export class RecordCodec {
  readonly #cbor: CborCodec;
  readonly #columns = new ColumnWriter();
  readonly #limit: number;

  /**
   * Makes a codec of its own state.
   *
   * @param limit most bytes of a frame; what readers of frames take by default
   */
  constructor(limit: number = MAX_FRAME_BYTES) {
    this.#limit = limit;
    this.#cbor = createCborCodec(limit);
  }

  /**
   * Writes records as one frame.
   *
   * @param records any values that `CborCodec` takes
   * @param own which of their arrays TSpark made itself; none by default
   * @returns a view that stays valid until the next call on this codec
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` with the path to what cannot
   *   be serialized; `RECORD_TOO_LARGE` when they fit into no frame
   */
  encodeBatch(
    records: readonly unknown[],
    own: OwnArrays = null,
  ): Uint8Array {
    const frame = this.#asColumns(records, own);
    if (frame !== null) {
      if (frame.length <= this.#limit) return frame;
      throw recordTooLarge(frame.length, this.#limit);
    }
    return this.#cbor.encode(records, BATCH_FORMS.cbor);
  }

  #asColumns(
    records: readonly unknown[],
    own: OwnArrays,
  ): Uint8Array | null {
    try {
      return this.#columns.write(BATCH_FORMS.columns, records, own);
    } catch (error) {
      const isTold = isError(error) && error instanceof SparkError;
      throw isTold ? error : proxyRefusal(records) ?? error;
    }
  }

  /**
   * Reads the records of one frame.
   *
   * @param frame what `encodeBatch` gave; the records do not refer to it
   * @throws ProtocolError `BATCH_FORM_UNKNOWN`, `BATCH_MALFORMED` or `CBOR_MALFORMED`
   */
  decodeBatch(frame: Uint8Array): unknown[] {
    const form = frame[0];
    switch (form) {
      case BATCH_FORMS.cbor: {
        const records = this.#cbor.decode(frame.subarray(1));
        if (Array.isArray(records)) return records;
        throw new ProtocolError(
          "BATCH_MALFORMED",
          `Cannot decode batch of ${frame.length} bytes: it holds a ${typeof records} in place of an array of records`,
          { length: frame.length },
        );
      }
      case BATCH_FORMS.columns:
        return readColumns(frame);
      case undefined:
        throw new ProtocolError(
          "BATCH_MALFORMED",
          "Cannot decode batch: it is empty",
          { length: 0 },
        );
      default:
        throw new ProtocolError(
          "BATCH_FORM_UNKNOWN",
          `Cannot decode batch of form ${form}: this version knows forms 0 and 1; run the same version of TSpark on the driver and the executors`,
          { form },
        );
    }
  }

  /**
   * How many records a frame holds, without making them where its head tells.
   *
   * @param frame what `encodeBatch` gave
   * @throws ProtocolError as `decodeBatch`
   */
  countBatch(frame: Uint8Array): number {
    const count = frame[0] === BATCH_FORMS.columns
      ? countColumns(frame)
      : frame[0] === BATCH_FORMS.cbor
      ? countArray(frame)
      : null;
    // Each record takes a byte or more: any other count is not to be believed.
    return count !== null && count <= frame.length
      ? count
      : this.decodeBatch(frame).length;
  }
}

/** The number of elements in the head of a CBOR array behind the form; null for any other head. */
function countArray(frame: Uint8Array): number | null {
  const head = frame[1] ?? 0;
  if (head >= 0x80 && head < 0x98) return head - 0x80;
  const sized = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (head === 0x98 && frame.length >= 3) return sized.getUint8(2);
  if (head === 0x99 && frame.length >= 4) return sized.getUint16(2);
  if (head === 0x9a && frame.length >= 6) return sized.getUint32(2);
  return null;
}
