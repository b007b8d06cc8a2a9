/**
 * How tasks of one kind of evaluation run: what differs between an RDD's stage
 * and each kind of UDF. The header before and the trailer behind are alike for
 * all kinds.
 *
 * @module
 */
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { WorkerTools } from "./worker_tools.ts";

/**
 * Reads a task's command and makes its functions; reads no input yet.
 *
 * @param tools what the worker keeps
 * @param header what the JVM said before the command
 */
export type Evaluator = (
  tools: WorkerTools,
  header: TaskHeader,
) => Promise<Evaluation>;

/** A task whose functions are ready. */
export interface Evaluation extends Disposable {
  /** The operation and where the user wrote it. */
  readonly site: string;
  /**
   * Reads the input, calls the functions, and writes all of the output.
   *
   * @throws whatever the functions throw; the output may be cut between two
   *   frames then, never inside of one
   */
  run(): Promise<EvaluationResult>;
}

/** What is to be known of a task whose output is written. */
export interface EvaluationResult {
  /** Bytes of memory that spilling set free. */
  readonly memoryBytes: number;
  /** Bytes that spilling wrote to disk. */
  readonly diskBytes: number;
  /** Whether calls of the functions may still be under way. */
  readonly hasCalls: boolean;
  /**
   * Reads what the functions left of the input, up to the mark that ends it.
   *
   * @returns false where that is not worth it
   */
  finishInput(): Promise<boolean>;
}
