import { GatewayError, ProtocolError } from "../../common/errors.ts";
import { type Answer, parseAnswer } from "./answer.ts";
import { LineSplitter } from "./line_splitter.ts";

/** The socket under a conversation. */
export interface Wire {
  /** Sends text, after what was sent before. */
  write(text: string): void;
  /** Keeps the program running. */
  ref(): void;
  /** Lets the program end. */
  unref(): void;
  /** Ends the conversation from our side, with the reason. */
  close(reason: unknown): void;
}

/** Where commands can be sent: a connection, or the JVM's side of a callback. */
export interface Channel {
  /** Whether commands can still be sent. */
  readonly usable: boolean;
  /** Whether commands wait for their answers. */
  readonly busy: boolean;
  /**
   * Sends a command, after those that were sent before.
   *
   * @param command its whole text; or that of several, one after the other
   * @param holds what must stay alive until the answer has come
   * @param count how many commands they are
   * @param onAnswer gets each answer as it comes, the last one included
   * @returns the last answer, or the fatal one that ended the connection;
   *   rejects with the reason when the connection breaks
   */
  send(
    command: string,
    holds: unknown,
    count?: number,
    onAnswer?: (answer: Answer) => void,
  ): Promise<Answer>;
  /** Resolves when no command waits for its answer. */
  idle(): Promise<void>;
}

/** What a command of the JVM is answered. */
export interface Reply {
  /** Its text, the line break included. */
  readonly text: string;
  /** Called once when the JVM has read it, or the conversation has ended. */
  readonly onRead?: () => void;
}

/**
 * Serves a command of the JVM.
 *
 * @param lines its lines without the last, `e`
 * @param channel reaches the thread that waits for the reply
 * @returns the reply; never rejects
 */
export type Serve = (
  lines: readonly Uint8Array[],
  channel: Channel,
) => Promise<Reply>;

interface Request {
  readonly command: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  /** Keeps the objects that the command names from being collected, and so released, before the JVM has read it. */
  readonly holds: unknown;
  readonly onAnswer: ((answer: Answer) => void) | undefined;
  /** How many answers are to come. */
  left: number;
}

const MARK = 0x21; // "!"
const END = 0x65; // "e"

/**
 * What the two sides of one socket say to each other. Each command of ours is
 * sent when the one before it was answered. While the JVM works on it, its
 * thread may call back, on the same socket, in place of the answer; while we
 * serve that, commands sent over the callback's channel run in that thread, and
 * may be called back again: calls and callbacks nest, and the last begun is the
 * first to end.
 *
 * Peer: `py4j.ClientServerConnection.waitForCommands`, which reads commands,
 * and `sendCommand`, which reads commands too, until a line begins with `!`.
 */
export class Conversation {
  readonly #wire: Wire;
  readonly #serve: Serve | null;
  readonly #isTheirs: boolean;
  readonly #splitter = new LineSplitter();
  /** Ours at the bottom, then one level for each callback that is open. */
  readonly #levels: Level[] = [];
  /** The lines of the JVM's command that is under way. */
  #lines: Uint8Array[] | null = null;
  #failure: unknown;
  #held = false;
  /** What waits for the JVM to have read our last reply: its next line tells. */
  #onRead: (() => void) | undefined;

  /**
   * A conversation in which nothing was said.
   *
   * @param wire the socket
   * @param serve serves the JVM's commands; null: it must not send any
   * @param isTheirs whether the JVM may begin
   */
  constructor(
    wire: Wire,
    serve: Serve | null,
    isTheirs: boolean = false,
  ) {
    this.#isTheirs = isTheirs;
    this.#wire = wire;
    this.#serve = serve;
    this.#levels.push(new Level(this));
  }

  /** Where commands of ours go that belong to no callback. */
  get channel(): Channel {
    return this.#levels[0] as Level;
  }

  /** Why it ended; undefined while it goes on. */
  get failure(): unknown {
    return this.#failure;
  }

