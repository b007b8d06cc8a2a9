import { ByteWriter } from "../../common/byte_writer.ts";
import type { ValueForms } from "../../protocol/udf_record.ts";
import type { StructType } from "../../types/spark_types.ts";
import { OP } from "./pickle_opcodes.ts";
import { readPickle } from "./pickle_reader.ts";
import { structReader } from "./pickled_value_reader.ts";
import { structWriter, type WriteValue } from "./pickled_value_writer.ts";

const PROTOCOL = 3; // the first with byte strings

/**
 * Rows of one schema as Spark's state stores exchange them with Python: each a
 * pickle of its own.
 *
 * Peer: `PythonSQLUtils.toPyRow`, `toJVMRow`, Spark 3.5 – 4.3. Layout: towards
 * us a pickled `Row` with its schema; towards the JVM a tuple of values, dates
 * in days and times in microseconds.
 */
export class PickledRows {
  readonly #out = new ByteWriter(256, true);
  readonly #write: WriteValue;
  readonly #read: (value: unknown) => object;

  /**
   * @param struct the schema
   * @param forms how values come
   * @param owner whose rows they are, for messages, such as `the state`
   * @throws SparkError `STATE_TYPE_UNSUPPORTED` for a schema with a type that the JVM does not take so
   */
  constructor(struct: StructType, forms: ValueForms, owner: string) {
    const place = { owner, column: "", nullable: false };
    this.#write = structWriter(struct, place);
    this.#read = structReader(struct, { owner, column: "", forms });
  }

  /**
   * Writes a row: an object with the columns by name, or an array of all values.
   *
   * @throws SparkError `VALUE_TYPE_MISMATCH`, `VALUE_OUT_OF_RANGE`, `NULL_NOT_ALLOWED`
   */
  write(row: unknown): Uint8Array<ArrayBuffer> {
    const out = this.#out;
    out.clear();
    out.writeByte(OP.PROTO).writeByte(PROTOCOL);
    this.#write(out, row);
    return out.writeByte(OP.STOP).finish();
  }

  /**
   * Reads a row.
   *
   * @throws ProtocolError `PICKLE_MALFORMED`, `PICKLED_ROW_INVALID`, `LONG_NOT_SAFE`
   */
  read(bytes: Uint8Array): object {
    return this.#read(readPickle(bytes));
  }
}

/**
 * Refuses a schema with a type that the JVM does not take so.
 *
 * @param struct the schema
 * @param owner whose rows they are
 * @returns the schema
 * @throws SparkError `STATE_TYPE_UNSUPPORTED`
 */
export function checkStateSchema(
  struct: StructType,
  owner: string,
): StructType {
  structWriter(struct, { owner, column: "", nullable: false });
  return struct;
}
