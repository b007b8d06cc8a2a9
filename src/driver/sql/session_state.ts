import { memoizeAsync } from "../../common/memoize_async.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { readSeq } from "../gateway/java_convert.ts";
import { expectString } from "../gateway/expect.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import type { CallSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { ListenerRegistry } from "../streaming/listener_registry.ts";
import { CommandQueue } from "./command_queue.ts";
import { RuntimeConfig } from "./runtime_config.ts";
import { SessionTags } from "./session_tags.ts";
import { requireMethod } from "./spark_versions.ts";

/**
 * What belongs to one session: the JVM's session, its settings, and what the
 * program asked of it, in order.
 */
export class SessionState {
  /** The application. */
  readonly runtime: SparkRuntime;
  /** The session's settings. */
  readonly conf: RuntimeConfig;
  /** The tags of the session's operations. */
  readonly tags: SessionTags;
  /** Who is told of the session's streaming queries. */
  readonly listeners: ListenerRegistry = new ListenerRegistry();
  /** The `SparkSession` that stands for it, the first that was made: `df.sparkSession` is the program's own. */
  face: object | null = null;
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
    open: () => Promise<JavaObject> = () => firstSession(runtime),
  ) {
    this.runtime = runtime;
    this.#open = open;
    this.#queue = new CommandQueue(runtime, () => this.jsession());
    this.conf = new RuntimeConfig(this.#queue);
    this.tags = new SessionTags(runtime);
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
    return this.tags.applied(() => this.#queue.enqueue(site, body));
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
    return this.tags.applied(() =>
      this.runtime.action(site, body, options, [() => this.drain()])
    );
  }

  /**
   * Another session of the application.
   *
   * @param site where the program asked for it
   * @param method `newSession`, which shares the cache and global views;
   *   `cloneSession`, which begins with this one's settings and views as well
   */
  fork(site: CallSite, method: "newSession" | "cloneSession"): SessionState {
    const made = this.enqueue(
      site,
      async (session) => (await session.callObject(method)).keep(),
    );
    return new SessionState(this.runtime, () => made);
  }

  /**
   * Cancels operations, over a connection of its own: those that they hold are busy.
   *
   * @param method `interruptAll`, or `interruptOperation` with an id
   * @returns the ids of the operations that had jobs running
   */
  async interrupt(
    method: "interruptAll" | "interruptOperation",
    ...args: readonly string[]
  ): Promise<string[]> {
    const { gateway, dialect } = this.runtime;
    requireMethod(dialect, "SparkSession", method);
    return await gateway.apart(() =>
      gateway.scope(async () => {
        const session = await this.jsession();
        const ids = await readSeq(await session.callObject(method, ...args));
        return ids.map((id) => expectString(id, method));
      })
    );
  }
}

/** The session that the JVM makes for the application, or has made. */
async function firstSession(
  { gateway, jsc }: SparkRuntime,
): Promise<JavaObject> {
  const builder = await gateway.callStaticObject(
    "org.apache.spark.sql.SparkSession",
    "builder",
  );
  // Without it Spark warns of "an existing SparkContext", which is ours.
  await builder.callObject("sparkContext", await jsc.callObject("sc"));
  return await builder.callObject("getOrCreate");
}
