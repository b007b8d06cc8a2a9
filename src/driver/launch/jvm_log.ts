import { concatBytes } from "../../common/concat_bytes.ts";

/** Begins what Spark prints of an error that is thrown to the program as well. */
const TOLD_BY_ERROR =
  /^Exception in thread "main" | ERROR SparkContext: Error initializing SparkContext| WARN FileStreamSink: Assume no metadata directory/;
const LOG_LINE = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d /;
const FRAME = /^\s+at [\w.$/@<>-]+\(|^\s+\.\.\. \d+ more$/;
const REST_OF_STACK = /^(?:\s*Caused by|\s+Suppressed): /;
const AT_LENGTH = / (?:INFO|DEBUG|TRACE) /;
const BREAK = 0x0a;

/**
 * Passes on what a JVM writes, without the stacks of errors that the program
 * gets: what ends the JVM's start, and a path that is not there. A log of level INFO goes through whole.
 */
export class JvmLog {
  readonly #log: (bytes: Uint8Array) => void;
  readonly #decoder = new TextDecoder("latin1"); // any bytes, one by one
  #open: Uint8Array = new Uint8Array(0);
  #isHeld = false;
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
      this.#open = concatBytes([this.#open, bytes]);
      return;
    }
    const lines = concatBytes([this.#open, bytes.subarray(0, whole)]);
    this.#open = bytes.slice(whole);
    this.#passOn(lines);
  }

  /** Passes on a last line that did not end. */
  end(): void {
    this.#passOn(this.#open);
    this.#open = new Uint8Array(0);
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
    if (TOLD_BY_ERROR.test(line)) {
      this.#isHeld = true;
      this.#isInStack = false;
    } else if (isLog || this.#endsStack(line)) this.#isHeld = false;
    return !this.#isHeld || this.#isAtLength;
  }

  /** The message of an error may have any lines before its frames. */
  #endsStack(line: string): boolean {
    const text = line.trimEnd();
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
