import { writeSchemaMessage } from "../../src/serde/arrow/schema_writer.ts";
import { arrowFieldOf } from "../../src/serde/arrow/spark_arrow.ts";
import { type DataType, StructType } from "../../src/types/spark_types.ts";
import type { StreamTools } from "../udf/stream_input.ts";
import { StreamOutput } from "../udf/stream_output.ts";
import { StructOutput } from "../udf/struct_output.ts";

const COUNTS = StructType.fromDDL("dataCount INT, stateCount INT");
const STATES = StructType.fromDDL(
  "properties STRING, keyRowAsUnsafe BINARY, object BINARY, oldTimeoutTimestamp BIGINT",
);

/** What the JVM is told of the state of a group that is done. */
export interface WrittenState {
  readonly key: Uint8Array;
  readonly properties: string;
  readonly value: Uint8Array | null;
  readonly oldTimeoutMs: number;
}

/**
 * Rows and states on their way to the JVM. A group's state follows its last row.
 *
 * Peer: `ApplyInPandasWithStatePythonRunner.deserializeColumnarBatch`, Spark
 * 3.5 – 4.3. Layout: an Arrow stream of three columns of structs: how many rows
 * and states there are in the batch, the rows, the states; the last two are
 * padded to one length.
 */
export class StateOutput {
  readonly #counts = new StructOutput(COUNTS);
  readonly #rows: StructOutput;
  readonly #states = new StructOutput(STATES);
  readonly #output: StreamOutput;

  /**
   * @param tools where bytes go
   * @param type of the rows
   */
  constructor(tools: StreamTools, type: DataType) {
    this.#rows = new StructOutput(type);
    this.#output = new StreamOutput(tools, () =>
      writeSchemaMessage({
        fields: [this.#counts, this.#rows, this.#states].map(({ struct }, at) =>
          arrowFieldOf(`_${at}`, struct, false)
        ),
      }));
  }

  /** The rows' columns. */
  get struct(): StructType {
    return this.#rows.struct;
  }

  /** Adds a row; see `StructOutput.append`. */
  addRow(row: unknown): void {
    this.#rows.append(row);
    if (this.#rows.isFull) this.#flush();
  }

  /** Adds rows by columns. */
  addColumns(columns: readonly ArrayLike<unknown>[], length: number): void {
    this.#rows.appendColumns(columns, length);
    if (this.#rows.isFull) this.#flush();
  }

  /** Adds the state of a group whose rows are all added. */
  addState({ key, properties, value, oldTimeoutMs }: WrittenState): void {
    this.#states.append([properties, key, value, oldTimeoutMs]);
    if (this.#states.isFull) this.#flush();
  }

  /** Writes what is left. */
  finish(): void {
    if (this.#rows.length + this.#states.length > 0) this.#flush();
  }

  /** Ends the stream, whole or not. */
  end(): void {
    this.#output.end();
  }

  #flush(): void {
    const rows = this.#rows.length;
    const states = this.#states.length;
    const length = Math.max(rows, states);
    this.#counts.append([rows, states]);
    this.#counts.pad(length);
    this.#rows.pad(length);
    this.#states.pad(length);
    this.#output.add([this.#counts, this.#rows, this.#states], length);
  }
}
