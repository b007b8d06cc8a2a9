import process from "node:process";
import type { AsyncCompleter } from "node:readline";
import { Recoverable, type REPLServer, start } from "node:repl";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { SparkError } from "../../common/errors.ts";
import { completeString, type Completions } from "./completions.ts";
import { Engine, type Given, Thrown } from "./engine.ts";
import { keepHistory } from "./history.ts";
import { prepareCode, withImportsFrom } from "./prepare_code.ts";
import { type PromptBehind, PromptInput } from "./prompt_input.ts";
import { withoutOwnFrames } from "./user_stack.ts";

/** What a prompt is for. */
export interface PromptSubject {
  /** What it has by name. */
  readonly names: object;
  /**
   * How a value is told, where not as Node tells it.
   *
   * @returns null for all other values
   */
  show(value: unknown): Promise<string | null>;
  /** Ctrl-C while nothing is evaluated: ends what runs. */
  interrupt(): void;
  /** Ctrl-C while a line is evaluated: ends what runs, or the program. */
  press(): void;
}

type Run = (code: string) => Promise<Given | Thrown>;
type Done = (error: Error | null, value: unknown) => void;
type Complete = (error: Error | null, found?: Completions) => void;

/**
 * A prompt for TypeScript on Node's REPL, which Deno has as well. Lines that
 * come from a pipe are evaluated one after the other, as if typed.
 */
export class Prompt implements PromptBehind {
  readonly #engine = new Engine();
  readonly #subject: PromptSubject;
  readonly #input = new PromptInput(process.stdin);
  readonly #server: REPLServer;
  readonly #run: Run;
  #evaluation: Promise<void> | null = null;
  #told = Promise.withResolvers<void>();
  #isCompleting = false;
  /** The lines before, of what goes on in the next. */
  #begun = "";
  /** The table of the value that is printed next. */
  #table: string | null = null;

  /** @param subject what the prompt is for */
  constructor(subject: PromptSubject) {
    this.#subject = subject;
    const server = start({
      ...(isAtTerminal()
        ? { prompt: "> ", terminal: true }
        : { prompt: "", terminal: false, ignoreUndefined: true }),
      input: this.#input,
      output: process.stdout,
      // Functions typed here belong to the program's own realm only so.
      useGlobal: true,
      // It would complete, and ask the JVM, at each key.
      preview: false,
      // Deno's own evaluation is ours, which hears of Ctrl-C by the input.
      ...(IN_DENO ? {} : { breakEvalOnSigint: true }),
      writer: (value: unknown) => this.#write(value),
    });
    this.#server = server;
    this.#run = IN_DENO
      ? (code) => this.#engine.evaluate(withImportsFrom(hereUrl(), code))
      : runByServer(server);
    Object.assign(server, {
      eval: (typed: string, _context: object, _file: string, done: Done) =>
        this.#eval(typed, done),
      completer: completeBy(this, server),
    });
    if (!IN_DENO) this.#hearOfThrown();
    server.on("SIGINT", () => {
      this.#begun = "";
      subject.interrupt();
    });
    // Above us waits the process that was started: it would not stop with us.
    if (IN_DENO) server.on("SIGTSTP", () => {});
  }

  /** Reads, evaluates and prints until the input ends. */
  async run(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    this.#server.once("exit", () => ended.resolve());
    await this.#define(this.#subject.names);
    if (isAtTerminal()) keepHistory(this.#server);
    this.#input.start(this);
    await ended.promise;
  }

  /** Whether a line is being evaluated. */
  get isEvaluating(): boolean {
    return this.#evaluation !== null;
  }

  /** Resolves when no line is being evaluated. */
  async idle(): Promise<void> {
    await this.#evaluation;
  }

  /** Ctrl-C while a line is being evaluated. */
  interrupt(): void {
    this.#subject.press();
  }

  /**
   * What Tab offers in a string.
   *
   * @param line the line up to the cursor
   */
  async completeString(line: string): Promise<Completions | null> {
    return await completeString(this.#begun + line, this.#engine);
  }

  /** Names that were declared at the prompt, which Node's completion knows on Node alone. */
  async declaredNames(): Promise<string[]> {
    return IN_DENO ? await this.#engine.declaredNames() : [];
  }

  /** Keeps what is evaluated until then from running anything: Tab only looks. */
  set isCompleting(isCompleting: boolean) {
    this.#isCompleting = isCompleting;
  }

  /** Of what is thrown before the first `await` Node tells nobody: it prints it, and the prompt behind it. */
  #hearOfThrown(): void {
    const server = this.#server;
    const { displayPrompt } = server;
    server.displayPrompt = (preserveCursor) => {
      displayPrompt.call(server, preserveCursor);
      this.#evaluation = null;
      this.#told.resolve();
    };
  }

  /** Constants, so that nobody loses them by a slip. */
  async #define(names: object): Promise<void> {
    if (IN_DENO) return await this.#engine.define(names);
    for (const [name, value] of Object.entries(names)) {
      Object.defineProperty(globalThis, name, { value, enumerable: true });
    }
  }

