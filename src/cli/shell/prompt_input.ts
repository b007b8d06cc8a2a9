import type { ReadStream } from "node:tty";
import process from "node:process";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";

/** What the input asks of the prompt. */
export interface PromptBehind {
  /** Resolves when the line that was given has been evaluated; at once where none is. */
  idle(): Promise<void>;
  /** Whether a line is being evaluated. */
  readonly isEvaluating: boolean;
  /** Ctrl-C while a line is being evaluated. */
  interrupt(): void;
}

const CTRL_C = "\x03";

/**
 * What is typed or piped, one line at a time: the next one goes to the prompt
 * when the one before has been evaluated, as it would be typed by hand. A
 * prompt of Node's own takes all lines at once.
 */
export class PromptInput extends PassThrough {
  readonly #source: ReadStream;
  #waiting: string[] = [];
  #isFeeding = false;
  #hasEnded = false;
  #behind: PromptBehind | null = null;

  /** @param source what is read */
  constructor(source: ReadStream) {
    super({ encoding: "utf8" });
    this.#source = source;
  }

  /** Whether somebody types. */
  get isTTY(): boolean {
    return this.#source.isTTY === true; // undefined for a pipe
  }

  /** Whether keys come as they are pressed; looked at by Node's evaluation. */
  get isRaw(): boolean {
    return this.#source.isRaw;
  }

  /** Has keys come as they are pressed, or whole lines; called by the prompt. */
  setRawMode(mode: boolean): this {
    if (this.isTTY) this.#source.setRawMode(mode); // Node's evaluation asks for it of pipes, too
    return this;
  }

  /** Begins to read. */
  start(behind: PromptBehind): void {
    this.#behind = behind;
    this.#source.setEncoding("utf8");
    this.#source.on("data", (text: string) => this.#take(text));
    this.#source.once("end", () => {
      this.#hasEnded = true;
      void this.#feed();
    });
    // Whatever ends us, the terminal is left as it was.
    if (this.isTTY) process.once("exit", () => this.#source.setRawMode(false));
  }

  #take(text: string): void {
    let rest = text;
    // Only a terminal sends one, and that as it is pressed.
    const pressed = this.isTTY ? rest.lastIndexOf(CTRL_C) : -1;
    if (pressed >= 0 && this.#behind?.isEvaluating) {
      this.#waiting = [];
      this.#behind.interrupt();
      rest = rest.slice(pressed + 1);
    }
    this.#waiting.push(...(this.isTTY ? pastedLines(rest) : lines(rest)));
    void this.#feed();
  }

  async #feed(): Promise<void> {
    if (this.#isFeeding) return;
    this.#isFeeding = true;
    for (let line; (line = this.#waiting.shift()) !== undefined;) {
      this.write(line);
      await setImmediate(); // read by then
      await this.#behind?.idle();
    }
    this.#isFeeding = false;
    if (this.#hasEnded) this.end();
  }
}

function lines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** Keys as they are; of several lines at once, each method of a chain is put behind what it is called on, since the prompt takes lines that begin with a dot for its commands. */
function pastedLines(text: string): string[] {
  if (!/[\r\n]./.test(text)) return lines(text);
  return lines(
    text.replace(
      /(?<!\/\/.*)[\r\n]+\s*(?=\??\.\w)/g,
      "",
    ),
  );
}
