import type { WorkerIo } from "../../src/bridge/worker_io.ts";

const FULL_BYTES = 1 << 20; // more that waits for the JVM holds up the next records

/** Writes in the background what a stage gives, piece after piece. */
export class AsyncWriter {
  readonly #io: Pick<WorkerIo, "writeAsync">;
  readonly #pieces: Uint8Array[] = [];
  #held = 0;
  #pump: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;
  #free = Promise.withResolvers<void>();

  /** @param io where bytes go */
  constructor(io: Pick<WorkerIo, "writeAsync">) {
    this.#io = io;
  }

  /** Takes a copy of the bytes. */
  write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes.slice());
    this.#held += bytes.length;
    this.#pump ??= this.#run();
  }

  /** Whether so much waits to be written that its maker should pause. */
  get isFull(): boolean {
    return this.#failure !== null || this.#held >= FULL_BYTES;
  }

  /**
   * Waits until {@link AsyncWriter.isFull} is false.
   *
   * @throws what writing has thrown
   */
  async whenFree(): Promise<void> {
    while (this.#failure === null && this.#held >= FULL_BYTES) {
      await this.#free.promise;
    }
    if (this.#failure !== null) throw this.#failure.error;
  }

  /**
   * Waits until all is written.
   *
   * @throws what writing has thrown
   */
  async drain(): Promise<void> {
    await this.#pump;
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** Drops what is not begun and waits for the piece under way, so that others may write. */
  async stop(): Promise<void> {
    this.#pieces.length = 0;
    await this.#pump;
  }

  async #run(): Promise<void> {
    try {
      for (let piece; (piece = this.#pieces.shift()) !== undefined;) {
        await this.#io.writeAsync(piece);
        this.#held -= piece.length;
        this.#freed();
      }
    } catch (error) {
      this.#failure = { error };
      this.#freed();
    }
    this.#pump = null;
  }

  #freed(): void {
    const { resolve } = this.#free;
    this.#free = Promise.withResolvers();
    resolve();
  }
}
