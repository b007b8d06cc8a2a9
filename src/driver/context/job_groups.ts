import { JOB_PROPERTY } from "../runtime/job_properties.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

/** How a group of jobs is described and cancelled. */
export interface JobGroupOptions {
  /** What the jobs do, for a person to read. */
  readonly description?: string;
  /** Whether cancelling interrupts the executors' threads; false by default. */
  readonly interruptOnCancel?: boolean;
}

/**
 * The local properties that make a job group.
 *
 * Peer: `SparkContext.setJobGroup`, which sets these three.
 */
export function groupProperties(
  groupId: string,
  { description, interruptOnCancel = false }: JobGroupOptions,
): Record<string, string | null> {
  return {
    [JOB_PROPERTY.GROUP]: groupId,
    [JOB_PROPERTY.DESCRIPTION]: description ?? null,
    [JOB_PROPERTY.INTERRUPT]: String(interruptOnCancel),
  };
}

/** Gives the current chain's jobs one more tag. */
export function addTag({ properties }: SparkRuntime, tag: string): void {
  checkTag("add", tag);
  properties.setTags(new Set([...properties.tags, tag]));
}

/** Takes a tag from the current chain's jobs. */
export function removeTag({ properties }: SparkRuntime, tag: string): void {
  checkTag("remove", tag);
  const tags = new Set(properties.tags);
  if (tags.delete(tag)) properties.setTags(tags);
}

/**
 * Refuses a tag that Spark could not tell from its neighbors.
 *
 * Peer: `SparkContext.throwIfInvalidTag`, whose words these are.
 *
 * @param action what was tried, for the message
 * @param tag the tag
 * @throws RangeError when the tag is empty or has a comma
 */
export function checkTag(action: string, tag: string): void {
  const rule = tag === ""
    ? "Spark job tag cannot be an empty string"
    : tag.includes(",")
    ? "Spark job tag cannot contain ','"
    : null;
  if (rule === null) return;
  throw new RangeError(`Cannot ${action} the tag "${tag}": ${rule}`);
}

/** Cancels jobs, over a connection of its own: those that jobs hold are busy. */
export async function cancelJobs(
  runtime: SparkRuntime,
  method: "cancelAllJobs" | "cancelJobGroup" | "cancelJobsWithTag",
  ...args: readonly string[]
): Promise<void> {
  const { gateway, jsc } = runtime;
  await runtime.ask(
    `${method}()`,
    () => gateway.apart(() => jsc.call(method, ...args)),
  );
}
