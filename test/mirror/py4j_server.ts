/** What a fake gateway does with one command. */
export type Reply =
  /** The answer's text, its line break included. */
  | string
  /** Nothing yet: the test answers by {@link FakeConnection.write}. */
  | null;

/** A client's connection, as the fake gateway sees it. */
export interface FakeConnection {
  /** 0 for the first one. */
  readonly number: number;
  /** Sends text as it is. */
  write(text: string): Promise<void>;
  /** Closes the connection. */
  close(): void;
}

/**
 * Plays the JVM's side of Py4J: takes connections, checks the secret and asks
 * the test what to answer to each command.
 */
export class FakePy4jServer implements AsyncDisposable {
  /** Every command that came, as connection number and lines without the last, `e`. */
  readonly commands: { connection: number; lines: string[] }[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #secret: string;
  readonly #reply: (
    lines: string[],
    connection: FakeConnection,
  ) => Reply | Promise<Reply>;
  readonly #open = new Set<Deno.TcpConn>();
  readonly #running: Promise<void>[] = [];
  #count = 0;
  #change = Promise.withResolvers<void>();

  /**
   * @param reply gives the answer to a command's lines
   * @param secret the secret that it accepts
   */
  constructor(
    reply: (
      lines: string[],
      connection: FakeConnection,
    ) => Reply | Promise<Reply>,
    secret: string = "right",
  ) {
    this.#reply = reply;
    this.#secret = secret;
    this.#running.push(this.#accept());
  }

  /** Where it listens. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** How many connections were made so far. */
  get connections(): number {
    return this.#count;
  }

  /** How many connections are open. */
  get open(): number {
    return this.#open.size;
  }

  /** Resolves when the next command has come. */
  changed(): Promise<void> {
    return this.#change.promise;
  }

  /** Stops listening and closes all connections, as a JVM that dies. */
  die(): void {
    try {
      this.#listener.close();
    } catch {
      // closed before
    }
    for (const conn of [...this.#open]) this.#close(conn);
  }

  /** Ends it and waits for its loops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.die();
    await Promise.all(this.#running);
  }

  async #accept(): Promise<void> {
    try {
      for await (const conn of this.#listener) {
        conn.setNoDelay(true);
        this.#open.add(conn);
        this.#running.push(this.#serve(conn, this.#count++));
      }
    } catch {
      // closed while it waited
    }
  }

  async #serve(conn: Deno.TcpConn, number: number): Promise<void> {
    const connection: FakeConnection = {
      number,
      write: (text) => writeAll(conn, text),
      close: () => this.#close(conn),
    };
    try {
      const lines = readLines(conn);
      await lines.next(); // "A"
      const { value: secret } = await lines.next();
      if (secret !== this.#secret) {
        await writeAll(
          conn,
          "!xsAuthentication error: bad auth token received.\n",
        );
        return;
      }
      const greeting = await this.#reply(["A"], connection);
      if (greeting === null) return await untilClosed(lines);
      await writeAll(conn, greeting);
      let command: string[] = [];
      for await (const line of lines) {
        if (line !== "e" || (command.length < 2 && command[0] === "a")) {
          command.push(line); // a\ne\n… asks for an array's length
          continue;
        }
        this.commands.push({ connection: number, lines: command });
        this.#change.resolve();
        this.#change = Promise.withResolvers<void>();
        const reply = await this.#reply(command, connection);
        command = [];
        if (reply !== null) await writeAll(conn, reply);
      }
    } catch {
      // the client, or the test, has closed it
    } finally {
      this.#close(conn);
    }
  }

  #close(conn: Deno.TcpConn): void {
    if (this.#open.delete(conn)) conn.close();
  }
}

async function untilClosed(lines: AsyncGenerator<string>): Promise<void> {
  while (!(await lines.next()).done);
}

async function writeAll(conn: Deno.TcpConn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    at += await conn.write(bytes.subarray(at));
  }
}

async function* readLines(conn: Deno.TcpConn): AsyncGenerator<string> {
  const buffer = new Uint8Array(65_536);
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const size = await conn.read(buffer);
    if (size === null) return;
    text += decoder.decode(buffer.subarray(0, size), { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    yield* lines;
  }
}
