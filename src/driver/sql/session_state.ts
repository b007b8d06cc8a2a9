import { memoizeAsync } from "../../common/memoize_async.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import type { CallSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { CommandQueue } from "./command_queue.ts";
import { RuntimeConfig } from "./runtime_config.ts";

/**
 * What belongs to one session: the JVM's session, its settings, and what the
 * program asked of it, in order.
 */
export class SessionState {
  /** The application. */
  readonly runtime: SparkRuntime;
  /** The session's settings. */
  readonly conf: RuntimeConfig;
  readonly #open: () => Promise<JavaObject>;
  readonly #made: { session: Promise<JavaObject> | null } = { session: null };
  readonly #queue: CommandQueue;

  /**
   * @param runtime the application
   * @param open makes the JVM's session when it is first needed; the
   *   application's first session when left out
   */
  constructor(
    runtime: SparkRuntime,
    open: () => Promise<JavaObject> = () => firstSession(runtime.gateway),
  ) {
    this.runtime = runtime;
    this.#open = open;
    this.#queue = new CommandQueue(runtime, () => this.jsession());
    this.conf = new RuntimeConfig(this.#queue);
  }

  /** The JVM's `SparkSession`, made at the first call. */
  jsession(): Promise<JavaObject> {
    return memoizeAsync(
      this.#made,
      "session",
      async () => (await this.#open()).keep(),
    );
  }

  /** Does something in the JVM after all that the program asked for before; see {@link CommandQueue.enqueue}. */
  enqueue<T>(
    site: CallSite,
    body: (session: JavaObject) => Promise<T>,
  ): Promise<T> {
    return this.#queue.enqueue(site, body);
  }

  /** Waits for all that was queued so far; see {@link CommandQueue.drain}. */
  drain(): Promise<void> {
    return this.#queue.drain();
  }

  /**
   * Runs an action after all that was queued so far; see
   * {@link SparkRuntime.action}.
   *
   * @throws JavaError also the failure of a queued command that nobody looked at
   */
  action<T>(
    site: CallSite,
    body: () => Promise<T>,
    options: ActionOptions = {},
  ): Promise<T> {
    return this.runtime.action(site, body, options, [() => this.drain()]);
  }
}

/** The session that the JVM makes for the application, or has made. */
async function firstSession(gateway: Gateway): Promise<JavaObject> {
  const builder = await gateway.callStaticObject(
    "org.apache.spark.sql.SparkSession",
    "builder",
  );
  return await builder.callObject("getOrCreate");
}