  #eval(typed: string, done: Done): void {
    if (this.#isCompleting) {
      void this.#engine.look(typed).then((found) => done(null, found?.value));
      return;
    }
    const code = prepareCode(typed);
    this.#begun = code === null ? typed : "";
    if (code === null) {
      done(new Recoverable(new SyntaxError("Unexpected end of input")), null);
      return;
    }
    const told = this.#told = Promise.withResolvers<void>();
    this.#evaluation = told.promise;
    void this.#evaluate(code).then((answer) => {
      this.#evaluation = null;
      told.resolve();
      if (answer instanceof Thrown) done(errorOf(answer.value), undefined);
      else done(null, answer.value);
    });
  }

  async #evaluate(code: string): Promise<Given | Thrown> {
    const answer = await this.#run(code);
    if (answer instanceof Thrown) return answer;
    try {
      this.#table = await this.#subject.show(answer.value);
      return answer;
    } catch (error) {
      return new Thrown(error);
    }
  }

  #write(value: unknown): string {
    const table = this.#table;
    this.#table = null;
    if (table !== null) return table;
    // Not the JVM's stack, which an error holds as well.
    return value instanceof SparkError
      ? value.stack ?? value.message
      : inspect(value, { colors: this.#server.useColors });
  }
}

const IN_DENO = "deno" in process.versions;

/** The folder that the user is in, which the engine's evaluation does not know. */
function hereUrl(): string {
  return pathToFileURL(`${process.cwd()}/`).href;
}

function isAtTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Node's own evaluation: there the engine's knows no `import()`. */
function runByServer(server: REPLServer): Run {
  const run = server.eval;
  // Has a name: Node takes from a stack what is below the last without one.
  return function runLine(code) {
    const ended = Promise.withResolvers<Given | Thrown>();
    run.call(server, code, server.context, "REPL", (error, value) => {
      ended.resolve(error ? new Thrown(error) : { value });
    });
    return ended.promise;
  };
}

function errorOf(thrown: unknown): Error {
  if (thrown instanceof Error) return withoutOwnFrames(thrown);
  // A value that was thrown is told as it is, but the prompt takes an empty one for none.
  if (thrown) return thrown as Error;
  const error = new Error(`${inspect(thrown)} was thrown`);
  error.stack = String(error); // its frames are ours
  return error;
}

function completeBy(
  prompt: Prompt,
  server: REPLServer,
): (line: string, done: Complete) => void {
  // Its types allow for one of the user's, which need not be asynchronous.
  const byName = server.completer as AsyncCompleter;
  const complete = async (line: string): Promise<Completions> => {
    const inString = await prompt.completeString(line);
    if (inString !== null) {
      server.prompt(true); // the bar of a job may have taken the line away
      return inString;
    }
    const found = Promise.withResolvers<Completions>();
    byName.call(server, line, (error, result) => {
      if (error || result === undefined) found.resolve([[], line]);
      else found.resolve([result[0], result[1]]);
    });
    const [words, typed] = await found.promise;
    if (!/^[\p{ID_Start}$_]?[\p{ID_Continue}$]*$/u.test(typed)) {
      return [words, typed];
    }
    const declared = await prompt.declaredNames();
    const more = declared.filter((name) => name.startsWith(typed));
    return [[...more, ...words.filter((word) => !more.includes(word))], typed];
  };
  return (line, done) => {
    prompt.isCompleting = true;
    // A Tab that finds nothing is no error.
    void complete(line).catch((): Completions => [[], line]).then((found) => {
      prompt.isCompleting = false;
      done(null, found);
    });
  };
}
