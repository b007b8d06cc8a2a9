import type { JavaError } from "../../common/errors.ts";
import type { GatewayProcess } from "../launch/gateway_process.ts";
import {
  arrayGetCommand,
  arrayLengthCommand,
  arraySetCommand,
  callCommand,
  constructCommand,
  encodeArguments,
  fieldCommand,
  newArrayCommand,
  SERVER_ID,
  stackCommand,
  staticFieldCommand,
  staticTarget,
} from "./command.ts";
import type { JavaMethods } from "./callback_registry.ts";
import { Callbacks } from "./callbacks.ts";
import { expectNumber, expectObject } from "./expect.ts";
import { makePlain } from "./java_convert.ts";
import type { Interruption } from "./interruption.ts";
import {
  type CalledMember,
  readJavaError,
  refusedError,
} from "./java_error.ts";
import {
  type JavaArgument,
  type JavaCalls,
  JavaObject,
  type JavaValue,
  type PlainArgument,
} from "./java_object.ts";
import { ObjectScopes } from "./object_scopes.ts";
import type { JavaProxy } from "./java_proxy.ts";
import { LanePool } from "./lane_pool.ts";
import type { Pipeline } from "./pipeline.ts";
import { ReleaseQueue } from "./release_queue.ts";
import {
  type PipelineOptions,
  type PipelineOutcome,
  type PipelineResult,
  runPipeline,
} from "./run_pipeline.ts";
import { Transport } from "./transport.ts";
import { isPlainArgument } from "./value_syntax.ts";

/** Where a gateway is and whose it is. */
export interface GatewayOptions {
  /** Its TCP port. */
  readonly port: number;
  /** What each connection has to say first. */
  readonly secret: string;
  /** Where it listens; the loopback address by default. */
  readonly host?: string;
  /** Where the JVM serves results; `host` by default. */
  readonly servedHost?: string;
  /** The JVM behind it: its end fails all calls at once, and closing the gateway ends it. */
  readonly process?: GatewayProcess;
  /** How long connecting may take, in milliseconds; 30,000 by default. */
  readonly connectTimeoutMs?: number;
}

/**
 * Calls into a JVM over Py4J's text protocol. Each call takes a connection of
 * its own from a pool, so that a long one holds up no other.
 *
 * @example
 * ```ts ignore
 * const process = await launchGateway({ sparkHome, conf });
 * await using gateway = await Gateway.connect({ ...process, process });
 * await gateway.callStatic("java.lang.Math", "abs", -1); // 1
 * ```
 */
