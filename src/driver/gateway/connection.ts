import { within } from "../../common/deadline.ts";
import { GatewayError, ProtocolError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import type { Socket } from "../../common/platform/platform.ts";
import { type Answer, parseAnswer } from "./answer.ts";
import { authCommand } from "./command.ts";
import { LineSplitter } from "./line_splitter.ts";

/** Where a gateway listens and what it wants to hear first. */
export interface Endpoint {
  /** A loopback address. */
  readonly host: string;
  /** Its TCP port. */
  readonly port: number;
  /** What each connection has to say first. */
  readonly secret: string;
  /** How long connecting and the secret's check may take, in milliseconds. */
  readonly connectTimeoutMs: number;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  /** Keeps the objects that the command names from being collected, and so released, before the JVM has read it. */
  readonly holds: unknown;
}

const LOST = "CONNECTION_LOST";
const SETTLED_KEPT = 256; // answered commands that may still stand in the queue
const READ_BYTES = 64 * 1024;
const ENCODER = new TextEncoder();

/**
 * One authenticated connection: commands in order, answers in the same order.
 * On the JVM's side it is one thread.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #splitter = new LineSplitter();
  /** First in, first answered. */
  #waiting: Waiting[] = [];
  #answered = 0;
  #outbox = "";
  #writing = false;
  #failure: unknown;
  #onIdle: (() => void) | undefined;
  /** Called once when the connection has broken, with the reason. */
  onBroken: ((reason: unknown) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.unref();
    this.#read();
  }

  /**
   * Connects and shows the secret.
   *
   * @param endpoint where to
   * @throws GatewayError `CONNECTION_FAILED` when nobody listens or answers,
   *   `AUTHENTICATION_FAILED` when the secret is not accepted
   */
  static async open(endpoint: Endpoint): Promise<Connection> {
    const { host, port, secret, connectTimeoutMs } = endpoint;
    let connection: Connection;
    try {
      connection = new Connection(await platform.connectTcp(host, port));
    } catch (cause) {
      throw notReached(endpoint, messageOf(cause), cause);
    }
    try {
      const answer = await within(
        connectTimeoutMs,
        connection.send(authCommand(secret), null),
      );
      if (answer === undefined) {
        const reason = `it did not answer within ${connectTimeoutMs} ms`;
        throw notReached(endpoint, reason, undefined);
      }
      checkAccepted(answer, endpoint);
      return connection;
    } catch (error) {
      connection.close();
      if (!(error instanceof GatewayError)) {
        throw notReached(endpoint, messageOf(error), error);
      }
      if (error.condition !== LOST) throw error;
      throw notReached(endpoint, "it closed the connection", error);
    }
  }

  /** How many commands wait for their answer. */
  get pending(): number {
    return this.#waiting.length - this.#answered;
  }

  /** Whether commands can still be sent. */
  get usable(): boolean {
    return this.#failure === undefined;
  }

  /**
   * Sends a command; several may be under way.
   *
   * @param command its whole text
   * @param holds what must stay alive until the answer has come
   * @returns the answer; rejects with the reason when the connection breaks
   */
  send(command: string, holds: unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      if (this.pending === 0) this.#socket.ref();
      this.#waiting.push({ resolve, reject, holds });
      this.#outbox += command;
      if (!this.#writing) this.#write();
    });
  }

  /**
   * Sends several commands in one text.
   *
   * @param commands their text, one after the other
   * @param count how many they are, at least 1
   * @returns the last one's answer; the others' are dropped
   */
  async sendBatch(commands: string, count: number): Promise<Answer> {
    const answers = [this.send(commands, null)];
    while (answers.length < count) answers.push(this.send("", null));
    const last = (await Promise.all(answers)).at(-1);
    if (last === undefined) throw new RangeError("Cannot send no commands");
    return last;
  }

  /** Resolves when no command waits for its answer. */
  idle(): Promise<void> {
    if (this.pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle = resolve);
  }

  /** Closes the connection; waiting commands fail with the reason. */
  close(
    reason: unknown = new GatewayError(
      "GATEWAY_CLOSED",
      "Cannot call the JVM: the gateway is closed; start a new session",
    ),
  ): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    this.#socket.close();
    const waiting = this.#waiting.slice(this.#answered);
    this.#waiting = [];
    this.#answered = 0;
    for (const { reject } of waiting) reject(reason);
    this.#onIdle?.();
    this.onBroken?.(reason);
  }

  /** Writes what was sent meanwhile together, one write at a time. */
  async #write(): Promise<void> {
    this.#writing = true;
    try {
      while (this.#outbox !== "" && this.#failure === undefined) {
        const bytes = ENCODER.encode(this.#outbox);
        this.#outbox = "";
        await this.#socket.write(bytes);
      }
    } catch {
      // The pending read meets the same break, after what the JVM said last.
    } finally {
      this.#writing = false;
    }
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES);
    const settle = (line: Uint8Array): void => this.#settle(line);
    try {
      for (;;) {
        const size = await this.#socket.read(buffer);
        if (size === 0) break;
        this.#splitter.push(buffer.subarray(0, size), settle);
      }
      this.close(lost());
    } catch (error) {
      this.close(error instanceof ProtocolError ? error : lost(error));
    }
  }

  #settle(line: Uint8Array): void {
    const waiting = this.#waiting[this.#answered];
    if (waiting === undefined) {
      throw new ProtocolError(
        "ANSWER_UNASKED",
        `Cannot use the JVM's answer of ${line.length} bytes: no command waits for one; the connection is out of step or not to a Spark gateway`,
        { size: line.length },
      );
    }
    const answer = parseAnswer(line);
    if (++this.#answered === this.#waiting.length) {
      this.#waiting = [];
      this.#answered = 0;
      this.#socket.unref();
      this.#onIdle?.();
    } else if (this.#answered > SETTLED_KEPT) {
      this.#waiting = this.#waiting.slice(this.#answered);
      this.#answered = 0;
    }
    waiting.resolve(answer);
    // The JVM's thread is gone: the next command would find it closed.
    if (answer.kind === "refused" && answer.fatal) this.close(ended());
  }
}

function lost(cause?: unknown): GatewayError {
  return new GatewayError(
    LOST,
    "Cannot call the JVM: it closed the connection",
    {},
    cause === undefined ? undefined : { cause },
  );
}

function ended(): GatewayError {
  return new GatewayError(
    "CONNECTION_ENDED",
    "Cannot call the JVM on this connection: the JVM ended it after a command that it could not carry out; make the call outside of this lease",
  );
}

function checkAccepted(answer: Answer, endpoint: Endpoint): void {
  if (answer.kind === "value") return;
  const said = answer.kind === "refused" ? answer.reason : null;
  throw new GatewayError(
    "AUTHENTICATION_FAILED",
    `Cannot use the gateway at ${endpoint.host}:${endpoint.port}: it does not accept the secret, and says "${
      said ?? ""
    }"; check PYSPARK_GATEWAY_SECRET if it is set`,
    { host: endpoint.host, port: endpoint.port },
  );
}

function notReached(
  endpoint: Endpoint,
  reason: string,
  cause: unknown,
): GatewayError {
  const { host, port } = endpoint;
  return new GatewayError(
    "CONNECTION_FAILED",
    `Cannot connect to the gateway at ${host}:${port}: ${reason}`,
    { host, port },
    cause === undefined ? undefined : { cause },
  );
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
