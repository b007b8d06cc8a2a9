import { AsyncLocalStorage } from "node:async_hooks";
import { expectObject } from "../gateway/expect.ts";
import { readSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { checkTag } from "../context/job_groups.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { requireMethod } from "./spark_versions.ts";

const EXECUTION = "spark.sql.execution.root.id"; // property of a job: what Spark calls an operation's id
const LONGEST_WAIT = "60 seconds"; // as in Spark, for the scheduler to cancel jobs

/**
 * The tags that a session's operations carry. They follow the asynchronous
 * chain of calls, as they follow a thread in Spark, and mean nothing to other
 * sessions.
 *
 * Peer: `SparkSession.addTag`, `managedJobTags`, Spark 4.0 – 4.3.
 */
export class SessionTags {
  readonly #runtime: SparkRuntime;
  readonly #session = crypto.randomUUID();
  readonly #current = new AsyncLocalStorage<ReadonlySet<string>>();

  /** @param runtime the application */
  constructor(runtime: SparkRuntime) {
    this.#runtime = runtime;
  }

  /** The current chain's tags. */
  get current(): ReadonlySet<string> {
    return this.#current.getStore() ?? new Set();
  }

  /** Adds a tag to the current chain's. @throws RangeError when it is empty or has a comma */
  add(tag: string): void {
    this.#require("addTag");
    checkTag("add", tag);
    this.#current.enterWith(new Set([...this.current, tag]));
  }

  /** Takes a tag from the current chain's. @throws RangeError when it is empty or has a comma */
  remove(tag: string): void {
    this.#require("removeTag");
    checkTag("remove", tag);
    this.#current.enterWith(
      new Set([...this.current].filter((other) => other !== tag)),
    );
  }

  /** Takes all tags from the current chain. */
  clear(): void {
    this.#require("clearTags");
    this.#current.enterWith(new Set());
  }

  /** Runs an operation whose jobs carry the current chain's tags. */
  applied<T>(body: () => T): T {
    const { properties } = this.#runtime;
    const tags = [...this.current].map((tag) => this.#jobTag(tag));
    return tags.length === 0 ? body() : properties.runTagged(tags, body);
  }

  /**
   * Cancels the operations with a tag.
   *
   * @returns the ids of those that had jobs running
   * @throws RangeError when the tag is empty or has a comma
   */
  async interrupt(tag: string): Promise<string[]> {
    this.#require("interruptTag");
    checkTag("interrupt", tag);
    const jobTag = this.#jobTag(tag);
    const reason = `part of cancelled job tag ${tag}`;
    const { gateway, jsc } = this.#runtime;
    return await gateway.apart(() =>
      gateway.scope(async () => {
        const sc = await jsc.callObject("sc");
        const cancelled = await gateway.callStaticObject(
          "org.apache.spark.util.ThreadUtils",
          "awaitResult",
          await sc.callObject("cancelJobsWithTagWithFuture", jobTag, reason),
          await gateway.callStaticObject(
            "scala.concurrent.duration.Duration",
            "create",
            LONGEST_WAIT,
          ),
        );
        return await executionIds(cancelled);
      })
    );
  }

  #jobTag(tag: string): string {
    return `tspark-session-${this.#session}-tag-${tag}`;
  }

  #require(method: string): void {
    const { dialect } = this.#runtime;
    requireMethod(dialect, "SparkSession", method);
  }
}

/** The operations that jobs belonged to; a job outside of SQL belongs to none. */
async function executionIds(jobs: JavaObject): Promise<string[]> {
  const ids = new Set<string>();
  for (const job of await readSeq(jobs)) {
    const properties = await expectObject(job, "a job").callObjectOrNull(
      "properties",
    );
    const id = await properties?.call("getProperty", EXECUTION);
    if (typeof id === "string") ids.add(id);
  }
  return [...ids];
}
