/** What the last batch of a streaming query did. */
export interface StreamBatch {
  /** The batch's number. */
  readonly batchId: number;
  /** Rows that it read. */
  readonly rows: number;
  /** Rows a second that it took; null where that is unknown. */
  readonly rowsPerSecond: number | null;
}

/** A streaming query that this program started. */
export interface RunningStream {
  /** What people call it: its name, else the begin of its id. */
  readonly name: string;
  /** What its last batch did: `waiting` before the first, `ended` when it has ended. */
  readonly look: () => Promise<StreamBatch | "waiting" | "ended">;
}

/** The streaming queries of an application, for those who show how far they are. */
export class RunningStreams {
  readonly #streams = new Set<RunningStream>();
  #isShown = false;

  /** Begins to keep queries: somebody will {@link RunningStreams.look} at them, which forgets those that have ended. */
  show(): void {
    this.#isShown = true;
  }

  /** Keeps a query until it has ended, where somebody looks. */
  add(stream: RunningStream): void {
    if (this.#isShown) this.#streams.add(stream);
  }

  /** Asks each query for its last batch, in the order in which they were started, and forgets those that have ended or cannot be asked. */
  async look(): Promise<
    (readonly [name: string, batch: StreamBatch | null])[]
  > {
    const found: (readonly [string, StreamBatch | null])[] = [];
    for (const stream of [...this.#streams]) {
      // One that fails in between says so to those who wait for it.
      const batch = await stream.look().catch(() => "ended" as const);
      if (batch === "ended") this.#streams.delete(stream);
      else found.push([stream.name, batch === "waiting" ? null : batch]);
    }
    return found;
  }
}
