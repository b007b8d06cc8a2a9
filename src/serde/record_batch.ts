import { ProtocolError } from "../common/errors.ts";
import { type CborCodec, createCborCodec } from "./cbor.ts";
import { ColumnWriter, readColumns } from "./record_columns.ts";

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
  readonly #cbor: CborCodec = createCborCodec();
  readonly #columns = new ColumnWriter();

  /**
   * Writes records as one frame.
   *
   * @param records any values that `CborCodec` takes
   * @returns a view that stays valid until the next call on this codec
   * @throws SparkError `RECORD_NOT_SERIALISABLE` with the path to what can not travel
   */
  encodeBatch(records: readonly unknown[]): Uint8Array {
    const frame = this.#columns.write(BATCH_FORMS.columns, records);
    if (frame !== null) return frame;
    return this.#cbor.encode(records, BATCH_FORMS.cbor);
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
}
