import { errorMessage } from "../../common/error_message.ts";
import { withTimeout } from "../../common/deadline.ts";
import { JavaError } from "../../common/errors.ts";
import { writeErrorText } from "../../common/log.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { isConnectionGone, isJvmGone } from "../gateway/lost_connection.ts";
import type { JobProperties } from "./job_properties.ts";

const FIRST_WAIT_MS = 50; // until the job is cancelled once more
const LONGEST_WAIT_MS = 2_000;

/** Where a {@link Cancellation}'s jobs run. */
export interface JobPlace {
  readonly gateway: Gateway;
  readonly jsc: JavaObject;
  readonly properties: JobProperties;
}

/**
 * The end that a signal can put to jobs: they carry a tag of their own, by
 * which Spark cancels them.
 */
export class Cancellation {
  readonly #place: JobPlace;
  readonly #signal: AbortSignal;
  readonly #tag = `tspark-${crypto.randomUUID()}`;

  /** @param signal what ends the jobs */
  constructor(place: JobPlace, signal: AbortSignal) {
    this.#place = place;
    this.#signal = signal;
  }

  /**
   * Runs `body`, whose jobs the signal can end; it is not started when the
   * signal is aborted already.
   *
   * @param body what runs the jobs
   * @returns what `body` returns
   * @throws the signal's reason, at once when it is aborted: what is under way
   *   in the JVM then ends by itself
   */
  async run<T>(body: () => Promise<T>): Promise<T> {
    const signal = this.#signal;
    signal.throwIfAborted();
    const { gateway, properties } = this.#place;
    const work = properties.runTagged(
      [this.#tag],
      () => gateway.interruption.run(signal, body),
    );
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => {
      aborted.reject(signal.reason);
      void this.cancel(work);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([work, aborted.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /**
   * Cancels the jobs until what runs them has ended: a call that was on its
   * way when the signal came may start a job after the first attempt.
   *
   * @param work what runs the jobs
   */
  async cancel(work: Promise<unknown>): Promise<void> {
    const { gateway, jsc } = this.#place;
    const ended = work.then(() => true, () => true);
    for (let ms = FIRST_WAIT_MS;; ms = Math.min(2 * ms, LONGEST_WAIT_MS)) {
      try {
        await gateway.apart(() => jsc.call("cancelJobsWithTag", this.#tag));
      } catch (error) {
        if (hasNoJobs(error)) return;
        if (!isConnectionGone(error)) return warn(error);
      }
      if (await withTimeout(ms, ended)) return;
    }
  }
}

/** Whether a call failed where there are no jobs any more: the JVM is gone, or its context is stopped. */
function hasNoJobs(error: unknown): boolean {
  return isJvmGone(error) ||
    (error instanceof JavaError &&
      error.javaClass === "java.lang.IllegalStateException");
}

/** The action has its signal's reason already: what else goes wrong has no other place to be told. */
function warn(error: unknown): void {
  writeErrorText(
    `Warning: Cannot cancel the jobs of an aborted action, which go on: ${
      errorMessage(error)
    }\n`,
  );
}
