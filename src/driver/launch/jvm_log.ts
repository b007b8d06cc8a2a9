import { concatBytes } from "../../common/concat_bytes.ts";

/** Begins what Spark prints of an error that is thrown to the program as well. */
const TOLD_BY_ERROR =
  /^Exception in thread "main" | ERROR SparkContext: Error initializing SparkContext| WARN FileStreamSink: Assume no metadata directory| ERROR Utils: Exception encountered$/;
/** Begins what is worth a line, and no stack: a query's end by an error, in case nobody waits for it, and a master that is not there yet. */
const QUERY = / ERROR \w+Execution: Query /;
const ENDED = " terminated with error";
const NO_MASTER = / WARN StandaloneAppClient\S*: Failed to connect to master /;
const EXCEPTION = /^[\w.$]+(?:Exception|Error)(?:: .*)?$/;
const LOG_LINE = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d /;
const FRAME = /^\s+at [\w.$/@<>-]+\(|^\s+\.\.\. \d+ more$/;
const REST_OF_STACK = /^(?:\s*Caused by|\s+Suppressed): /;
const AT_LENGTH = / (?:INFO|DEBUG|TRACE) /;
const BREAK = 0x0a;

/**
 * Passes on what a JVM writes, without the stacks of errors that the program
 * gets: what ends the JVM's start or a stream, and a path that is not there. A
 * log of level INFO goes through whole.
 */
export class JvmLog {
  readonly #log: (bytes: Uint8Array) => void;
  readonly #decoder = new TextDecoder("latin1"); // any bytes, one by one
  /** Parts of a line that has not ended. */
  #open: Uint8Array[] = [];
  #isHeld = false;
  /** Whether the exception is still to come whose first line is shown. */
  #isShort = false;
  /** Whether what is held has come to its stack, which ends with another line. */
  #isInStack = false;
  #isAtLength = false;

  /** @param log gets what is passed on, whole lines at a time */
  constructor(log: (bytes: Uint8Array) => void) {
    this.#log = log;
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    const whole = bytes.lastIndexOf(BREAK) + 1;
    if (whole === 0) {
      this.#open.push(bytes.slice());
      return;
    }
    const lines = concatBytes([...this.#open, bytes.subarray(0, whole)]);
    this.#open = [bytes.slice(whole)];
    this.#passOn(lines);
  }

  /** Passes on a last line that did not end. */
  end(): void {
    this.#passOn(concatBytes(this.#open));
    this.#open = [];
  }

  #passOn(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length;) {
      const at = bytes.indexOf(BREAK, start);
      const end = at < 0 ? bytes.length : at + 1;
      const line = bytes.subarray(start, end);
      if (this.#shows(this.#decoder.decode(line))) this.#log(line);
      start = end;
    }
  }

  #shows(line: string): boolean {
    const isLog = LOG_LINE.test(line);
    if (isLog && AT_LENGTH.test(line)) this.#isAtLength = true;
    const text = line.trimEnd();
    const isShort = NO_MASTER.test(text) ||
      text.endsWith(ENDED) && QUERY.test(text);
    if (isShort || TOLD_BY_ERROR.test(text)) {
      this.#isHeld = true;
      this.#isShort = isShort;
      this.#isInStack = false;
      return isShort || this.#isAtLength;
    }
    if (isLog || this.#endsStack(text)) this.#isHeld = false;
    return !this.#isHeld || this.#isAtLength || this.#isNamed(text);
  }

  /** The exception behind a line that is told in short: the first line of it. */
  #isNamed(text: string): boolean {
    if (!this.#isShort || !EXCEPTION.test(text)) return false;
    this.#isShort = false;
    return true;
  }

  /** The message of an error may have any lines before its frames. */
  #endsStack(text: string): boolean {
    if (FRAME.test(text)) {
      this.#isInStack = true;
      return false;
    }
    if (!this.#isInStack) return false;
    if (!REST_OF_STACK.test(text)) return true;
    this.#isInStack = false; // another message begins
    return false;
  }
}
