import { Connection, type Endpoint } from "./connection.ts";
import type { Serve } from "./conversation.ts";

/** Most connections at once; each is a thread of the JVM. */
export const MAX_CONNECTIONS = 64;

interface Asking {
  readonly resolve: (connection: Connection) => void;
  readonly reject: (error: unknown) => void;
}

/** Connections made on demand and used again, each by one taker at a time. */
export class ConnectionPool {
  readonly #endpoint: Endpoint;
  readonly #onBroken: (reason: unknown) => void;
  readonly #serve: Serve | null;
  readonly #limit: number;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #asking: Asking[] = [];
  #opening = 0;
  #failure: unknown;

  /**
   * A pool without connections.
   *
   * @param endpoint where connections go
   * @param onBroken told when a connection breaks by itself
   * @param serve serves the JVM's calls
   * @param limit most connections at once
   */
  constructor(
    endpoint: Endpoint,
    onBroken: (reason: unknown) => void,
    serve: Serve | null,
    limit: number = MAX_CONNECTIONS,
  ) {
    this.#endpoint = endpoint;
    this.#onBroken = onBroken;
    this.#serve = serve;
    this.#limit = limit;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#all.size;
  }

  /** A connection that is free now. */
  takeIdle(): Connection | undefined {
    return this.#idle.pop();
  }

  /**
   * A free connection, a new one, or the next that is given back.
   *
   * @param beyondLimit whether a new one is made however many there are
   * @throws GatewayError when a new one cannot be made, or the pool was closed
   */
  async take(beyondLimit: boolean = false): Promise<Connection> {
    if (this.#failure !== undefined) throw this.#failure;
    const idle = this.takeIdle();
    if (idle !== undefined) return idle;
    const size = this.#all.size + this.#opening;
    if (beyondLimit || size < this.#limit) return await this.#open();
    return await new Promise((resolve, reject) => {
      this.#asking.push({ resolve, reject });
    });
  }

  /** Gives a connection back. */
  give(connection: Connection): void {
    if (!connection.usable) return;
    const next = this.#asking.shift();
    if (next === undefined) this.#idle.push(connection);
    else next.resolve(connection);
  }

  /** Closes all connections: what waits on them, or for one, fails with the reason. */
  close(reason: unknown): void {
    this.#failure ??= reason;
    for (const connection of this.#all) connection.close(reason);
    for (const { reject } of this.#asking.splice(0)) reject(reason);
  }

  async #open(): Promise<Connection> {
    this.#opening++;
    let opened = false;
    try {
      const connection = await Connection.open(this.#endpoint, this.#serve);
      if (this.#failure !== undefined) {
        connection.close(this.#failure);
        throw this.#failure;
      }
      this.#all.add(connection);
      connection.onBroken = (reason) => this.#drop(connection, reason);
      opened = true;
      return connection;
    } finally {
      this.#opening--;
      if (!opened) this.#serveNext();
    }
  }

  #drop(connection: Connection, reason: unknown): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    if (this.#failure !== undefined) return;
    this.#onBroken(reason);
    this.#serveNext();
  }

  /** A place is free again: makes the connection that somebody waits for. */
  #serveNext(): void {
    const next = this.#asking.shift();
    if (next !== undefined) this.take().then(next.resolve, next.reject);
  }
}
