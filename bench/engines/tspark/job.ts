/**
 * What a job of this engine exports.
 *
 * @module
 */
import type { SparkSession } from "../../../mod.ts";

/** What a job works on. */
export interface JobInput {
  /** Path of the text. */
  readonly file: string;
  /** How many records (bytes, tasks, calls) the job makes itself. */
  readonly records: number;
}

/** One job: `run` is timed, the others are not. */
export interface Job<R, P = undefined> {
  /** Makes what the driver has at hand before `run`, anew for each. */
  prepare?(input: JobInput): P;
  /** Runs the job. */
  run(spark: SparkSession, input: JobInput, prepared: P): Promise<R>;
  /** Names the result, alike in every engine. */
  checksum(result: R): string;
}

/** Keeps the types of result and preparation between a job's functions. */
export function defineJob<R, P = undefined>(job: Job<R, P>): Job<R, P> {
  return job;
}
