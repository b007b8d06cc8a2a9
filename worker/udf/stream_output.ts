import { WorkerError } from "../../src/common/errors.ts";
import type { KnownBuiltins } from "../task/builtins.ts";
import type { StreamTools } from "./stream_input.ts";
import { MARKER } from "../../src/protocol/marker.ts";
import { END_OF_STREAM } from "../../src/serde/arrow/arrow_message.ts";
import {
  type BatchColumn,
  BatchWriter,
} from "../../src/serde/arrow/batch_message.ts";

const GATHER_BYTES = 1 << 16;
/** Packages that change builtins do so when they are loaded, in the first calls. */
const CAREFUL_BATCHES = 64;

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
  readonly #batches = new BatchWriter();
  #state: "new" | "open" | "ended" = "new";
  #gathered: Uint8Array<ArrayBuffer> | null = null;
  #gatheredBytes = 0;
  /** How many batches were gathered with a look at all builtins. */
  #careful = 0;
  /** Whether builtins are looked at only when the gathered batches are written. */
  #isTrusting = false;

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
      this.#write(this.#batches.prepare(columns, length).take());
    });
  }

  /**
   * Takes a batch that may be small: many of them are written together, at the
   * latest by {@link StreamOutput.flush}. A call of the system for each would
   * take longer than all else.
   *
   * @param columns of one length; they are empty afterwards
   * @param length number of rows
   */
  gather(columns: readonly BatchColumn[], length: number): void {
    if (this.#state === "ended") return;
    if (this.#gatheredBytes > GATHER_BYTES) this.flush();
    if (this.#isTrusting) return this.#gather(columns, length);
    this.#builtins.restored(() => this.#gather(columns, length));
    this.#careful++;
  }

  /**
   * Writes what was gathered.
   *
   * @throws WorkerError `BUILTINS_CHANGED` where functions changed builtins
   *   meanwhile, which they may in their first calls
   */
  flush(): void {
    const changed = this.#builtins.changed();
    if (this.#isTrusting && changed !== null) throw builtinsChanged(changed);
    this.#builtins.restored(() => this.#writeGathered());
    // A look at all builtins takes longer than a small batch.
    this.#isTrusting = this.#careful >= CAREFUL_BATCHES && changed === null;
  }

  #gather(columns: readonly BatchColumn[], length: number): void {
    this.#open();
    const batch = this.#batches.prepare(columns, length);
    if (batch.byteLength > GATHER_BYTES) {
      this.#writeGathered();
      return this.#write(batch.take());
    }
    this.#gathered ??= new Uint8Array(2 * GATHER_BYTES);
    batch.takeInto(this.#gathered, this.#gatheredBytes);
    this.#gatheredBytes += batch.byteLength;
  }

  #writeGathered(): void {
    const bytes = this.#gathered?.subarray(0, this.#gatheredBytes);
    this.#gatheredBytes = 0;
    if (bytes !== undefined && bytes.length > 0) this.#write(bytes);
  }

  /** Ends the stream, whole or not: what is between two batches is a good end. */
  end(): void {
    this.#builtins.restored(() => this.#writeGathered());
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

function builtinsChanged(name: string): WorkerError {
  return new WorkerError(
    "BUILTINS_CHANGED",
    `Cannot write the rows of a table function: it has changed "${name}" after its first calls; change builtins in the first call, or put them back before it returns`,
    { name },
  );
}
