import { AsyncLocalStorage } from "node:async_hooks";
import { withTimeout } from "../../common/deadline.ts";
import { GatewayError } from "../../common/errors.ts";
import type { GatewayProcess } from "../launch/gateway_process.ts";
import type { Answer } from "./answer.ts";
import { Connection, type Endpoint } from "./connection.ts";
import { ConnectionPool } from "./connection_pool.ts";
import type { Channel, Serve } from "./conversation.ts";
import { Interruption } from "./interruption.ts";

const EXIT_NOTICE_MS = 2_000; // how long the end of the process may come after that of its sockets

interface Lease {
  readonly channel: Channel;
  open: boolean;
}

/**
 * Brings commands to the JVM and answers back, over pooled connections, and
 * knows whether the JVM is still there.
 */
export class Transport {
  /** Ends chains of calls when their signal says so. */
  readonly interruption: Interruption = new Interruption();
  /** Where the JVM listens. */
  readonly endpoint: Endpoint;
  readonly #process: GatewayProcess | undefined;
  /** Whether a connection was ever made: who cannot be reached now was there. */
  #wasReached = false;
  readonly #pool: ConnectionPool;
  readonly #lease = new AsyncLocalStorage<Lease | null>();
  #end: Promise<unknown> | undefined;

  /**
   * A transport without connections.
   *
   * @param endpoint where the JVM listens
   * @param process the JVM, where it is ours: its end fails all calls at once
   * @param serve serves the JVM's calls
   */
  constructor(
    endpoint: Endpoint,
    process: GatewayProcess | undefined,
    serve: Serve | null,
  ) {
    this.endpoint = endpoint;
    this.#process = process;
    this.#pool = new ConnectionPool(
      endpoint,
      (reason) => void this.explain(reason),
      serve,
    );
    process?.exited.then(() => this.#fail());
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#pool.size;
  }

  /**
   * Makes the first connection.
   *
   * @throws GatewayError `CONNECTION_FAILED`, `AUTHENTICATION_FAILED`, `JVM_DIED`
   */
  async connect(): Promise<void> {
    this.#pool.give(await this.#acquire());
  }

  /**
   * Sends commands over the leased connection, or one that is free.
   *
   * @param command the commands' text
   * @param holds what must stay alive until the answer has come
   * @param count how many commands they are
   * @returns the last one's answer
   * @throws GatewayError `JVM_DIED`, `GATEWAY_CLOSED`, `CONNECTION_LOST`
   * @throws the reason of the chain's signal, once it is aborted
   */
  async ask(
    command: string,
    holds: unknown,
    count: number = 1,
  ): Promise<Answer> {
    this.interruption.check();
    const held = this.#lease.getStore();
    if (held?.open) {
      return await this.#send(held.channel, command, holds, count);
    }
    const connection = this.#pool.takeIdle() ??
      await this.#acquire(held === null);
    try {
      return await this.#send(connection, command, holds, count);
    } finally {
      this.#pool.give(connection);
    }
  }

  /**
   * Reserves one connection for the calls of `body`'s asynchronous chain;
   * inside another lease, that one's.
   *
   * @param body what makes the calls
   * @returns what it returns
   */
  async lease<T>(body: () => Promise<T>): Promise<T> {
    if (this.#lease.getStore()?.open) return await body();
    const connection = await this.#acquire();
    const lease = { channel: connection, open: true };
    try {
      return await this.#lease.run(lease, body);
    } finally {
      lease.open = false;
      // Calls that nobody awaited may be under way still.
      if (!connection.busy) this.#pool.give(connection);
      else void connection.idle().then(() => this.#pool.give(connection));
    }
  }

  /**
   * Runs `body` outside of any lease and out of reach of the chain's signal;
   * its calls wait for no other chain's, over connections beyond the limit
   * where none is free.
   */
  unleased<T>(body: () => T): T {
    return this.#lease.run(
      null,
      () => this.interruption.run(undefined, body),
    );
  }

  /**
   * Runs `body` so that its calls go over a channel, which is not ours to give
   * away, and go on when the chain's signal is aborted.
   *
   * @param channel where to; null: over any connection
   * @param body what makes the calls
   * @returns what it returns
   */
  async over<T>(channel: Channel | null, body: () => Promise<T>): Promise<T> {
    if (channel === null) return await this.unleased(body);
    const lease = { channel, open: true };
    try {
      return await this.#lease.run(
        lease,
        () => this.interruption.run(undefined, body),
      );
    } finally {
      lease.open = false;
    }
  }

  /** Closes all connections, and ends the JVM where it is ours; waiting calls fail. */
  async close(): Promise<void> {
    const error = new GatewayError(
      "GATEWAY_CLOSED",
      "Cannot call the JVM: the gateway is closed; start a new session",
    );
    this.#end ??= Promise.resolve(error);
    this.#pool.close(error);
    await this.#process?.close();
  }

  async #send(
    channel: Channel,
    command: string,
    holds: unknown,
    count: number,
  ): Promise<Answer> {
    try {
      return await channel.send(command, holds, count);
    } catch (error) {
      throw await this.explain(error);
    }
  }

  async #acquire(beyondLimit: boolean = false): Promise<Connection> {
    try {
      const connection = await this.#pool.take(beyondLimit);
      this.#wasReached = true;
      return connection;
    } catch (error) {
      throw await this.explain(error);
    }
  }

  /**
   * Finds out whether a lost connection means that the JVM is gone.
   *
   * @param error what a connection failed with
   * @returns the error to tell
   */
  async explain(error: unknown): Promise<unknown> {
    if (this.#end !== undefined) return await this.#end;
    const condition = error instanceof GatewayError ? error.condition : "";
    if (condition === "CONNECTION_LOST") {
      try {
        (await Connection.open(this.endpoint)).close();
        return error; // it lives: only this connection is gone
      } catch {
        return await this.#fail();
      }
    }
    if (condition === "CONNECTION_FAILED" && this.#wasReached) {
      return await this.#fail();
    }
    return error;
  }

  /** The JVM is gone: fails all calls, now and later. */
  #fail(): Promise<unknown> {
    this.#end ??= this.#diedError().then((error) => {
      this.#pool.close(error);
      return error;
    });
    return this.#end;
  }

  async #diedError(): Promise<GatewayError> {
    const exit = this.#process &&
      await withTimeout(EXIT_NOTICE_MS, this.#process.exited);
    const lines = this.#process?.lastLines() ?? [];
    const how = exit === undefined
      ? "it closed its connections"
      : exit.signal === null
      ? `it ended with code ${exit.code}`
      : `it was ended by ${exit.signal}`;
    const said = lines.length === 0
      ? ""
      : `; its last lines were:\n${lines.join("\n")}`;
    return new GatewayError("JVM_DIED", `Cannot call the JVM: ${how}${said}`, {
      code: exit?.code,
      signal: exit?.signal,
    });
  }
}
