import { AsyncLocalStorage } from "node:async_hooks";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { isConnectionGone } from "../gateway/lost_connection.ts";

/** Names that Spark gives to the properties that it reads itself. */
export const JOB_PROPERTY = {
  GROUP: "spark.jobGroup.id",
  DESCRIPTION: "spark.job.description",
  INTERRUPT: "spark.job.interruptOnCancel",
  TAGS: "spark.job.tags",
} as const;

/** Local properties by name. */
export type Properties = ReadonlyMap<string, string>;

const NONE: Properties = new Map();
const TAG_SEPARATOR = ",";

interface Applied {
  readonly properties: Properties;
  open: boolean;
}

/**
 * The local properties that jobs take along: job group, description, tags and
 * whatever else was set. They follow the asynchronous chain of calls, as
 * Spark's own follow a thread: a chain inherits its caller's, and what it sets
 * after its first `await` is its own.
 *
 * Peer: `SparkContext.setLocalProperty`, `setJobGroup`, `addJobTag`, which keep
 * everything in one `Properties` of the thread.
 */
export class JobProperties {
  readonly #gateway: Gateway;
  readonly #jsc: JavaObject;
  readonly #current = new AsyncLocalStorage<Properties>();
  /** What the JVM's thread has, in the chain of an action. */
  readonly #applied = new AsyncLocalStorage<Applied>();

  /** @param jsc the `JavaSparkContext`, reached through the gateway */
  constructor(gateway: Gateway, jsc: JavaObject) {
    this.#gateway = gateway;
    this.#jsc = jsc;
  }

  /** The current chain's properties. */
  get current(): Properties {
    return this.#current.getStore() ?? NONE;
  }

  /** The current chain's job tags. */
  get tags(): ReadonlySet<string> {
    return tagsOf(this.current);
  }

  /** Changes the current chain's properties; null removes one. */
  set(changes: Readonly<Record<string, string | null>>): void {
    this.#current.enterWith(changed(this.current, changes));
  }

  /** Changes the current chain's job tags. */
  setTags(tags: ReadonlySet<string>): void {
    this.set({ [JOB_PROPERTY.TAGS]: joinTags(tags) });
  }

  /**
   * Runs `body` with changed properties, which its caller does not see.
   *
   * @param changes the properties to change; null removes one
   * @returns what `body` returns
   */
  run<T>(
    changes: Readonly<Record<string, string | null>>,
    body: () => T,
  ): T {
    return this.#current.run(changed(this.current, changes), body);
  }

  /** Runs `body` without properties of its caller's: those that the JVM's thread has count. */
  alone<T>(body: () => T): T {
    return this.#current.run(NONE, body);
  }

  /** Runs `body` with more job tags. */
  runTagged<T>(tags: readonly string[], body: () => T): T {
    const all = joinTags(new Set([...this.tags, ...tags]));
    return this.run({ [JOB_PROPERTY.TAGS]: all }, body);
  }

  /**
   * Runs what an action does on its connection, whose thread of the JVM has
   * the chain's properties for as long. Inside another action the thread's
   * properties become those of the inner one, and then the outer one's again.
   *
   * @param body runs inside of a lease
   * @returns what `body` returns
   */
  async applied<T>(body: () => Promise<T>): Promise<T> {
    const outer = this.#applied.getStore();
    const before = outer?.open ? outer.properties : NONE;
    const wanted = this.current;
    if (wanted === before || (wanted.size === 0 && before.size === 0)) {
      return await body();
    }
    const applied = { properties: wanted, open: true };
    try {
      await this.#change(before, wanted);
      return await this.#applied.run(applied, body);
    } finally {
      applied.open = false;
      await this.#restore(wanted, before);
    }
  }

  /** An aborted action, too, has to leave the thread as it found it. */
  async #restore(from: Properties, to: Properties): Promise<void> {
    const { interruption } = this.#gateway;
    try {
      await interruption.run(undefined, () => this.#change(from, to));
    } catch (error) {
      // A connection that is lost has taken its thread along.
      if (!isConnectionGone(error)) throw error;
    }
  }

  async #change(from: Properties, to: Properties): Promise<void> {
    for (const key of new Set([...from.keys(), ...to.keys()])) {
      const value = to.get(key);
      if (value !== from.get(key)) {
        await this.#jsc.call("setLocalProperty", key, value ?? null);
      }
    }
  }
}

function changed(
  properties: Properties,
  changes: Readonly<Record<string, string | null>>,
): Properties {
  const result = new Map(properties);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) result.delete(key);
    else result.set(key, value);
  }
  return result;
}

function tagsOf(properties: Properties): ReadonlySet<string> {
  const text = properties.get(JOB_PROPERTY.TAGS) ?? "";
  return new Set(text.split(TAG_SEPARATOR).filter((tag) => tag !== ""));
}

function joinTags(tags: ReadonlySet<string>): string | null {
  return tags.size === 0 ? null : [...tags].join(TAG_SEPARATOR);
}
