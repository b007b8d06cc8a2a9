import { AsyncCalls } from "../../../../worker/rdd/async_calls.ts";
import { turnOfTheLoop } from "../../../../worker/task/event_loop.ts";
import { asyncTools, inputOf, TestClock, TestOutput } from "./async_fixture.ts";

export type Step = ConstructorParameters<typeof AsyncCalls>[0];

export function step(
  f: (record: never, call: never) => unknown,
  more: Partial<Step> = {},
): Step {
  return {
    op: "mapAsync",
    f,
    kind: "map",
    concurrency: 4,
    ordered: true,
    timeoutMs: null,
    retries: 0,
    retryDelayMs: 0,
    backoff: 1,
    maxRetryDelayMs: 2 ** 31 - 1,
    retryIf: null,
    ...more,
  };
}

/** A function whose calls end when the test says so. */
export class Calls {
  readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly begun: number[] = [];
  most = 0;

  readonly f = (record: number): Promise<unknown> => {
    const call = Promise.withResolvers<unknown>();
    this.begun.push(record);
    this.pending.set(record, call);
    this.most = Math.max(this.most, this.pending.size);
    return call.promise;
  };

  async resolve(record: number, value: unknown = record): Promise<void> {
    this.pending.get(record)?.resolve(value);
    this.pending.delete(record);
    await settled();
  }

  async reject(record: number, error: unknown): Promise<void> {
    this.pending.get(record)?.reject(error);
    this.pending.delete(record);
    await settled();
  }
}

/** On a busy machine the stage lets the loop turn more often, and goes on a turn later. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await turnOfTheLoop();
}

export async function start(
  calls: Calls,
  records: readonly unknown[],
  more: Partial<Step> = {},
  output = new TestOutput(),
  clock = new TestClock(),
): Promise<{ end: Promise<string>; output: TestOutput; clock: TestClock }> {
  const tools = asyncTools(output, clock);
  const input = await inputOf(records);
  const running = new AsyncCalls(step(calls.f, more), input, tools).run();
  const end = running.then(() => "done", (error) => String(error));
  await settled();
  return { end, output, clock };
}
