import { withTimeout } from "../../common/deadline.ts";
import { GatewayError } from "../../common/errors.ts";
import type { Answer } from "./answer.ts";
import {
  callCommand,
  encodeArguments,
  SERVER_ID,
  shutdownCommand,
} from "./command.ts";
import { Connection, type Endpoint } from "./connection.ts";
import { expectNumber } from "./expect.ts";
import type { JavaCalls } from "./java_object.ts";

/** The name under which a lane knows the gateway that all other connections share. */
export const MAIN_NAME = "main";

/** What the ids of new objects begin with. */
export const ID_PREFIX = "o";

const CLOSE_TIMEOUT_MS = 1_000;
const KEYS_NAME = "keys";
const BASE_NAME = "base";

/**
 * A connection with object ids of its own, so that they can be predicted: its
 * JVM side is a second Py4J server, and nobody else talks to that.
 *
 * Py4J numbers new objects (`o0`, `o1`, …) by one counter for each server.
 * Where one connection is all that a server has, the next number is known
 * before the JVM has answered, and a later command can name an object that an
 * earlier one of the same write is still to make.
 *
 * Peer: `py4j.ClientServer`, `py4j.Gateway.putNewObject`.
 */
export class Lane {
  readonly #connection: Connection;
  #next = 0;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Starts the server and connects to it.
   *
   * @param gateway where the JVM is reached now
   * @param endpoint the gateway's own, for host and deadline
   */
  static open(gateway: JavaCalls, endpoint: Endpoint): Promise<Lane> {
    return gateway.apart(() =>
      gateway.scope(async () => {
        const secret = crypto.randomUUID();
        const port = await startServer(gateway, secret);
        const connection = await Connection.open({ ...endpoint, port, secret });
        const lane = new Lane(connection);
        try {
          await lane.#sendAtOnce();
        } catch (error) {
          connection.close();
          throw error;
        }
        return lane;
      })
    );
  }

  /** Number of the id that the next new object gets. */
  get next(): number {
    return this.#next;
  }

  /** Whether commands can still be sent. */
  get usable(): boolean {
    return this.#connection.usable;
  }

  /**
   * Sends commands in one go.
   *
   * @param commands their text, one after the other
   * @param count how many they are
   * @param holds what must stay alive until the last answer has come
   */
  async ask(
    commands: string,
    count: number,
    holds: unknown,
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    await this.#connection.send(commands, holds, count, (answer) => {
      answers.push(answer);
      if (answer.kind !== "reference" && answer.kind !== "thrown") return;
      this.#next = Number(answer.id.slice(ID_PREFIX.length)) + 1;
    });
    return answers;
  }

  /** Forgets all objects that commands have made here. */
  async clear(): Promise<void> {
    await this.#do(KEYS_NAME, "retainAll", `r${BASE_NAME}\n`);
  }

  /** Ends the server, unless it is gone already. */
  async close(): Promise<void> {
    try {
      // It answers by closing the connection.
      const end = this.#connection.send(shutdownCommand(), null);
      await withTimeout(CLOSE_TIMEOUT_MS, end);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    } finally {
      this.#connection.close();
    }
  }

  /** Turns off Nagle's delay on the JVM's side: an answer would wait for the acknowledgement of the one before. */
  async #sendAtOnce(): Promise<void> {
    const client = await this.#do(SERVER_ID, "getCallbackClient");
    const connection = await this.#do(client, "getPerThreadConnection");
    const socket = await this.#do(connection, "getSocket");
    await this.#do(socket, "setTcpNoDelay", encodeArguments([true]));
    await this.clear();
  }

  /** Makes one call of the lane's own; gives the id of the object that came, if one did. */
  async #do(
    target: string,
    method: string,
    args: string = "",
  ): Promise<string> {
    const command = callCommand(target, method, args);
    const [answer] = await this.ask(command, 1, null);
    if (answer?.kind === "reference") return answer.id;
    if (answer?.kind === "value") return "";
    const reason = answer?.kind === "refused" ? answer.reason : null;
    throw new GatewayError(
      "CALL_REFUSED",
      `Cannot call "${method}" to make calls in one go: the JVM answers "${
        reason ?? answer?.kind
      }"`,
      { member: method },
    );
  }
}

/** Starts a Py4J server, which knows the shared gateway and can forget all but that. */
async function startServer(
  gateway: JavaCalls,
  secret: string,
): Promise<number> {
  const builder = await gateway.construct(
    "py4j.ClientServer$ClientServerBuilder",
  );
  await builder.call("javaPort", 0);
  await builder.call("authToken", secret);
  const server = await builder.callObject("build");
  const javaServer = await server.callObject("getJavaServer");
  const own = await javaServer.callObject("getGateway");
  const shared = await gateway.server.callObject("getGateway");
  await own.call("putObject", MAIN_NAME, shared);
  const keys = await (await own.callObject("getBindings")).callObject("keySet");
  await own.call("putObject", KEYS_NAME, keys);
  const base = await gateway.construct("java.util.HashSet", keys);
  await base.call("add", BASE_NAME);
  await own.call("putObject", BASE_NAME, base);
  return expectNumber(await javaServer.call("getListeningPort"), "its port");
}
