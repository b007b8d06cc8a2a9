import { timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { GatewayError, ProtocolError } from "../../common/errors.ts";
import { type Channel, Conversation, type Reply } from "./conversation.ts";
import { type Guest, LocalServer } from "./local_server.ts";
import { unescapeText } from "./value_syntax.ts";

/** Most bytes that are taken of somebody who has not shown that it is the JVM. */
const MAX_STRANGER_BYTES = 64 * 1024;

/** What a callback server does with what comes. */
export interface CallbackServerOptions {
  /** What a connection must show first; null: nothing, so that ids alone tell the JVM from others. */
  readonly secret: string | null;
  /** Whether an id is one that only the JVM can have. */
  readonly knows: (id: string) => boolean;
  /** Serves a call or the release of an object. */
  readonly serve: (
    lines: readonly Uint8Array[],
    channel: Channel,
  ) => Promise<Reply>;
}

/**
 * Takes the connections over which the JVM's threads call this program.
 *
 * Peer: `py4j.PythonClient`, which shows nothing when it connects, and
 * `py4j.CallbackClient`, which shows the secret. Layout: `A`, secret, `e`,
 * answered by `!yv`; then commands as on other connections.
 */
export class CallbackServer {
  readonly #server: LocalServer;
  /** The TCP port on which it listens. */
  readonly port: number;

  private constructor(server: LocalServer, port: number) {
    this.#server = server;
    this.port = port;
  }

  /**
   * Begins to listen on the loopback address.
   *
   * @param options what to do with what comes
   */
  static async listen(options: CallbackServerOptions): Promise<CallbackServer> {
    const server = await LocalServer.listen({
      accept: (socket) => new Caller(socket, options),
    });
    const { address } = server;
    return new CallbackServer(
      server,
      address.kind === "tcp" ? address.port : 0,
    );
  }

  /** Ends all connections and listens no more. */
  close(): void {
    this.#server.close();
  }
}

/** One thread of the JVM, or somebody who says to be one. */
class Caller implements Guest {
  readonly #options: CallbackServerOptions;
  readonly #conversation: Conversation;
  #hasShownSecret: boolean;
  #isTrusted = false;
  #bytes = 0;

  constructor(socket: Socket, options: CallbackServerOptions) {
    this.#options = options;
    this.#hasShownSecret = options.secret === null;
    this.#conversation = new Conversation(
      {
        write: (text) => void socket.write(text),
        ref: () => void socket.ref(),
        unref: () => void socket.unref(),
        close: () => void socket.destroy(),
      },
      (lines, channel) => this.#serve(lines, channel),
      true,
    );
  }

  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  push(chunk: Uint8Array): boolean {
    this.#bytes += chunk.length;
    if (!this.#isTrusted && this.#bytes > MAX_STRANGER_BYTES) return false;
    try {
      this.#conversation.push(chunk);
      return this.#conversation.failure === undefined;
    } catch (error) {
      if (error instanceof ProtocolError) return false;
      throw error;
    }
  }

  end(): void {
    this.#conversation.end(lost());
  }

  #serve(lines: readonly Uint8Array[], channel: Channel): Promise<Reply> {
    const [kind = "", word = ""] = lines.slice(0, 2).map(asText);
    if (kind === "A") return Promise.resolve({ text: this.#check(word) });
    if (this.#hasShownSecret && this.#options.knows(word)) {
      this.#isTrusted = true;
    }
    if (this.#isTrusted) return this.#options.serve(lines, channel);
    return Promise.resolve({ text: "!xsno such object\n" });
  }

  #check(shown: string): string {
    const { secret } = this.#options;
    const given = new TextEncoder().encode(unescapeText(shown));
    const expected = new TextEncoder().encode(secret ?? "");
    this.#hasShownSecret = secret !== null &&
      given.length === expected.length && timingSafeEqual(given, expected);
    return this.#hasShownSecret ? "!yv\n" : "!xswrong secret\n";
  }
}

function lost(): GatewayError {
  return new GatewayError(
    "CONNECTION_LOST",
    "Cannot call the JVM in the thread of a callback: it closed the connection",
  );
}

function asText(line: Uint8Array): string {
  return new TextDecoder().decode(line);
}