  /**
   * Takes the next bytes of the JVM.
   *
   * @param chunk the bytes; not kept
   * @throws ProtocolError when they are out of step
   */
  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk, (line) => this.#receive(line));
  }

  /** Ends it: commands that wait for an answer fail with the reason. */
  end(reason: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    for (const level of this.#levels.splice(1)) level.fail(reason);
    this.#levels[0]?.fail(reason);
    this.#read();
  }

  /** Ends it from our side. */
  close(reason: unknown): void {
    this.#wire.close(reason);
  }

  /** Sends a command of a level, which has to be the last one. */
  write(text: string): void {
    this.#hold();
    this.#wire.write(text);
  }

  #receive(line: Uint8Array): void {
    if (this.#failure !== undefined) return;
    this.#read();
    if (this.#lines !== null) {
      if (line.length !== 1 || line[0] !== END) {
        this.#lines.push(line.slice());
        return;
      }
      const lines = this.#lines;
      this.#lines = null;
      this.#open(lines);
      return;
    }
    const top = this.#levels.at(-1);
    const mayCall = this.#serve !== null &&
      (top?.busy || (this.#isTheirs && this.#levels.length === 1));
    if (mayCall && line.length === 1 && line[0] !== MARK) {
      this.#lines = [line.slice()];
      return;
    }
    top?.settle(line);
    this.#hold();
  }

  /** Serves a command of the JVM, on a level of its own. */
  async #open(lines: readonly Uint8Array[]): Promise<void> {
    const serve = this.#serve;
    if (serve === null) return;
    const level = new Level(this);
    this.#levels.push(level);
    this.#hold();
    const reply = await serve(lines, level);
    // What the reply's maker left behind runs in the JVM's thread still.
    while (level.busy) await level.idle();
    this.#onRead = reply.onRead;
    if (this.#failure !== undefined) return this.#read();
    this.#levels.splice(this.#levels.indexOf(level));
    level.fail(callbackEnded());
    this.#wire.write(reply.text);
    this.#hold();
  }

  #read(): void {
    const onRead = this.#onRead;
    this.#onRead = undefined;
    onRead?.();
  }

  /** Keeps the program running while one side waits for the other. */
  #hold(): void {
    const held = this.#levels.length > 1 || this.channel.busy;
    if (held === this.#held) return;
    this.#held = held;
    if (held) this.#wire.ref();
    else this.#wire.unref();
  }
}

/** Our side of a conversation, between two callbacks. */
class Level implements Channel {
  readonly #conversation: Conversation;
  /** The one that was sent, and those that wait for it. */
  readonly #requests: Request[] = [];
  #failure: unknown;
  #onIdle: (() => void)[] = [];

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  get usable(): boolean {
    return this.#failure === undefined;
  }

  get busy(): boolean {
    return this.#requests.length > 0;
  }

  send(
    command: string,
    holds: unknown,
    count: number = 1,
    onAnswer?: (answer: Answer) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#requests.push(
        { command, resolve, reject, holds, left: count, onAnswer },
      );
      if (this.#requests.length === 1) this.#conversation.write(command);
    });
  }

  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /** Takes an answer of the JVM. @throws ProtocolError when none is waited for, or it is none */
  settle(line: Uint8Array): void {
    const request = this.#requests[0];
    if (request === undefined) throw unasked(line);
    const answer = parseAnswer(line);
    request.onAnswer?.(answer);
    const fatal = answer.kind === "refused" && answer.fatal;
    if (--request.left > 0 && !fatal) return;
    this.#requests.shift();
    request.resolve(answer);
    // The JVM's thread is gone: the next command would find it closed.
    if (fatal) return this.#conversation.close(ended());
    const next = this.#requests[0];
    if (next !== undefined) this.#conversation.write(next.command);
    else this.#becomeIdle();
  }

  fail(reason: unknown): void {
    this.#failure ??= reason;
    for (const { reject } of this.#requests.splice(0)) reject(reason);
    this.#becomeIdle();
  }

  #becomeIdle(): void {
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}

function unasked(line: Uint8Array): ProtocolError {
  return new ProtocolError(
    "ANSWER_UNASKED",
    `Cannot use the JVM's answer of ${line.length} bytes: no command waits for one; the connection is out of step or not to a Spark gateway`,
    { size: line.length },
  );
}

function ended(): GatewayError {
  return new GatewayError(
    "CONNECTION_ENDED",
    "Cannot call the JVM on this connection: the JVM ended it after a command that it could not carry out; make the call outside of this lease",
  );
}

function callbackEnded(): GatewayError {
  return new GatewayError(
    "CALLBACK_ENDED",
    "Cannot call the JVM in the thread of a callback: the callback has ended",
  );
}
