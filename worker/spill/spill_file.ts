import { errorMessage } from "../../src/common/error_message.ts";
import type { WorkerFile } from "../../src/bridge/worker_files.ts";
import { WorkerError } from "../../src/common/errors.ts";

const WRITE_BYTES = 256 * 1024; // handed to the kernel at once

/** A temporary file, written at its end and read anywhere. */
export class SpillFile {
  readonly #file: WorkerFile;
  readonly #folder: string;
  readonly #written: (bytes: number) => void;
  #buffer: Uint8Array<ArrayBuffer> | null = null; // there only while something is written
  #held = 0; // bytes in the buffer
  #flushed = 0; // bytes in the file
  #cursor = 0;
  #isOpen = true;

  /**
   * Takes a file over; `SpillSpace.open` is where they come from.
   *
   * @param file open for reading and writing, empty
   * @param folder where it lies, for messages
   * @param written told of each number of bytes that reached the file
   */
  constructor(
    file: WorkerFile,
    folder: string,
    written: (bytes: number) => void,
  ) {
    this.#file = file;
    this.#folder = folder;
    this.#written = written;
  }

  /** Bytes appended so far. */
  get length(): number {
    return this.#flushed + this.#held;
  }

  /**
   * Writes bytes at the end.
   *
   * @throws WorkerError `SPILL_FAILED` when the disk is full or gone
   */
  append(bytes: Uint8Array): void {
    this.#buffer ??= new Uint8Array(WRITE_BYTES);
    if (this.#held + bytes.length > WRITE_BYTES) this.#drain();
    if (bytes.length >= WRITE_BYTES) return this.#write(bytes);
    this.#buffer.set(bytes, this.#held);
    this.#held += bytes.length;
  }

  /** Writes out what is held and frees the space for it. */
  flush(): void {
    this.#drain();
    this.#buffer = null;
  }

  /**
   * Reads bytes that were appended before.
   *
   * @param position of the first byte
   * @param into filled as a whole
   * @throws WorkerError `SPILL_FAILED` when the file is closed or the disk gone
   */
  read(position: number, into: Uint8Array): void {
    if (position + into.length > this.#flushed) this.#drain();
    if (!this.#isOpen) throw this.#closed();
    try {
      this.#seek(position);
      for (let at = 0; at < into.length;) {
        const size = this.#file.read(into.subarray(at));
        if (size === null) throw new RangeError("the file ends before");
        this.#cursor += size;
        at += size;
      }
    } catch (error) {
      throw new WorkerError(
        "SPILL_FAILED",
        `Cannot read ${into.length} bytes back from a spill file in "${this.#folder}": ${
          messageOf(error)
        }; see to that disk or name other folders in spark.local.dir`,
        { folder: this.#folder, bytes: into.length },
        { cause: error },
      );
    }
  }

  /** Frees the space on disk; twice is once. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#buffer = null;
    this.#held = 0;
    this.#file.close();
  }

  #drain(): void {
    if (this.#held === 0 || this.#buffer === null) return;
    const bytes = this.#buffer.subarray(0, this.#held);
    this.#held = 0;
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    if (!this.#isOpen) throw this.#closed();
    try {
      this.#seek(this.#flushed);
      for (let at = 0; at < bytes.length;) {
        const size = this.#file.write(bytes.subarray(at));
        at += size;
        this.#cursor += size;
        this.#flushed += size;
        this.#written(size);
      }
    } catch (error) {
      throw new WorkerError(
        "SPILL_FAILED",
        `Cannot write ${bytes.length} bytes to a spill file in "${this.#folder}": ${
          messageOf(error)
        }, with ${this.#flushed} bytes written; free space there, name larger folders in spark.local.dir or raise spark.python.worker.memory`,
        {
          folder: this.#folder,
          bytes: bytes.length,
          writtenBytes: this.#flushed,
        },
        { cause: error },
      );
    }
  }

  #seek(position: number): void {
    if (this.#cursor === position) return;
    this.#file.seek(position);
    this.#cursor = position;
  }

  #closed(): WorkerError {
    return new WorkerError(
      "SPILL_FAILED",
      `Cannot use a spill file in "${this.#folder}": it is closed, as all are when their task ends; take what you need out of a group while its task runs`,
      { folder: this.#folder, bytes: 0 },
    );
  }
}

/** What an error says, without the path that Deno adds. */
export function messageOf(error: unknown): string {
  return errorMessage(error).replace(/: open '.*'$/, "");
}
