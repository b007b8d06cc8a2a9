/** An exception that came up while the JVM read a task's input. */
export interface InputFailure {
  /** Full name of its class. */
  readonly javaClass: string;
  /** Its class and message, as the stack trace has them. */
  readonly text: string;
}

/**
 * Finds the exception that ended a task's input. The JVM takes it for the end
 * of the worker where it is of a kind that a lost connection throws as well,
 * and cites the worker's crash report, which is not to be believed then.
 *
 * Peer: `BasePythonRunner.ReaderIterator.handleException` and
 * `ReaderInputStream`, which writes a task's input while it reads the
 * worker's output, Spark 4.0 – 4.3.
 *
 * @param javaStack a stack trace with its causes
 * @returns null when the input is not to blame
 */
export function inputFailure(javaStack: string): InputFailure | null {
  let said: string[] = [];
  let isBelowSaid = false;
  for (const line of javaStack.split("\n")) {
    if (!FRAME.test(line)) {
      if (isBelowSaid || line.startsWith(CAUSE)) said = [];
      isBelowSaid = false;
      said.push(line);
      continue;
    }
    isBelowSaid = true;
    if (!INPUT_WRITERS.some((at) => line.includes(at))) continue;
    const text = said.join("\n").replace(CAUSE, "");
    // Of a worker below, whose output is this one's input.
    if (text.includes(WORKERS_END)) continue;
    const [, javaClass] = CLASS.exec(text) ?? [];
    if (javaClass !== undefined) return { javaClass, text: text.trim() };
  }
  return null;
}

const FRAME = /^\s+(?:at |\.\.\. \d+ more)/;
const CAUSE = "Caused by: ";
const CLASS = /^([\w$.]+)(?=:|$)/m;
const WORKERS_END = "Python worker exited unexpectedly";
const INPUT_WRITERS = [
  ".writeNextInputToStream(",
  ".writeNextElementToStream(",
];
