import { JavaError } from "../../common/errors.ts";
import { nextSteps } from "./next_steps.ts";
import { placedContexts } from "./query_context.ts";

/** A line of a JVM's stack trace, and what introduces one. */
const FRAME = /^\s*(at [\w.$<>/]+\(.*\)|\.\.\. \d+ more)\s*$/;
const DRIVER_STACK = "Driver stacktrace:";

/**
 * What a person needs of an exception: its message without the JVM's stacks
 * that Spark puts into it, and those causes that say something new.
 *
 * @param error the exception
 */
export function javaErrorText(error: JavaError): string {
  let text = named(error);
  for (const cause of causesOf(error)) {
    const said = named(cause);
    const [first = ""] = said.split("\n", 1);
    const message = plainMessage(cause.message).split("\n", 1)[0] ?? "";
    if (text.includes(first) || text.includes(message)) continue;
    text += `\n  caused by ${first}`;
  }
  if (isOverflow(error)) text += `\n  ${TOO_LONG}`;
  return [text, ...nextSteps(text)].join("\n  ");
}

const TOO_LONG =
  "The plan is too long for the JVM's stack: shorten it by checkpoint() or localCheckpoint() every few hundred steps";

/** Whether Spark's recursion over a plan, or over a task's lineage, went too deep. */
function isOverflow(error: JavaError): boolean {
  return [error, ...causesOf(error)].some(({ javaClass, message, javaStack }) =>
    `${javaClass} ${message} ${javaStack}`.includes(OVERFLOW)
  );
}

const OVERFLOW = "java.lang.StackOverflowError";

/** A message without stacks. */
export function plainMessage(message: string): string {
  const lines = message.split("\n");
  const end = lines.findIndex((line) => line.trim() === DRIVER_STACK);
  const text = lines.slice(0, end < 0 ? lines.length : end)
    .filter((line) => !FRAME.test(line)).join("\n").trimEnd()
    .replace(PYTHONS, (name) => OURS[name] ?? name);
  return withoutTask(placedContexts(text));
}

/** What a task failed of, before where it ran: that comes last, and in few words. */
function withoutTask(text: string): string {
  const [start, task, attempt, stage] = FAILED_TASK.exec(text) ?? [];
  return start === undefined
    ? text
    : `${
      text.slice(start.length)
    }\n  in task ${task} of stage ${stage} (attempt ${attempt})`;
}

/** Peer: `TaskSetManager.handleFailedTask` and `DAGScheduler.abortStage`. */
const FAILED_TASK =
  /^Job aborted due to stage failure: Task \d+ in stage [\d.]+ failed \d+ times, most recent failure: Lost task (\d+)\.(\d+) in stage (\d+)\.\d+ \(TID \d+\) \([^()]*\): (?=\S)/;

/** What Spark calls by Python's names. */
const OURS: Readonly<Record<string, string>> = {
  applyInPandasWithState: "flatMapGroupsWithState",
  applyInPandasWithStates: "flatMapGroupsWithState",
  transformWithStateInPandas: "transformWithState",
  transformWithStateInPySpark: "transformWithState",
};
const PYTHONS =
  /\b(?:applyInPandasWithStates?|transformWithStateIn(?:Pandas|PySpark))\b/g;

/** An exception's causes, the nearest first. */
function causesOf(error: JavaError): JavaError[] {
  const causes: JavaError[] = [];
  for (let at = error.cause; at instanceof JavaError; at = at.cause) {
    causes.push(at);
  }
  return causes;
}

/** A message that is one word, such as "gzip", says nothing without the exception's class. */
function named({ message, javaClass }: JavaError): string {
  const text = plainMessage(message);
  if (/\s/.test(text) || text === javaClass) return text;
  const simple = javaClass.slice(javaClass.lastIndexOf(".") + 1);
  return `${simple}: ${text}`;
}
