import { describeValue } from "../../common/describe_value.ts";
import { TaskContext } from "../context/task_context.ts";

/** What takes the rows of a stream one by one on the workers: `df.writeStream.foreach()`. */
export interface ForeachWriter<S extends object = Record<string, unknown>> {
  /**
   * Called before the rows of a partition of a batch.
   *
   * @returns false where the rows are not wanted, as when they were written before
   */
  open?(
    partitionId: number,
    epochId: number,
  ): boolean | void | Promise<boolean | void>;
  /** Called with each row. */
  process(row: S): void | Promise<void>;
  /** Called at the end, with what `process` or `open` threw, else null. */
  close?(error: unknown): void | Promise<void>;
}

/**
 * The writer that a program gave, be it a function alone.
 *
 * @throws TypeError where it has no `process`, or a member that is no function
 */
export function foreachWriter<S extends object>(
  given: ((row: S) => void | Promise<void>) | ForeachWriter<S>,
): ForeachWriter<S> {
  const writer = typeof given === "function" ? { process: given } : given;
  for (const name of ["process", "open", "close"] as const) {
    const member: unknown = Object(writer)[name];
    if (typeof member === "function") continue;
    if (member === undefined && name !== "process") continue;
    throw new TypeError(
      `Cannot write a stream by foreach(): ${name} is ${
        describeValue(member)
      }; give a function, or { open, process, close } with process at least`,
    );
  }
  return writer;
}

/**
 * What a task does with the rows of its partition of a batch; it gives none.
 *
 * @param writer the program's
 */
export function foreachRows<S extends object>(
  writer: ForeachWriter<S>,
): (rows: Iterable<S>) => AsyncGenerator<never, void> {
  // deno-lint-ignore require-yield -- rows of a sink give none
  return async function* (rows) {
    const context = TaskContext.get();
    const epoch = Number(
      context?.getLocalProperty("streaming.sql.batchId") ?? -1,
    );
    let failure: unknown = null;
    try {
      const wanted = await writer.open?.(context?.partitionId() ?? 0, epoch);
      if (wanted === false) return;
      for (const row of rows) {
        const done = writer.process(row);
        if (done !== undefined) await done;
      }
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      await writer.close?.(failure);
    }
  };
}
