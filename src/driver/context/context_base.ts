import type { SparkRuntime } from "../runtime/runtime.ts";

/** What the layers of `SparkContext` stand on: the application. */
export abstract class ContextBase {
  /** @internal */
  readonly runtime: SparkRuntime;

  /** @internal */
  constructor(runtime: SparkRuntime) {
    this.runtime = runtime;
  }
}
