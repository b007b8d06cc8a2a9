import { AsyncLocalStorage } from "node:async_hooks";
import { GatewayError } from "../../common/errors.ts";
import { memoizeAsync } from "../../common/memoize_async.ts";
import { CallbackErrors } from "./callback_errors.ts";
import {
  CallbackRegistry,
  type JavaMethod,
  type JavaMethods,
  type Registered,
} from "./callback_registry.ts";
import { CallbackServer } from "./callback_server.ts";
import type { Channel, Reply } from "./conversation.ts";
import { makePlain } from "./java_convert.ts";
import {
  type JavaArgument,
  type JavaCalls,
  JavaObject,
  type JavaValue,
  type ReferenceKind,
} from "./java_object.ts";
import { JavaProxy } from "./java_proxy.ts";
import {
  encodeValue,
  escapeText,
  invalidText,
  parseValue,
} from "./value_syntax.ts";

/** What callbacks need of their gateway. */
export interface CallbackHost {
  readonly calls: JavaCalls;
  /** What the JVM shows where it shows something. */
  readonly secret: string;
  /** Makes a reference to an object that the JVM has named. */
  readonly adopt: (id: string, type: ReferenceKind) => JavaObject;
  /** Whether an object would be released at the end of the current scope. */
  readonly isScoped: (object: JavaObject) => boolean;
  /** Runs `body` so that its calls go over the channel; null: over any connection. */
  readonly over: <T>(
    channel: Channel | null,
    body: () => Promise<T>,
  ) => Promise<T>;
}

/** How the JVM calls back: see `callbackMode`. */
type Mode = "on one thread" | "from a pool";

/**
 * The calls of the JVM into this program.
 *
 * Peer: `py4j.reflection.PythonProxyHandler.invoke` and `finalize`.
 */
