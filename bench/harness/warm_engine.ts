/**
 * An engine that stays up from run to run, and is started anew when it ends.
 *
 * @module
 */
import {
  type EngineCommand,
  EngineProcess,
  type EngineVersions,
} from "./engine_process.ts";
import type { TimedRun } from "./take_turns.ts";
import { peakWorkerMiB, resetWorkerPeaks } from "./worker_memory.ts";

/** An engine that stays up; end it by `await using`. */
export class WarmEngine {
  readonly #how: EngineCommand;
  #process: EngineProcess | null = null;

  /** Takes how to start the engine; {@link start} starts it. */
  constructor(how: EngineCommand) {
    this.#how = how;
  }

  /** Starts the engine and waits for its session. */
  async start(): Promise<EngineVersions> {
    const process = EngineProcess.start(this.#how);
    this.#process = process;
    return await process.ready();
  }

  /**
   * Runs a program once, in a new process when the one before has ended.
   *
   * @param program name of the engine's file
   * @param part name under which the seconds are given
   * @throws Error when the program fails or the engine ends
   */
  async run(
    program: string,
    part: string,
    file: string,
    rows: number,
  ): Promise<TimedRun> {
    if (this.#process?.hasEnded === true) await this[Symbol.asyncDispose]();
    if (this.#process === null) await this.start();
    const process = this.#process;
    if (process === null) throw new Error(`${this.#how.engine} did not start`);
    await resetWorkerPeaks(process.pid);
    const { checksum, seconds } = await process.run(program, file, rows);
    const workerMiB = await peakWorkerMiB(process.pid);
    return {
      checksum,
      seconds: { [part]: seconds },
      ...(workerMiB === undefined ? {} : { workerMiB }),
    };
  }

  /** Ends the engine. */
  async [Symbol.asyncDispose](): Promise<void> {
    const process = this.#process;
    this.#process = null;
    await process?.[Symbol.asyncDispose]();
  }
}
