import { type IPty, spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { withTimeout } from "../../src/common/deadline.ts";

const COLUMNS = 100;
const ROWS = 40;
const DEADLINE_MS = 60_000;

/** A program in a pseudo terminal, as a person sees it. */
export class PseudoTerminal {
  readonly #pty: IPty;
  readonly #terminal = new xterm.Terminal({
    cols: COLUMNS,
    rows: ROWS,
    scrollback: 1000,
    allowProposedApi: true,
  });
  readonly #exited = Promise.withResolvers<number>();
  readonly #waiting = new Set<() => void>();
  #raw = "";

  /**
   * Starts a program.
   *
   * @param command its path
   * @param args its arguments
   * @param options its whole environment, and the folder that it starts in
   */
  constructor(
    command: string,
    args: readonly string[],
    options: { env: Record<string, string>; cwd?: string },
  ) {
    this.#pty = spawn(command, [...args], {
      name: "xterm-256color",
      cols: COLUMNS,
      rows: ROWS,
      ...options,
    });
    this.#pty.onData((text) => {
      this.#raw += text;
      this.#terminal.write(text, () => {
        for (const look of this.#waiting) look();
      });
    });
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#exited.resolve(signal ? 128 + signal : exitCode);
    });
  }

  /** Everything that was written so far, control characters included. */
  get raw(): string {
    return this.#raw;
  }

  /** Types; Enter is `\r`. */
  type(text: string): void {
    this.#pty.write(text);
  }

  /** What stands on the screen and above it. */
  screen(): string {
    const { active } = this.#terminal.buffer;
    const lines: string[] = [];
    for (let at = 0; at < active.length; at++) {
      const line = active.getLine(at);
      const text = line?.translateToString(true) ?? "";
      if (line?.isWrapped) lines.push((lines.pop() ?? "") + text);
      else lines.push(text);
    }
    return lines.join("\n").trimEnd();
  }

  /**
   * Waits until the screen shows something.
   *
   * @throws Error when it does not within a minute
   */
  async shows(pattern: RegExp): Promise<RegExpExecArray> {
    const found = Promise.withResolvers<RegExpExecArray>();
    const look = (): void => {
      const match = pattern.exec(this.screen());
      if (match !== null) found.resolve(match);
    };
    this.#waiting.add(look);
    look();
    try {
      const match = await withTimeout(DEADLINE_MS, found.promise);
      if (match !== undefined) return match;
    } finally {
      this.#waiting.delete(look);
    }
    throw new Error(`Terminal does not show ${pattern}:\n${this.screen()}`);
  }

  /**
   * Waits for the program's end.
   *
   * @returns its exit code; 128 + the signal's number when a signal ended it
   * @throws Error when it does not end within a minute
   */
  async ended(): Promise<number> {
    const code = await withTimeout(DEADLINE_MS, this.#exited.promise);
    if (code !== undefined) {
      await new Promise<void>((done) => this.#terminal.write("", done));
      return code;
    }
    this.#pty.kill("SIGKILL");
    throw new Error(`Program does not end:\n${this.screen()}`);
  }
}
