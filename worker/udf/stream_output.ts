import type { KnownBuiltins } from "../task/builtins.ts";
import type { StreamTools } from "./stream_input.ts";
import { MARKER } from "../../src/protocol/marker.ts";
import { END_OF_STREAM } from "../../src/serde/arrow/arrow_message.ts";
import {
  type BatchColumn,
  writeBatch,
} from "../../src/serde/arrow/batch_message.ts";

/**
 * The Arrow stream that a task answers with. Nothing at all is written for no
 * batches.
 *
 * Peer: `PythonArrowOutput`, Spark 3.5 – 4.3. Layout: int -6, the schema's
 * message, those of batches, int32 LE -1, int32 LE 0.
 */
export class StreamOutput {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #builtins: KnownBuiltins;
  readonly #schema: () => Uint8Array;
  #state: "new" | "open" | "ended" = "new";

  /**
   * @param tools where bytes go, and builtins
   * @param schema makes the schema's message, when there is a first batch
   */
  constructor(
    { write, builtins }: Pick<StreamTools, "write" | "builtins">,
    schema: () => Uint8Array,
  ) {
    this.#write = write;
    this.#builtins = builtins;
    this.#schema = schema;
  }

  /**
   * Writes a batch.
   *
   * @param columns of one length; they are empty afterwards
   * @param length number of rows
   */
  add(columns: readonly BatchColumn[], length: number): void {
    if (this.#state === "ended") return; // what goes on behind a failure is for nobody
    this.#builtins.restored(() => {
      this.#open();
      this.#write(writeBatch(columns, length));
    });
  }

  /** Ends the stream, whole or not: what is between two batches is a good end. */
  end(): void {
    const isOpen = this.#state === "open";
    this.#state = "ended";
    if (isOpen) this.#write(END_OF_STREAM);
  }

  #open(): void {
    if (this.#state === "open") return;
    this.#state = "open";
    const schema = this.#schema();
    const bytes = new Uint8Array(4 + schema.length);
    new DataView(bytes.buffer).setInt32(0, MARKER.START_ARROW_STREAM);
    bytes.set(schema, 4);
    this.#write(bytes);
  }
}
