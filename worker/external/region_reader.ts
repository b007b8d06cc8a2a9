import { WorkerError } from "../../src/common/errors.ts";
import type { SpillFile } from "./spill_file.ts";
import type { Extent } from "./sorted_run.ts";

const WINDOW_BYTES = 64 * 1024;

/** Reads a stretch of a file through a window, mostly forwards. */
export class RegionReader {
  readonly #file: SpillFile;
  readonly #end: number;
  #window: Uint8Array<ArrayBuffer>;
  /** Where in the file the window begins, and how many of its bytes are filled. */
  #start: number;
  #filled = 0;
  #position: number;

  /**
   * Begins at the stretch's first byte.
   *
   * @param file the file
   * @param extent the stretch
   */
  constructor(file: SpillFile, { position, bytes }: Extent) {
    this.#file = file;
    this.#end = position + bytes;
    this.#position = position;
    this.#start = position;
    this.#window = new Uint8Array(Math.min(WINDOW_BYTES, bytes));
  }

  /** Where the next byte is in the file. */
  get position(): number {
    return this.#position;
  }

  /** Bytes up to the stretch's end. */
  get left(): number {
    return this.#end - this.#position;
  }

  /** Goes to a place in the file. */
  moveTo(position: number): void {
    this.#position = position;
  }

  /**
   * The next bytes, valid until the next call.
   *
   * @param count how many
   * @throws WorkerError `SPILL_FAILED` when the file does not have them any more
   */
  take(count: number): Uint8Array {
    let offset = this.#position - this.#start;
    if (offset < 0 || offset + count > this.#filled) {
      this.#fill(count);
      offset = 0;
    }
    this.#position += count;
    return this.#window.subarray(offset, offset + count);
  }

  #fill(count: number): void {
    if (count > this.#window.length) this.#window = new Uint8Array(count);
    const size = Math.min(this.#window.length, this.left);
    this.#filled = this.#file.readAt(
      this.#position,
      this.#window.subarray(0, size),
    );
    this.#start = this.#position;
    if (this.#filled >= count) return;
    throw new WorkerError(
      "SPILL_FAILED",
      `Cannot read ${count} bytes of a spill file: it ends after ${this.#filled}; check the disk of spark.local.dir`,
      { wanted: count, got: this.#filled },
    );
  }
}