export class Gateway implements JavaCalls, AsyncDisposable {
  /** Where the JVM serves results. */
  readonly servedHost: string;
  /** Ends chains of calls when their signal says so. */
  readonly interruption: Interruption;
  readonly #transport: Transport;
  readonly #queue: ReleaseQueue;
  readonly #lanes: LanePool;
  readonly #callbacks: Callbacks;
  readonly #scopes = new ObjectScopes();
  readonly #forgotten = new FinalizationRegistry<string>((id) =>
    this.#queue.add(id)
  );

  private constructor(options: GatewayOptions) {
    const { port, secret, host = "127.0.0.1", connectTimeoutMs = 30_000 } =
      options;
    const endpoint = { host, port, secret, connectTimeoutMs };
    this.servedHost = options.servedHost ?? host;
    this.#callbacks = new Callbacks({
      calls: this,
      secret,
      adopt: (id, type) => this.#track(new JavaObject(this, id, type)),
      isScoped: (object) => this.#scopes.has(object),
      over: (channel, body) => this.#transport.over(channel, body),
    });
    this.#transport = new Transport(
      endpoint,
      options.process,
      (lines, channel) => this.#callbacks.serve(lines, channel),
    );
    this.interruption = this.#transport.interruption;
    this.#queue = new ReleaseQueue(this.#transport);
    this.#lanes = new LanePool(this, this.#transport);
  }

  /**
   * Connects and shows the secret.
   *
   * @param options where the gateway is
   * @throws GatewayError `CONNECTION_FAILED`, `AUTHENTICATION_FAILED`, or
   *   `JVM_DIED` when the JVM has ended
   */
  static async connect(options: GatewayOptions): Promise<Gateway> {
    const gateway = new Gateway(options);
    await gateway.#transport.connect();
    return gateway;
  }

  /** Py4J's own server object, which needs no release. */
  get server(): JavaObject {
    return new JavaObject(this, SERVER_ID, "object");
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#transport.connections;
  }

  /**
   * Calls a constructor.
   *
   * @param className full name of the class; `$` stands before a nested one
   * @param args its arguments
   * @throws JavaError what it throws
   * @throws GatewayError `MEMBER_NOT_FOUND` without such a class or constructor;
   *   `ANSWER_UNEXPECTED` for a class whose objects come as values, such as `String`
   */
  async construct(
    className: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaObject> {
    const site: CalledMember = {
      action: "construct",
      member: className,
      owner: null,
    };
    const value = await this.#withPlain(
      args,
      (plain) => this.#run(constructCommand(className, plain), site, args),
    );
    return expectObject(value, `new ${className}`);
  }

  /**
   * Calls a static method.
   *
   * @param className full name of the class
   * @param method the method's name
   * @param args its arguments; a variable number of them goes as a Java array
   * @throws JavaError what it throws
   * @throws GatewayError `MEMBER_NOT_FOUND` without such a class or method
   */
  async callStatic(
    className: string,
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaValue> {
    const site: CalledMember = {
      action: "call",
      member: method,
      owner: className,
    };
    return await this.#withPlain(
      args,
      (plain) =>
        this.#run(
          callCommand(staticTarget(className), method, plain),
          site,
          args,
        ),
    );
  }

  /** Calls a static method that gives an object. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callStaticObject(
    className: string,
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaObject> {
    return expectObject(
      await this.callStatic(className, method, ...args),
      method,
    );
  }

  /** Calls an object's method: what {@link JavaObject.call} does. */
  async callMethod(
    target: JavaObject,
    method: string,
    args: readonly JavaArgument[],
  ): Promise<JavaValue> {
    const site: CalledMember = {
      action: "call",
      member: method,
      owner: target,
    };
    return await this.#withPlain(
      args,
      (plain) =>
        this.#run(callCommand(target.id, method, plain), site, [target, args]),
    );
  }

  /**
   * Reads a static field.
   *
   * @param className full name of the class
   * @param field the field's name
   * @throws GatewayError `MEMBER_NOT_FOUND` without such a class or field
   */
  async staticField(className: string, field: string): Promise<JavaValue> {
    const site: CalledMember = {
      action: "read",
      member: field,
      owner: className,
    };
    return await this.#run(staticFieldCommand(className, field), site, null);
  }

  /** Reads an object's public field: what {@link JavaObject.field} does. */
  async readField(target: JavaObject, field: string): Promise<JavaValue> {
    const site: CalledMember = { action: "read", member: field, owner: target };
    return await this.#run(fieldCommand(target.id, field), site, target);
  }

  /**
   * Makes a Java array.
   *
   * @param className full name of the element's class, or a primitive type
   * @param length number of elements
   */
  async newArray(className: string, length: number): Promise<JavaObject> {
    const site: CalledMember = {
      action: "make",
      member: `${className}[]`,
      owner: null,
    };
    const command = newArrayCommand(className, length);
    return expectObject(await this.#run(command, site, null), className);
  }

  /** Reads an array's element, 0 being the first. */
  async arrayGet(array: JavaObject, index: number): Promise<JavaValue> {
    const site: CalledMember = {
      action: "read",
      member: `[${index}]`,
      owner: array,
    };
    return await this.#run(arrayGetCommand(array.id, index), site, array);
  }

  /** Changes an array's element, 0 being the first. */
  async arraySet(
    array: JavaObject,
    index: number,
    value: JavaArgument,
  ): Promise<void> {
    const site: CalledMember = {
      action: "change",
      member: `[${index}]`,
      owner: array,
    };
    await this.#withPlain(
      [value],
      (plain) =>
        this.#run(arraySetCommand(array.id, index, plain), site, [
          array,
          value,
        ]),
    );
  }

  /** Reads an array's length. */
  async arrayLength(array: JavaObject): Promise<number> {
    const site: CalledMember = {
      action: "read",
      member: "length",
      owner: array,
    };
    const value = await this.#run(arrayLengthCommand(array.id), site, array);
    return expectNumber(value, "length");
  }

  /** Reads all of an array's elements. */
  async arrayElements(array: JavaObject): Promise<JavaValue[]> {
    const length = await this.arrayLength(array);
    const elements: JavaValue[] = [];
    for (let i = 0; i < length; i++) {
      elements.push(await this.arrayGet(array, i));
    }
    return elements;
  }

  /**
   * Makes many calls in one go, without waiting for each answer: about 17 µs
   * each in place of 80. A later call can use the object that an earlier one
   * gives. `body` adds the calls and returns at once, nothing is awaited in it;
   * it says of each call whether it gives an object (`construct`, `callStatic`,
   * `call`, `list`, `seq`) or a value (`valueStatic`, `value`). What it returns
   * (an object, a value, or an array of them) is what comes back; all other
   * objects are forgotten. The calls run in order on one thread of the JVM,
   * which is no lease's and has no session, job group or local properties:
   * build plans here, and run jobs by ordinary calls. When a call fails, the
   * calls behind it were sent already and may have run, on nothing of use: use
   * it for calls without effects.
   *
   * @param body adds the calls
   * @param options how a failure is told, with the subject of its call
   * @returns what stands for what `body` returned
   * @throws JavaError what the first failed call throws
   * @throws GatewayError `MEMBER_NOT_FOUND` without such a member;
   *   `ANSWER_UNEXPECTED` for a value in place of an object, or the reverse
   *
   * @example
   * ```ts ignore
   * const selected = await gateway.pipeline((p) => {
   *   const columns = nodes.map((node) => {
   *     p.subject = node; // comes back to `explain` if one of these calls fails
   *     return p.callStatic(FUNCTIONS, "col", node.name).call("plus", 1).call("as", node.alias);
   *   });
   *   return p.use(dataset).call("select", p.seq(columns));
   * }, { explain: (error, subject) => explainNode(error, subject) });
   * ```
   */
  pipeline<const T extends PipelineResult>(
    body: (pipeline: Pipeline) => T,
    options: PipelineOptions = {},
  ): Promise<PipelineOutcome<T>> {
    return this.#lanes.run((lane) =>
      runPipeline(
        this,
        lane,
        (id, type) => this.#track(new JavaObject(this, id, type)),
        body,
        options,
      )
    );
  }

  /**
   * Calls a method whose failure does not matter.
   *
   * @returns what it gives; undefined when it fails or does not exist
   */
  async tryCall(
    target: JavaObject,
    method: string,
    ...args: readonly PlainArgument[]
  ): Promise<JavaValue | undefined> {
    return await this.#try(
      callCommand(target.id, method, encodeArguments(args)),
      [target, args],
    );
  }

  /** A throwable's stack trace as the JVM prints it, causes included; undefined when it cannot be read. */
  tryStack(throwable: JavaObject): Promise<JavaValue | undefined> {
    return this.#try(stackCommand(throwable.id), throwable);
  }

  /**
   * Reserves one connection, and so one thread of the JVM, for the calls of
   * `body`'s asynchronous chain; inside another lease, that one's.
   *
   * @param body what makes the calls
   * @returns what it returns
   */
  lease<T>(body: () => Promise<T>): Promise<T> {
    return this.#transport.lease(body);
  }

  /** Runs `body` so that its calls belong to no lease, wait for no others, and go on when the chain's signal is aborted. */
  apart<T>(body: () => T): T {
    return this.#transport.unleased(body);
  }

  /**
   * Releases the objects that the calls of `body`'s asynchronous chain brought,
   * at its end, except for those that were kept.
   *
   * @param body what makes the calls
   * @returns what it returns
   */
  scope<T>(body: () => Promise<T>): Promise<T> {
    return this.#scopes.run(body, (object) => this.release(object));
  }

  /**
   * Makes an object that the JVM may call as a Java object of some interfaces:
   * pass it as an argument. Its methods may be asynchronous; the JVM's thread
   * waits for them. What they call of this gateway runs in that very thread,
   * whose job group, local properties and session hold there. A Java exception
   * that a method lets through goes on as it is in the JVM; any other error
   * comes back as the cause of the `JavaError` of the call in which it happened.
   *
   * @param interfaces full names of Java interfaces
   * @param methods their methods, by name; those of `Object` need not be there
   *
   * @example
   * ```ts ignore
   * using byLength = await gateway.proxy(["java.util.Comparator"], {
   *   compare: (a, b) => String(a).length - String(b).length,
   * });
   * await list.call("sort", byLength);
   * ```
   */
  proxy(
    interfaces: readonly string[],
    methods: JavaMethods,
  ): Promise<JavaProxy> {
    return this.#callbacks.proxy(interfaces, methods);
  }

  /** How many objects of this program the JVM may call. */
  get proxies(): number {
    return this.#callbacks.size;
  }

  /** What a function of this program threw, where a Java exception's message tells of that. */
  callbackError(message: string): { readonly error: unknown } | undefined {
    return this.#callbacks.errors.find(message);
  }

  /** Tells the JVM an error of this program as text, by which {@link Gateway.callbackError} finds it again. */
  callbackText(error: unknown): string {
    return this.#callbacks.errors.textOf(error);
  }

  /** Makes the JVM forget objects, soon and together; does nothing for those that were released. */
  release(...objects: readonly JavaObject[]): void {
    for (const object of objects) {
      const id = object.takeId();
      this.#scopes.delete(object);
      this.#forgotten.unregister(object);
      if (id !== null && id !== SERVER_ID) this.#queue.add(id);
    }
  }

  /** Resolves when all objects released so far are forgotten. */
  released(): Promise<void> {
    return this.#queue.flushed();
  }

  /** Closes all connections, and ends the JVM if it was given; waiting calls fail. */
  async close(): Promise<void> {
    await Promise.all([this.#lanes.close(), this.#callbacks.close()]);
    await this.#transport.close();
  }

  /** As {@link Gateway.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Encodes arguments; makes the Java objects that they need, and releases them after the call. */
  #withPlain<T>(
    args: readonly JavaArgument[],
    call: (encoded: string) => Promise<T>,
  ): Promise<T> {
    return args.every(isPlainArgument)
      ? call(encodeArguments(args))
      : this.#withMade(args, call);
  }

  async #withMade<T>(
    args: readonly JavaArgument[],
    call: (encoded: string) => Promise<T>,
  ): Promise<T> {
    const made: JavaObject[] = [];
    try {
      const plain = await makePlain(this, args, made);
      return await call(encodeArguments(plain));
    } finally {
      this.release(...made);
    }
  }

  async #run(
    command: string,
    site: CalledMember,
    holds: unknown,
  ): Promise<JavaValue> {
    const answer = await this.#transport.ask(command, holds);
    switch (answer.kind) {
      case "value":
        return answer.value;
      case "reference":
        return this.#track(new JavaObject(this, answer.id, answer.type));
      case "thrown":
        throw await this.scope(() =>
          this.#errorOf(this.#track(new JavaObject(this, answer.id, "object")))
        );
      case "refused":
        throw await this.scope(() => refusedError(this, site, answer.reason));
      case "member":
        throw await this.scope(() => refusedError(this, site, null));
    }
  }

  async #errorOf(throwable: JavaObject): Promise<JavaError> {
    const error = await readJavaError(this, throwable);
    this.#callbacks.errors.note(error, throwable);
    return error;
  }

  async #try(
    command: string,
    holds: unknown,
  ): Promise<JavaValue | undefined> {
    try {
      const answer = await this.#transport.ask(command, holds);
      if (answer.kind === "value") return answer.value;
      if (answer.kind === "thrown") this.#queue.add(answer.id);
      if (answer.kind !== "reference") return undefined;
      return this.#track(new JavaObject(this, answer.id, answer.type));
    } catch {
      return undefined; // the caller has an error of its own to tell
    }
  }

  #track(object: JavaObject): JavaObject {
    this.#forgotten.register(object, object.id, object);
    this.#scopes.add(object);
    return object;
  }
}
