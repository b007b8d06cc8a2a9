/**
 * One running engine: requests go in as lines of JSON, replies come back as
 * marked lines among whatever else the program prints.
 *
 * @module
 */
import { TextLineStream } from "./lines.ts";

/** How to start an engine. */
export interface EngineCommand {
  /** Name in tables and records. */
  readonly engine: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** What an engine says of itself once it has a session. */
export interface EngineVersions {
  /** Version of Spark. */
  readonly spark: string;
  /** Language and its version. */
  readonly language: string;
}

/** One run of a job. */
export interface JobRun {
  /** Seconds from the call to the result in the driver. */
  readonly seconds: number;
  /** Names the result. */
  readonly checksum: string;
}

const REPLY_MARK = "@bench ";
/** No run takes longer than this. */
const REPLY_LIMIT_MS = 10 * 60_000;
/** No engine takes longer to end. */
const END_LIMIT_MS = 60_000;

/** A running engine; end it by `await using`. */
export class EngineProcess {
  readonly #engine: string;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #errors: Promise<string>;
  #hasEnded = false;

  private constructor(engine: string, child: Deno.ChildProcess) {
    this.#engine = engine;
    this.#child = child;
    this.#input = child.stdin.getWriter();
    this.#lines = child.stdout
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream())
      .getReader();
    this.#errors = new Response(child.stderr).text();
  }

  /** Starts the program; {@link ready} waits for its session. */
  static start(how: EngineCommand): EngineProcess {
    const [program = "", ...args] = how.command;
    const child = new Deno.Command(program, {
      args,
      env: { ...how.env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    return new EngineProcess(how.engine, child);
  }

  /** The program's process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Whether it was found to take no requests any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Waits until the engine has its session. */
  async ready(): Promise<EngineVersions> {
    return await this.#reply() as unknown as EngineVersions;
  }

  /** Runs a job once. */
  async run(
    job: string,
    file: string,
    rows: number,
  ): Promise<JobRun> {
    await this.request(job, file, rows);
    return await this.result();
  }

  /** Asks for a job's run without waiting for it. */
  async request(job: string, file: string, rows: number): Promise<void> {
    const line = `${JSON.stringify({ job, file, rows })}\n`;
    try {
      await this.#input.write(new TextEncoder().encode(line));
    } catch {
      // It has ended: waiting for the reply tells why.
    }
  }

  /** Waits for the run asked for by {@link request}. */
  async result(): Promise<JobRun> {
    const reply = await this.#reply();
    if (typeof reply["error"] === "string") {
      throw new Error(`${this.#engine} failed: ${reply["error"]}`);
    }
    return {
      seconds: Number(reply["seconds"]),
      checksum: String(reply["checksum"]),
    };
  }

  /** Closes the engine's stdin, on which it ends, and waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#orKill(END_LIMIT_MS, async () => {
      // Whatever the engine still prints must not block it.
      while (!(await this.#lines.read()).done);
      await this.#child.status;
    });
    await this.#errors;
  }

  async #reply(): Promise<Readonly<Record<string, unknown>>> {
    const line = await this.#orKill(REPLY_LIMIT_MS, () => this.#nextReply());
    if (line !== null) return JSON.parse(line);
    this.#hasEnded = true;
    const errors = (await this.#errors).split("\n").slice(-30).join("\n");
    throw new Error(`${this.#engine} ended without a reply:\n${errors}`);
  }

  async #nextReply(): Promise<string | null> {
    for (;;) {
      const { value, done } = await this.#lines.read();
      if (done) return null;
      // A prompt or progress bar may stand before the mark on its line.
      const at = value.indexOf(REPLY_MARK);
      if (at >= 0) return value.slice(at + REPLY_MARK.length);
    }
  }

  /** Ends the engine, and with it the wait, when the body takes too long. */
  async #orKill<T>(limitMs: number, body: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), limitMs);
    try {
      return await body();
    } finally {
      clearTimeout(timer);
    }
  }
}
