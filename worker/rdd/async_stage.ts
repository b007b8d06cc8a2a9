import type { AsyncStep } from "../../src/protocol/step.ts";
import { AsyncCalls } from "./async_calls.ts";
import { type AsyncInput, AwaitedRecords } from "./async_input.ts";
import { type AsyncTools, isAsyncIterable } from "./async_tools.ts";
import { runPipe } from "./pipe_step.ts";

type UserFunction = (...args: unknown[]) => unknown;

/**
 * Runs the step of a stage whose function awaits, to its end or until no
 * further record is wanted.
 *
 * @param step the step, its function revived
 * @param input the partition's records
 * @param tools place, timers and output
 * @throws what the function throws, at its first failure
 */
export async function runAsyncStage(
  step: AsyncStep<unknown>,
  input: AsyncInput,
  tools: AsyncTools,
): Promise<void> {
  switch (step.op) {
    case "mapAsync":
      return await new AsyncCalls(step, input, tools).run();
    case "mapPartitionsAsync": {
      const f = step.f as UserFunction;
      const records = new AwaitedRecords(input);
      const results =
        await (step.indexed ? f(tools.index, records) : f(records));
      return await emitAll(results, tools);
    }
    case "foreachPartitionAsync":
      return await consume(
        await (step.f as UserFunction)(new AwaitedRecords(input)),
      );
    case "pipe":
      return await runPipe(step, input, tools);
  }
}

async function emitAll(results: unknown, tools: AsyncTools): Promise<void> {
  const { output } = tools;
  if (isAsyncIterable(results)) {
    for await (const record of results) {
      output.emit(record);
      if (output.isOver) return;
      if (output.isFull) await output.whenFree();
    }
    return;
  }
  for (const record of tools.iterable(results)) {
    output.emit(record);
    if (output.isOver) return;
    if (output.isFull) await output.whenFree();
  }
}

/** Runs a generator to its end. Peer: `RDD.foreachPartition`, which iterates over what its function returns. */
async function consume(results: unknown): Promise<void> {
  if (isAsyncIterable(results)) {
    for await (const _ of results) { /* for what it does */ }
  } else if (isIterator(results)) {
    for (const _ of results) { /* for what it does */ }
  }
}

function isIterator(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value instanceof Iterator;
}
