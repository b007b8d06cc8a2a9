import assert from "node:assert/strict";
import {
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";

/** A message of the debugger's protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A script that the engine has loaded, as far as breakpoints need it. */
interface LoadedScript {
  readonly scriptId: string;
  readonly sourceMapURL?: string;
  readonly startLine: number;
}

/** A function on the stack. */
interface Frame {
  readonly location: {
    readonly scriptId: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly scopeChain: readonly {
    readonly type: string;
    readonly object: { readonly objectId: string };
  }[];
}

/** A script whose source map leads to the program's files. */
interface MappedScript {
  readonly map: TraceMap;
  /** Line at which it begins; its map counts from there. */
  readonly start: number;
}

/** A line of a file of the program, from 1. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/** Where execution stopped. */
export interface Stop {
  /** The place in the program's file; line from 1. */
  readonly file: string;
  readonly line: number;
  /** Values of the function's variables, by name. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Waits until something listens that a debugger can attach to. */
async function targetAt(
  port: number,
): Promise<{ readonly webSocketDebuggerUrl: string }> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const [target] = await answer.json();
      if (target !== undefined) return target;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const MAP = "data:application/json;base64,";

/** How a debugger talks with what it steps through. */
interface Channel {
  /** Sends a message. */
  send(text: string): void;
  /** Lets go of it. */
  close(): Promise<void>;
}

/**
 * A small debugger, which sets breakpoints as editors do: by a file and a line
 * of the program, through the source map of each script that is loaded.
 */
export class Debugger implements AsyncDisposable {
  readonly #channel: Channel;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #scripts = new Map<string, MappedScript>();
  readonly #breakpoints: Place[] = [];
  readonly #stops: PromiseWithResolvers<Stop>[] = [];
  readonly #threads = new Map<string, Debugger>();
  readonly #begun: PromiseWithResolvers<Debugger>[] = [];
  #asked = 0;
  #taken = 0;
  #stopped = 0;
  #count = 0;

  private constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Attaches to what listens at a port of this machine. */
  static async attach(port: number): Promise<Debugger> {
    const target = await targetAt(port);
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    const opened = Promise.withResolvers<unknown>();
    socket.onopen = opened.resolve;
    socket.onerror = opened.reject;
    await opened.promise;
    const closed = Promise.withResolvers<void>();
    const attached = new Debugger({
      send: (text) => socket.send(text),
      async close() {
        socket.close();
        await closed.promise;
      },
    });
    socket.onmessage = ({ data }) => attached.#take(JSON.parse(String(data)));
    socket.onclose = () => {
      attached.#lost();
      closed.resolve();
    };
    await attached.#enable();
    return attached;
  }

  /** Has threads that the process starts from now on wait for this debugger, as editors do. */
  async watchThreads(): Promise<void> {
    await this.#ask("NodeWorker.enable", { waitForDebuggerOnStart: true });
  }

  /** The next thread, which waits until {@link Debugger.begin}. */
  thread(): Promise<Debugger> {
    return this.#threadAt(this.#asked++).promise;
  }

  /** Stops where a line of a file of the program begins, in scripts that are loaded or yet to be. */
  async breakAt(file: string, line: number): Promise<void> {
    const place = { file, line };
    for (const scriptId of this.#scripts.keys()) {
      await this.#setIn(scriptId, [place]);
    }
    this.#breakpoints.push(place);
    await this.#ask("Debugger.setInstrumentationBreakpoint", {
      instrumentation: "beforeScriptWithSourceMapExecution",
    });
  }

  /** Lets a process go on that waits for its debugger. */
  async begin(): Promise<void> {
    await this.#ask("Runtime.runIfWaitingForDebugger");
  }

  /** The next stop at a breakpoint. */
  stop(): Promise<Stop> {
    return this.#stopAt(this.#taken++).promise;
  }

  /** Goes on. */
  async resume(): Promise<void> {
    await this.#ask("Debugger.resume");
  }

  /** Lets go of the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#channel.close();
  }

  async #enable(): Promise<void> {
    await this.#ask("Runtime.enable");
    await this.#ask("Debugger.enable");
  }

  #threadAt(index: number): PromiseWithResolvers<Debugger> {
    return this.#begun[index] ??= Promise.withResolvers();
  }

  /** Deno tells of each thread by two protocols, each by a message of its own. */
  #attachThread(sessionId: string): void {
    if (this.#threads.has(sessionId)) return;
    const { promise, resolve, reject } = this.#threadAt(this.#threads.size);
    const thread = new Debugger({
      send: (message) =>
        void this.#ask("NodeWorker.sendMessageToWorker", {
          sessionId,
          message,
        }).catch(() => thread.#lost()),
      close: () => Promise.resolve(), // with the process
    });
    this.#threads.set(sessionId, thread);
    promise.catch(() => {/* for who waits */});
    thread.#enable().then(() => resolve(thread), reject);
  }

  #stopAt(index: number): PromiseWithResolvers<Stop> {
    return this.#stops[index] ??= Promise.withResolvers();
  }

  #ask(method: string, params: object = {}): Promise<Message["result"]> {
    const id = ++this.#count;
    const answer = Promise.withResolvers<Message["result"]>();
    this.#answers.set(
      id,
      ({ result, error }) =>
        error === undefined
          ? answer.resolve(result)
          : answer.reject(new Error(`${method}: ${error.message}`)),
    );
    this.#channel.send(JSON.stringify({ id, method, params }));
    return answer.promise;
  }

  /** Nobody answers any more. */
  #lost(): void {
    for (const [id, answer] of this.#answers) {
      answer({ id, error: { message: "the connection was lost" } });
    }
  }

  #take(message: Message): void {
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
    } else if (message.method === "NodeWorker.attachedToWorker") {
      this.#attachThread(String(message.params?.["sessionId"]));
    } else if (message.method === "NodeWorker.receivedMessageFromWorker") {
      const { sessionId, message: text } = message.params ?? {};
      const thread = this.#threads.get(String(sessionId));
      if (thread !== undefined) thread.#take(JSON.parse(String(text)));
    } else if (message.method === "Debugger.scriptParsed") {
      this.#learn(message.params as unknown as LoadedScript);
    } else if (message.method === "Debugger.paused") {
      this.#paused(message.params ?? {}).catch((error) =>
        this.#stopAt(this.#stopped).reject(error)
      );
    }
  }

  #learn({ scriptId, sourceMapURL = "", startLine }: LoadedScript): void {
    if (!sourceMapURL.startsWith(MAP)) return;
    const bytes = Uint8Array.fromBase64(sourceMapURL.slice(MAP.length));
    const map = new TraceMap(new TextDecoder().decode(bytes));
    this.#scripts.set(scriptId, { map, start: startLine });
  }

  async #paused(params: Record<string, unknown>): Promise<void> {
    const { reason, data, callFrames } = params as {
      readonly reason: string;
      readonly data?: { readonly scriptId: string };
      readonly callFrames: readonly Frame[];
    };
    if (reason === "instrumentation") {
      await this.#setIn(data?.scriptId ?? "");
      return await this.resume();
    }
    const [frame] = callFrames;
    assert.ok(frame !== undefined);
    this.#stopAt(this.#stopped++).resolve(await this.#describe(frame));
  }

  /** Sets the breakpoints that a new script has lines for. */
  async #setIn(
    scriptId: string,
    places: readonly Place[] = this.#breakpoints,
  ): Promise<void> {
    const script = this.#scripts.get(scriptId);
    for (const { file, line } of script === undefined ? [] : places) {
      if (!script?.map.sources.includes(file)) continue;
      const found = generatedPositionFor(script.map, {
        source: file,
        line,
        column: 0,
        bias: LEAST_UPPER_BOUND,
      });
      if (found.line === null) continue;
      await this.#ask("Debugger.setBreakpoint", {
        location: {
          scriptId,
          lineNumber: script.start + found.line - 1,
          columnNumber: found.column,
        },
      });
    }
  }

  async #describe({ location, scopeChain }: Frame): Promise<Stop> {
    const script = this.#scripts.get(location.scriptId);
    assert.ok(script !== undefined);
    const place = originalPositionFor(script.map, {
      line: location.lineNumber + 1 - script.start,
      column: location.columnNumber,
    });
    const variables: Record<string, unknown> = {};
    for (const { type, object } of scopeChain) {
      if (type === "global") continue;
      const answer = await this.#ask("Runtime.getProperties", {
        objectId: object.objectId,
        ownProperties: true,
      });
      const list = answer?.["result"] as readonly {
        readonly name: string;
        readonly value?: { readonly value?: unknown };
      }[];
      for (const { name, value } of list) variables[name] ??= value?.value;
    }
    return { file: place.source ?? "", line: place.line ?? 0, variables };
  }
}
