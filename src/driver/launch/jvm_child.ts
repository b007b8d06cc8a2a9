import { withTimeout } from "../../common/deadline.ts";
import type { ChildProcess } from "../../common/platform/platform.ts";
import { LineTail } from "./line_tail.ts";
import { JvmLog } from "./jvm_log.ts";

/** How a JVM ended, and what it said last. */
export interface GatewayExit {
  /** The exit code; 128 + the signal's number when a signal ended it. */
  readonly code: number;
  /** Name of the signal that ended it; null without one. */
  readonly signal: string | null;
  /** Its last lines on stderr and stdout, oldest first. */
  readonly lastLines: readonly string[];
}

const KEPT_LINES = 40;
const STDIN_GRACE_MS = 10_000;
const TERM_GRACE_MS = 5_000;
/** A child of the JVM may hold its pipes open: how long to read on after its end. */
const DRAIN_MS = 500;

/** The process of a JVM: forwards what it writes, notes its end, ends it. */
export class JvmChild {
  /** Resolves when it has ended and its output has been read. */
  readonly exited: Promise<GatewayExit>;
  readonly #child: ChildProcess;
  readonly #tail = new LineTail(KEPT_LINES);
  readonly #log: (bytes: Uint8Array) => void;
  #closing: Promise<void> | undefined;

  /**
   * Takes over a process that was just started.
   *
   * @param child the process, just started
   * @param log gets what it writes to stderr and stdout
   */
  constructor(child: ChildProcess, log: (bytes: Uint8Array) => void) {
    this.#child = child;
    this.#log = log;
    this.exited = this.#watch();
  }

  /** Its last lines so far, oldest first. */
  lastLines(): readonly string[] {
    return this.#tail.lines();
  }

  /** Lets the program end although the JVM runs, which then ends too. */
  unref(): void {
    this.#child.unref();
  }

  /** Asks it to end by closing its stdin, then by SIGTERM, then kills it; waits for the end. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Kills it and waits for the end. */
  async kill(): Promise<void> {
    this.#child.ref();
    this.#child.kill("SIGKILL");
    await this.#child.closeStdin();
    await this.exited;
  }

  async #close(): Promise<void> {
    this.#child.ref();
    await this.#child.closeStdin();
    if (await withTimeout(STDIN_GRACE_MS, this.exited) !== undefined) return;
    this.#child.kill("SIGTERM");
    if (await withTimeout(TERM_GRACE_MS, this.exited) !== undefined) return;
    await this.kill();
  }

  async #watch(): Promise<GatewayExit> {
    const readers = [this.#child.stderr, this.#child.stdout]
      .map((stream) => stream.getReader());
    const drained = Promise.all(readers.map((reader) => this.#forward(reader)));
    const { code, signal } = await this.#child.exited;
    if (await withTimeout(DRAIN_MS, drained) === undefined) {
      for (const reader of readers) await reader.cancel();
      await drained;
    }
    await this.#child.closeStdin();
    return { code, signal, lastLines: this.#tail.lines() };
  }

  async #forward(
    reader: ReadableStreamDefaultReader<Uint8Array>,
  ): Promise<void> {
    const log = new JvmLog(this.#log);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return log.end();
      this.#tail.push(value);
      log.push(value);
    }
  }
}
