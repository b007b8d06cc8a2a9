/**
 * What a job of this engine exports.
 *
 * @module
 */
import type { SparkSession } from "../../../mod.ts";

/** One job: `run` is timed, `checksum` is not. */
export interface Job<R> {
  /** Runs the job on the text, or on so many records of its own. */
  run(spark: SparkSession, file: string, rows: number): Promise<R>;
  /** Names the result, alike in every engine. */
  checksum(result: R): string;
}

/** Keeps the result's type between the two functions of a job. */
export function defineJob<R>(job: Job<R>): Job<R> {
  return job;
}
