import type { Session } from "node:inspector";
import type { UdfForm } from "../../src/protocol/udf_record.ts";
import type {
  ProfileItem,
  ProfileRule,
} from "../../src/protocol/udf_profile.ts";
import { Meter } from "../udf/meter.ts";
import type { AccumulatorStore } from "./accumulator_store.ts";

/** What is measured of the running task: nothing, unless a function of it asks. */
export class TaskProfile {
  readonly #meters = new Map<number, Meter>();
  #rule: ProfileRule | null = null;
  #cpu: string | null = null;

  /** A task begins: nothing is measured. */
  begin(): void {
    this.#meters.clear();
    this.#rule = null;
    this.#cpu = null;
  }

  /**
   * Functions that are measured from here on, and do the same.
   *
   * @param rule what is wanted
   * @param form what the functions are given
   * @param functions the program's function, and what its form needs beside it
   */
  measured(
    rule: ProfileRule,
    form: UdfForm,
    functions: readonly unknown[],
  ): unknown[] {
    if (this.#rule === null || rule.cpu) this.#rule = rule;
    let meter = this.#meters.get(rule.id);
    if (meter === undefined) {
      meter = new Meter();
      this.#meters.set(rule.id, meter);
    }
    const [f, ...beside] = functions;
    return [meter.measured(form, f), ...beside];
  }

  /** Runs a task, under the engine's profiler where that is wanted. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#rule?.cpu !== true) return await work();
    const profiler = await CpuProfiler.start();
    try {
      return await work();
    } finally {
      this.#cpu = await profiler.stop();
    }
  }

  /** Adds what was measured to the task's accumulators. */
  end(accumulators: AccumulatorStore, stage: number): void {
    if (this.#rule === null) return;
    const items: ProfileItem[] = Array.from(
      this.#meters,
      ([id, { calls, rows, milliseconds }]) => ({
        kind: "function",
        id,
        calls,
        rows,
        milliseconds,
      }),
    );
    if (this.#cpu !== null) {
      items.push({ kind: "cpu", stage, profile: this.#cpu });
    }
    const start = { zero: [], param: "list" } as const;
    accumulators.own(this.#rule.accumulator, start).add(items);
  }
}

/** The engine's profiler, over an inspector session of this thread. */
class CpuProfiler {
  readonly #session: Session;

  private constructor(session: Session) {
    this.#session = session;
  }

  static async start(): Promise<CpuProfiler> {
    const { Session } = await import("node:inspector");
    const profiler = new CpuProfiler(new Session());
    profiler.#session.connect();
    await profiler.#post("Profiler.enable");
    await profiler.#post("Profiler.start");
    return profiler;
  }

  async stop(): Promise<string> {
    const answer = await this.#post("Profiler.stop");
    this.#session.disconnect();
    return JSON.stringify(Reflect.get(Object(answer), "profile"));
  }

  #post(method: string): Promise<unknown> {
    return new Promise((resolve, reject) =>
      this.#session.post(
        method,
        {},
        (error, answer) => error === null ? resolve(answer) : reject(error),
      )
    );
  }
}
