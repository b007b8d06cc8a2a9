import { WorkerError } from "../../src/common/errors.ts";

const WRITE_BYTES = 1 << 20;

/** The files that one task writes records to, and how much they took. */
export class SpillSpace implements Disposable {
  readonly #folders: readonly string[];
  readonly #files: SpillFile[] = [];
  #memoryBytes = 0;

  /** @param folders where files may go, in turn: `SPARK_LOCAL_DIRS` */
  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Bytes that were written to disk. */
  get diskBytes(): number {
    return this.#files.reduce((sum, file) => sum + file.length, 0);
  }

  /** Bytes of memory that writing set free. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** Notes memory that was set free, in bytes. */
  freed(bytes: number): void {
    this.#memoryBytes += Math.max(0, bytes);
  }

  /** Opens a new file. @throws WorkerError `SPILL_FAILED` where no folder takes it */
  open(): SpillFile {
    const { length } = this.#folders;
    const folder = this.#folders[this.#files.length % Math.max(length, 1)];
    const file = new SpillFile(folder ?? "");
    this.#files.push(file);
    return file;
  }

  /** Closes all files, which are gone then. */
  [Symbol.dispose](): void {
    for (const file of this.#files) file.close();
  }
}

/**
 * A file that has no name: it is removed as soon as it is open, so that
 * nothing of it stays, however its process ends.
 */
export class SpillFile {
  readonly #folder: string;
  readonly #file: Deno.FsFile;
  readonly #pending: Uint8Array<ArrayBuffer> = new Uint8Array(WRITE_BYTES);
  #held = 0;
  #written = 0;
  #isOpen = true;

  /**
   * Opens the file.
   *
   * @param folder where its bytes go
   * @throws WorkerError `SPILL_FAILED`
   */
  constructor(folder: string) {
    this.#folder = folder;
    this.#file = this.#try("open", () => {
      const path = `${folder}/tspark-${crypto.randomUUID()}`;
      const file = Deno.openSync(path, {
        read: true,
        write: true,
        createNew: true,
        mode: 0o600,
      });
      Deno.removeSync(path);
      return file;
    });
  }

  /** How many bytes it has. */
  get length(): number {
    return this.#written + this.#held;
  }

  /** Appends bytes. @throws WorkerError `SPILL_FAILED` when the disk is full */
  append(bytes: Uint8Array): void {
    if (bytes.length > WRITE_BYTES - this.#held) this.flush();
    if (bytes.length > WRITE_BYTES) {
      this.#write(bytes);
    } else {
      this.#pending.set(bytes, this.#held);
      this.#held += bytes.length;
    }
  }

  /** Hands what is still held to the disk. @throws WorkerError `SPILL_FAILED` when it is full */
  flush(): void {
    const held = this.#pending.subarray(0, this.#held);
    this.#held = 0;
    this.#write(held);
  }

  /**
   * Reads from a place, as many bytes as there are room and bytes for.
   *
   * @param position of the first byte
   * @returns how many were read
   * @throws WorkerError `SPILL_FAILED`
   */
  readAt(position: number, into: Uint8Array): number {
    return this.#try("read", () => {
      this.#file.seekSync(position, Deno.SeekMode.Start);
      let got = 0;
      while (got < into.length) {
        const size = this.#file.readSync(into.subarray(got));
        if (size === null) break;
        got += size;
      }
      return got;
    });
  }

  /** Closes the file, which is gone then. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close();
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#try("write", () => {
      this.#file.seekSync(this.#written, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) {
        at += this.#file.writeSync(bytes.subarray(at));
      }
    });
    this.#written += bytes.length;
  }

  #try<T>(action: "open" | "read" | "write", body: () => T): T {
    try {
      return body();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new WorkerError(
        "SPILL_FAILED",
        `Cannot ${action} a spill file in "${this.#folder}" after ${this.#written} bytes: ${reason}; free or add space in spark.local.dir, or raise spark.python.worker.memory`,
        { folder: this.#folder, bytes: this.#written },
        { cause },
      );
    }
  }
}
