import { split } from "shlex";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { collectStep } from "./actions/actions.ts";
import { type AsyncOptions, fullAsyncOptions } from "./async_options.ts";
import type { RDD } from "./rdd.ts";
import { checkAnyFunction } from "./rdd_base.ts";
import { TreeRdd } from "./tree_rdd.ts";

/** How {@link AsyncRdd.pipe} runs a program. */
export interface PipeOptions {
  /** The program's environment, all of it; empty by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether a program that ends with another code than 0 fails the task; false by default. */
  readonly checkCode?: boolean;
}

/** Items, or a promise of items, that may come one by one. */
export type AsyncItems<U> =
  | Iterable<U>
  | AsyncIterable<U>
  | PromiseLike<Iterable<U> | AsyncIterable<U>>;

/**
 * The operations of {@link RDD} that wait: for functions that await, and for
 * other programs. Workers keep their event loop free meanwhile, so that timers
 * and connections of such functions are served while records are on the way.
 */
export abstract class AsyncRdd<T> extends TreeRdd<T> {
  /**
   * Each record becomes what the function's promise resolves to: for functions
   * that fetch or ask a database. The first call that fails for good fails the
   * task.
   *
   * @param f function of a record that may await
   * @param options how many calls at once, in which order, how long, how often
   * @throws RangeError for an option out of range
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const pages = (urls: RDD<string>) =>
   *   urls.mapAsync(async (url) => (await fetch(url)).text(), {
   *     concurrency: 8,
   *     timeoutMs: 5000,
   *     retries: 2,
   *   });
   * ```
   */
  mapAsync<K, V>(
    f: (record: T) => [K, V] | PromiseLike<[K, V]>,
    options?: AsyncOptions,
  ): RDD<[K, V]>;
  /** Each record becomes what the function's promise resolves to. */
  mapAsync<U>(
    f: (record: T) => U | PromiseLike<U>,
    options?: AsyncOptions,
  ): RDD<U>;
  mapAsync(
    f: (record: T) => unknown,
    options: AsyncOptions = {},
  ): RDD<unknown> {
    checkAnyFunction("mapAsync()", f);
    const how = fullAsyncOptions("mapAsync()", options);
    return this.step("mapAsync()", { op: "mapAsync", f, kind: "map", ...how });
  }

  /**
   * Each record becomes the items that the function gives, as an iterable, an
   * asynchronous iterable, or a promise of one.
   *
   * @param f function of a record that may await
   * @param options as for {@link AsyncRdd.mapAsync}
   * @throws RangeError for an option out of range
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const lines = (urls: RDD<string>) =>
   *   urls.flatMapAsync(async (url) => (await (await fetch(url)).text()).split("\n"));
   * ```
   */
  flatMapAsync<K, V>(
    f: (record: T) => AsyncItems<[K, V]>,
    options?: AsyncOptions,
  ): RDD<[K, V]>;
  /** Each record becomes the items that the function gives. */
  flatMapAsync<U>(
    f: (record: T) => AsyncItems<U>,
    options?: AsyncOptions,
  ): RDD<U>;
  flatMapAsync(
    f: (record: T) => AsyncItems<unknown>,
    options: AsyncOptions = {},
  ): RDD<unknown> {
    checkAnyFunction("flatMapAsync()", f);
    const how = fullAsyncOptions("flatMapAsync()", options);
    return this.step("flatMapAsync()", {
      op: "mapAsync",
      f,
      kind: "flatMap",
      ...how,
    });
  }

  /**
   * Calls a function that may await with each record, on the workers, for what
   * it does there.
   *
   * @param f function of a record; what its promise resolves to is dropped
   * @param options as for {@link AsyncRdd.mapAsync}; order has no meaning here
   * @throws RangeError for an option out of range
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const send = (rows: RDD<{ id: number }>, url: string) =>
   *   rows.foreachAsync(async (row) => {
   *     await fetch(url, { method: "POST", body: JSON.stringify(row) });
   *   }, { concurrency: 4, retries: 3, retryDelayMs: 200 });
   * ```
   */
  async foreachAsync(
    f: (record: T) => void | PromiseLike<void>,
    options: AsyncOptions & ActionOptions = {},
  ): Promise<void> {
    checkAnyFunction("foreachAsync()", f);
    const how = fullAsyncOptions("foreachAsync()", options);
    const site = callSite("foreachAsync()");
    await collectStep(
      this,
      { op: "mapAsync", f, kind: "foreach", ...how, ordered: false },
      site,
      options,
    );
  }

  /**
   * Hands each partition's records to a program, a line each, and gives the
   * lines that it writes. Strings go as they are, other primitives as `String`
   * gives them, the rest as JSON.
   *
   * @param command program and arguments: a list, or one text that is split as
   *   a shell would, without a shell's variables, patterns and pipes
   * @param options environment and whether codes are checked
   * @throws RangeError for a command without a program, or with an open quote
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const sorted = (lines: RDD<string>) => lines.pipe("sort -r", { checkCode: true });
   * ```
   */
  pipe(
    command: string | readonly string[],
    options: PipeOptions = {},
  ): RDD<string> {
    const { env = {}, checkCode = false } = options;
    return this.step("pipe()", {
      op: "pipe",
      command: commandParts(command),
      env: Object.entries(env),
      checkCode,
    });
  }
}

function commandParts(command: string | readonly string[]): readonly string[] {
  const parts = typeof command === "string" ? splitCommand(command) : command;
  if (parts[0] === undefined || parts[0] === "") {
    throw new RangeError(
      `Cannot run pipe() with the command ${
        JSON.stringify(command)
      }: it names no program; give one, and its arguments behind it`,
    );
  }
  return [...parts];
}

function splitCommand(command: string): string[] {
  try {
    return split(command);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(
      `Cannot run pipe() with the command ${
        JSON.stringify(command)
      }: ${reason}; close it, or give a list of program and arguments`,
      { cause: error },
    );
  }
}
