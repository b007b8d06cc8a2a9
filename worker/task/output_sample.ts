import {
  OUTPUT_LIMITS,
  type OutputLine,
} from "../../src/protocol/task_output.ts";

/** A line, and which one of its task it is. */
interface Numbered {
  readonly at: number;
  readonly line: OutputLine;
}

/** How many lines a task may hold back for the driver. */
export interface SampleLimits {
  readonly lines: number;
  readonly characters: number;
  readonly line: number;
  readonly last: number;
}

/**
 * Keeps lines within bounds: all as long as they are few, then every second,
 * fourth, eighth … one, so that they come from the whole of the task, and the
 * last ones whole.
 */
export class OutputSample {
  readonly #limits: SampleLimits;
  #kept: Numbered[] = [];
  #characters = 0;
  /** One line of so many is kept. */
  #stride = 1;
  #count = 0;
  /** The last lines, in a ring. */
  readonly #last: Numbered[] = [];

  /** @param limits how much is kept */
  constructor(limits: SampleLimits = OUTPUT_LIMITS) {
    this.#limits = limits;
  }

  /** Takes the next line. */
  add(line: OutputLine): void {
    const { line: longest, last } = this.#limits;
    const at = this.#count++;
    const { text } = line;
    const numbered = {
      at,
      line: text.length <= longest ? line : {
        ...line,
        text: `${text.slice(0, longest)}… (${text.length} characters)`,
      },
    };
    this.#last[at % last] = numbered;
    if (at % this.#stride !== 0) return;
    this.#kept.push(numbered);
    this.#characters += numbered.line.text.length;
    while (this.#isFull) this.#thin();
  }

  /**
   * The lines, in their order.
   *
   * @param limits fewer than were kept: the last ones
   */
  lines(
    { lines, characters }: Pick<SampleLimits, "lines" | "characters"> =
      this.#limits,
  ): OutputLine[] {
    const all = new Map<number, OutputLine>();
    for (const { at, line } of [...this.#kept, ...this.#last]) {
      all.set(at, line);
    }
    const sorted = [...all].sort(([a], [b]) => b - a).slice(0, lines);
    let left = characters;
    const fitting = sorted.filter(([, { text }]) => (left -= text.length) >= 0);
    return fitting.map(([, line]) => line).reverse();
  }

  /** How many lines there were. */
  get count(): number {
    return this.#count;
  }

  get #isFull(): boolean {
    const { lines, characters, last } = this.#limits;
    return this.#kept.length > 1 &&
      (this.#kept.length > lines - last || this.#characters > characters / 2);
  }

  #thin(): void {
    this.#stride *= 2;
    this.#kept = this.#kept.filter(({ at }) => at % this.#stride === 0);
    this.#characters = this.#kept
      .reduce((sum, { line }) => sum + line.text.length, 0);
  }
}
