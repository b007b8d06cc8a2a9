/**
 * What a benchmark job is, whichever engine runs it.
 *
 * @module
 */

/** Names of the engines, in the order of the table. */
export const ENGINES = ["tspark", "pyspark", "scala"] as const;

/** Name of an engine. */
export type EngineName = typeof ENGINES[number];

/** Names of the sizes that every job comes in. */
export const SIZES = ["small", "full"] as const;

/** Name of a size. */
export type SizeName = typeof SIZES[number];

/** One job: the same program in every engine's `jobs/<program>` file. */
export interface JobDefinition {
  /** Name on the command line and in records. */
  readonly name: string;
  /** Name of the engines' files: several definitions may time parts of one. */
  readonly program: string;
  /** What the job does, for the table. */
  readonly title: string;
  /**
   * What is timed. `"warm"`: in a running engine, from the call to the result
   * in the driver. In a new process: `"start"`, from its start to its result;
   * `"session"`, from its start to a session; `"first"`, its first run.
   */
  readonly timed: "warm" | "start" | "session" | "first";
  /** Who runs it. */
  readonly engines: readonly EngineName[];
  /** Whether the job reads the text; its result then hangs on the text. */
  readonly readsText: boolean;
  /** Records (bytes, tasks, calls) that the job makes itself; 0 for none. */
  readonly records: Readonly<Record<SizeName, number>>;
  /** Checksum of the result, found without Spark. */
  readonly expected: Readonly<Record<SizeName, string>>;
  /** Largest share of another engine's time that we mean to take, full size. */
  readonly target: Readonly<Partial<Record<EngineName, number>>>;
}

/** The records of a job that makes none. */
export const NO_RECORDS: Readonly<Record<SizeName, number>> = {
  small: 0,
  full: 0,
};
