import type { AsyncOptions } from "../rdd/async_options.ts";

/** What else is to be said of a function in SQL. */
export interface UdfOptions {
  /** The name in plans, messages and results; the function's own, else `udf`. */
  readonly name?: string;
  /**
   * Whether equal arguments always give equal results; true by default. Of
   * others, Spark makes no call less, and none more.
   */
  readonly deterministic?: boolean;
  /**
   * What becomes of rows with a null among the arguments: a `call`, the
   * default, with null, or `skip`, which gives null without a call.
   */
  readonly nullInput?: "call" | "skip";
}

/** How the calls of a function that awaits are made. */
export type AsyncUdfOptions = UdfOptions & Omit<AsyncOptions, "ordered">;
