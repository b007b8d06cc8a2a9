import {
  FAILED_OUTPUT_LIMITS,
  formatOutput,
  type OutputLevel,
  type OutputPlace,
  type TaskOutput,
} from "../../src/protocol/task_output.ts";
import type { AccumulatorStore } from "./accumulator_store.ts";
import { OutputSample } from "./output_sample.ts";

/** Which stream a text was written to. */
export type Stream = "stdout" | "stderr";

/** The task that runs, and what it has printed. */
interface Printing {
  readonly place: OutputPlace;
  readonly sample: OutputSample;
  /** Lines that have not ended, by who writes them. */
  readonly open: Map<string, string>;
}

/**
 * What functions print: each line goes to the executor's log with its time,
 * stage and partition, and where the driver wants it, a bounded sample of them
 * goes home with the task.
 */
export class FunctionOutput {
  readonly #accumulator: number | null;
  readonly #log: (text: string) => void;
  /** Null between two tasks. */
  #printing: Printing | null = null;

  /**
   * @param log writes to the executor's log
   * @param accumulator what takes lines to the driver; null: nothing does
   */
  constructor(log: (text: string) => void, accumulator: number | null) {
    this.#log = log;
    this.#accumulator = accumulator;
  }

  /** A task begins. */
  begin({ stage, partition, attempt }: OutputPlace): void {
    this.#printing = {
      place: { stage, partition, attempt },
      sample: new OutputSample(),
      open: new Map(),
    };
  }

  /** The task has ended: what comes later is of no task. */
  end(): void {
    this.#endLines();
    this.#printing = null;
  }

  /**
   * Takes what a call of the console printed: one line of the log, however
   * many lines it has itself.
   *
   * @returns whether it was taken: between two tasks nothing is
   */
  print(level: OutputLevel, text: string): boolean {
    const printing = this.#printing;
    if (printing === null) return false;
    const whole = (printing.open.get(level) ?? "") + text;
    if (whole.endsWith("\n")) {
      printing.open.delete(level);
      this.#add(printing, level, whole.slice(0, -1));
    } else printing.open.set(level, whole);
    return true;
  }

  /**
   * Takes what was written to a stream: each line of it is one of the log.
   *
   * @returns whether it was taken
   */
  write(stream: Stream, text: string): boolean {
    const printing = this.#printing;
    if (printing === null) return false;
    const lines = ((printing.open.get(stream) ?? "") + text).split("\n");
    printing.open.set(stream, lines.pop() ?? "");
    for (const line of lines) this.#add(printing, LEVELS[stream], line);
    return true;
  }

  /** Adds what the task printed to what it brings home. */
  bring(accumulators: Pick<AccumulatorStore, "own">): void {
    const output = this.#sent();
    if (output === null || this.#accumulator === null) return;
    const start = { zero: [], param: "list" } as const;
    accumulators.own(this.#accumulator, start).add([output]);
  }

  /** The last that a task printed which failed; null where the driver does not want it. */
  lastOfFailed(): TaskOutput | null {
    return this.#sent(FAILED_OUTPUT_LIMITS);
  }

  #sent(limits?: typeof FAILED_OUTPUT_LIMITS): TaskOutput | null {
    this.#endLines();
    const printing = this.#printing;
    if (this.#accumulator === null || printing === null) return null;
    const { place, sample } = printing;
    if (sample.count === 0) return null;
    const lines = sample.lines(limits);
    return { ...place, lines, leftOut: sample.count - lines.length };
  }

  /** Lines that nobody ended are lines all the same. */
  #endLines(): void {
    const printing = this.#printing;
    for (const [source, text] of printing?.open ?? []) {
      if (printing === null || text === "") continue;
      this.#add(printing, levelOf(source), text);
    }
    printing?.open.clear();
  }

  #add({ place, sample }: Printing, level: OutputLevel, text: string): void {
    const line = { time: Date.now(), level, text };
    this.#log(formatOutput(line, place));
    if (this.#accumulator !== null) sample.add(line);
  }
}

const LEVELS = { stdout: "info", stderr: "error" } as const;

function levelOf(source: string): OutputLevel {
  return source === "stdout" || source === "stderr"
    ? LEVELS[source]
    : source as OutputLevel;
}