export class Callbacks {
  /** Errors on their way through the JVM. */
  readonly errors: CallbackErrors = new CallbackErrors();
  readonly #host: CallbackHost;
  readonly #registry = new CallbackRegistry();
  readonly #opened: { server: Promise<CallbackServer> | null } = {
    server: null,
  };

  /** @param host the gateway */
  constructor(host: CallbackHost) {
    this.#host = host;
  }

  /** How many objects the JVM may call. */
  get size(): number {
    return this.#registry.size;
  }

  /**
   * Makes an object that the JVM may call; opens the server at the first one.
   *
   * @param interfaces full names of Java interfaces
   * @param methods their methods
   */
  async proxy(
    interfaces: readonly string[],
    methods: JavaMethods,
  ): Promise<JavaProxy> {
    await memoizeAsync(this.#opened, "server", () => this.#open());
    const inContext = AsyncLocalStorage.snapshot();
    const numbers = new Set<number>();
    const register = (): string => {
      const { number, id } = this.#registry.add({
        interfaces,
        methods,
        inContext,
      });
      numbers.add(number);
      return id;
    };
    return new JavaProxy(interfaces, register, () => {
      for (const number of numbers) this.#registry.delete(number);
    });
  }

  /** Serves what the JVM asks: see `Serve`. */
  serve(
    lines: readonly Uint8Array[],
    channel: Channel | null,
  ): Promise<Reply> {
    const [kind = "", id = "", method = ""] = lines.slice(0, 3).map(asText);
    const number = this.#registry.numberOf(id);
    if (kind === "g" && number !== undefined) {
      this.#registry.delete(number);
      return Promise.resolve({ text: "!yv\n" });
    }
    const object = number === undefined
      ? undefined
      : this.#registry.get(number);
    if (kind !== "c" || object === undefined) {
      const text = number === undefined
        ? "no such object"
        : "the object was released";
      return Promise.resolve({ text: `!xs${text}\n` });
    }
    return this.#call(object, method, lines.slice(3), channel);
  }

  /** Whether an id is one of ours, released or not. */
  knows(id: string): boolean {
    return this.#registry.numberOf(id) !== undefined;
  }

  /** Listens no more. */
  async close(): Promise<void> {
    const { server } = this.#opened;
    this.#opened.server = null;
    await server?.then((opened) => opened.close(), () => {
      // It could not be opened: there is nothing to close.
    });
  }

  /** Peer: `py4j.Gateway.resetCallbackClient`, as PySpark's `ensure_callback_server_started` calls it. */
  #open(): Promise<CallbackServer> {
    const { calls, secret } = this.#host;
    return calls.apart(() =>
      calls.scope(async () => {
        const client = await calls.server.callObject("getCallbackClient");
        const mode = await callbackMode(client);
        const server = await CallbackServer.listen({
          secret: mode === "from a pool" ? secret : null,
          knows: (id) => this.knows(id),
          serve: (lines, channel) =>
            this.serve(lines, mode === "from a pool" ? null : channel),
        });
        try {
          const address = await client.callObject("getAddress");
          await calls.server.call("resetCallbackClient", address, server.port);
          return server;
        } catch (error) {
          server.close();
          throw error;
        }
      })
    );
  }

  async #call(
    object: Registered,
    name: string,
    args: readonly Uint8Array[],
    channel: Channel | null,
  ): Promise<Reply> {
    const { calls, over } = this.#host;
    const held: JavaObject[] = [];
    const thrown = new Map<unknown, JavaObject>();
    const text = await object.inContext(() =>
      over(
        channel,
        () =>
          calls.scope(() =>
            this.errors.run({ thrown }, async () => {
              try {
                const method = methodOf(object, name);
                const result = await method(
                  ...args.map((arg) => this.#value(arg)),
                );
                return await this.#done(result, held);
              } catch (error) {
                return this.#failed(error, thrown);
              }
            })
          ),
      )
    );
    const onRead = (): void => calls.release(...held, ...thrown.values());
    return { text, onRead };
  }

  async #done(
    result: JavaArgument | void,
    held: JavaObject[],
  ): Promise<string> {
    if (result === undefined) return "!yv\n";
    const [plain = null] = await makePlain(this.#host.calls, [result], held);
    if (plain instanceof JavaObject && this.#host.isScoped(plain)) {
      held.push(plain);
    }
    for (const object of held) object.keep(); // beyond the callback's scope
    return `!y${encodeValue(plain)}\n`;
  }

  #failed(
    error: unknown,
    thrown: ReadonlyMap<unknown, JavaObject>,
  ): string {
    const throwable = thrown.get(error);
    if (throwable !== undefined) return `!xr${throwable.id}\n`;
    return `!xs${escapeText(this.errors.textOf(error))}\n`;
  }

  #value(line: Uint8Array): JavaValue {
    const value = parseValue(line, 0);
    if (value === undefined) throw invalidText(line);
    if (value.kind === "value") return value.value;
    return this.#host.adopt(value.id, value.type);
  }
}

/**
 * How the JVM calls back. In Py4J's newer mode each thread has a socket, and
 * serves our commands while it waits for a reply; in the older one
 * (`PYSPARK_PIN_THREAD=false`) it takes any line for the reply.
 */
async function callbackMode(client: JavaObject): Promise<Mode> {
  const javaClass = await client.callObject("getClass");
  const name = await javaClass.callString("getName");
  return name === "py4j.PythonClient" ? "on one thread" : "from a pool";
}

/** A method of the program's, or one that every Java object has. */
function methodOf(object: Registered, name: string): JavaMethod {
  const { methods, interfaces, number } = object;
  const own = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (own !== undefined) return own.bind(methods);
  const text = `TypeScript object ${number} (${interfaces.join(", ")})`;
  switch (name) {
    case "toString":
      return () => text;
    case "hashCode":
      return () => number;
    case "equals":
      return async (other = null) =>
        other instanceof JavaObject &&
        await other.callString("toString") === text;
    default:
      throw new GatewayError(
        "METHOD_MISSING",
        `Cannot call "${name}" of a TypeScript object that stands for ${
          interfaces.join(", ")
        }: it has no such method; give it to proxy()`,
        { method: name },
      );
  }
}

function asText(line: Uint8Array): string {
  return new TextDecoder().decode(line);
}
