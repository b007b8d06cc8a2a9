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
 * @returns whether calls may still be under way that nobody waits for
 * @throws what the function throws, at its first failure
 */
export async function runAsyncStage(
  step: AsyncStep<unknown>,
  input: AsyncInput,
  tools: AsyncTools,
): Promise<boolean> {
  const run = ASYNC_STEPS[step.op] as AsyncStepRun<AsyncStep<unknown>>;
  return await run(step, input, tools) ?? false;
}

type AsyncStepRun<S> = (
  step: S,
  input: AsyncInput,
  tools: AsyncTools,
) => Promise<boolean | void>;

type AsyncSteps = {
  readonly [Op in AsyncStep<unknown>["op"]]: AsyncStepRun<
    Extract<AsyncStep<unknown>, { op: Op }>
  >;
};

const ASYNC_STEPS: AsyncSteps = {
  mapAsync: (step, input, tools) => new AsyncCalls(step, input, tools).run(),
  async mapPartitionsAsync({ f, indexed }, input, tools) {
    const call = f as UserFunction;
    const records = new AwaitedRecords(input);
    const results = indexed ? call(tools.index, records) : call(records);
    await emitAll(await results, tools);
  },
  async foreachPartitionAsync({ f }, input) {
    await consume(await (f as UserFunction)(new AwaitedRecords(input)));
  },
  pipe: runPipe,
};

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
