/**
 * What a benchmark job is, whichever engine runs it.
 *
 * @module
 */

/** One job: the same program in every engine's `jobs/<program>` file. */
export interface JobDefinition {
  /** Name on the command line and in records. */
  readonly name: string;
  /** Name of the engines' files; the job's name by default. */
  readonly program?: string;
  /** What the job does, for the table. */
  readonly title: string;
  /**
   * `"warm"`: timed inside a running engine, from the call to the result in
   * the driver. `"fresh"`: from the start of a new process to its result;
   * `"session"`: from that start to a session; `"first"`: the call alone, the
   * first of a new process. Jobs that share a program share its processes.
   */
  readonly timed: "warm" | "fresh" | "session" | "first";
  /** Whether the job reads the generated text. */
  readonly readsText: boolean;
  /** Records of a job that makes its own, by size. */
  readonly rows?: Readonly<Record<"small" | "full", number>>;
  /** The engines that run it; all by default. */
  readonly engines?: readonly string[];
  /** What is wanted: how many times as fast as PySpark at least, which share of Scala's time at most. */
  readonly target?: { readonly pyspark?: number; readonly scala?: number };
  /**
   * Checksum of the result, by size of the generated text or `"any"` for a
   * job without input; engines must agree with it and with each other.
   */
  readonly expected: Readonly<
    Partial<Record<"small" | "full" | "any", string>>
  >;
}
