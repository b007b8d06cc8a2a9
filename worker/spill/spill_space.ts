import { denoFiles, type WorkerFile } from "../../src/bridge/worker_files.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { messageOf, SpillFile } from "./spill_file.ts";

/** Makes a file in a folder that nobody else can see or open. */
export type OpenNameless = (folder: string) => WorkerFile;

/**
 * The disk space of one task: owns its files and counts what they took.
 *
 * @example
 * ```ts
 * using space = new SpillSpace(["."]);
 * space.open().append(new Uint8Array(3));
 * ```
 */
export class SpillSpace implements Disposable {
  readonly #folders: readonly string[];
  readonly #openNameless: OpenNameless;
  readonly #files = new Set<SpillFile>();
  #next: number;
  #diskBytes = 0;
  #memoryBytes = 0;

  /**
   * Opens nothing yet.
   *
   * @param folders where files may go, in turns: those of `SPARK_LOCAL_DIRS`
   * @param openNameless makes a file in a folder
   */
  constructor(
    folders: readonly string[],
    openNameless: OpenNameless = denoFiles.openNameless,
  ) {
    this.#folders = folders;
    this.#openNameless = openNameless;
    this.#next = Math.floor(Math.random() * folders.length); // workers start on different disks
  }

  /** Bytes written to files, those of closed ones included. */
  get diskBytes(): number {
    return this.#diskBytes;
  }

  /** Bytes of memory that spilling set free, as estimated by who spilled. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** Adds to {@link SpillSpace.memoryBytes}. */
  freed(bytes: number): void {
    this.#memoryBytes += Math.max(0, Math.round(bytes));
  }

  /**
   * Opens an empty file in the next folder, or in another where that one fails.
   *
   * @throws WorkerError `SPILL_FAILED` when no folder takes a file
   */
  open(): SpillFile {
    const reasons: string[] = [];
    let cause: unknown;
    for (let tried = 0; tried < this.#folders.length; tried++) {
      const folder = this.#folders[this.#next++ % this.#folders.length] ?? "";
      try {
        const file = new SpillFile(
          this.#openNameless(folder),
          folder,
          (bytes) => this.#diskBytes += bytes,
        );
        this.#files.add(file);
        return file;
      } catch (error) {
        cause = error;
        reasons.push(messageOf(error));
      }
    }
    const folder = this.#folders.join(",");
    throw new WorkerError(
      "SPILL_FAILED",
      `Cannot make a spill file in "${folder}": ${
        reasons.join(", ") || "no folder is named"
      }; name folders that the executors can write to in spark.local.dir`,
      { folder, bytes: 0 },
      { cause },
    );
  }

  /** Closes a file before the task ends. */
  close(file: SpillFile): void {
    this.#files.delete(file);
    file.close();
  }

  /** Closes all files; space and descriptors are free again. */
  [Symbol.dispose](): void {
    for (const file of this.#files) file.close();
    this.#files.clear();
  }
}
