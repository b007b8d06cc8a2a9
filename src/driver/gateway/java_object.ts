import { GatewayError } from "../../common/errors.ts";
import {
  expectBoolean,
  expectBytes,
  expectLong,
  expectNumber,
  expectObject,
  expectObjectOrNull,
  expectString,
  expectStringOrNull,
} from "./expect.ts";
import type { Interruption } from "./interruption.ts";
import type { JavaProxy } from "./java_proxy.ts";
import type { JavaNumber, PlainValue } from "./java_scalar.ts";

/** What kind of object a reference names, as far as Py4J says. */
export type ReferenceKind =
  | "object"
  | "list"
  | "map"
  | "set"
  | "array"
  | "iterator";

/** What the JVM answers: a value, or a reference to an object that stays there. */
export type JavaValue = PlainValue | JavaObject;

/**
 * What can be handed to the JVM. A number goes as int when it fits, as long
 * when it is a larger safe integer, as double otherwise; a bigint as long when
 * it fits and as `java.math.BigInteger` otherwise; an array, a map and a set as
 * a new `java.util.ArrayList`, `HashMap` and `HashSet`.
 */
export type JavaArgument =
  | JavaValue
  | JavaNumber
  | JavaProxy
  | readonly JavaArgument[]
  | ReadonlyMap<JavaArgument, JavaArgument>
  | ReadonlySet<JavaArgument>;

/** What may stand in a command as it is: an argument without collections and without a bigint beyond 64 bits. */
export type PlainArgument = Exclude<
  JavaArgument,
  | readonly JavaArgument[]
  | ReadonlyMap<JavaArgument, JavaArgument>
  | ReadonlySet<JavaArgument>
>;

/** The calls into the JVM: what `Gateway` offers, and says more about. */
export interface JavaCalls {
  /** Where the JVM serves results. */
  readonly servedHost: string;
  /** Ends chains of calls when their signal says so. */
  readonly interruption: Interruption;
  /** Py4J's own server object. */
  readonly server: JavaObject;
  /** Calls a constructor. */
  construct(
    className: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaObject>;
  /** Calls a static method. */
  callStatic(
    className: string,
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaValue>;
  /** Calls a static method that gives an object. */
  callStaticObject(
    className: string,
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaObject>;
  /** Calls an object's method. */
  callMethod(
    target: JavaObject,
    method: string,
    args: readonly JavaArgument[],
  ): Promise<JavaValue>;
  /** Calls a method whose failure does not matter. */
  tryCall(
    target: JavaObject,
    method: string,
    ...args: readonly PlainArgument[]
  ): Promise<JavaValue | undefined>;
  /** A throwable's stack trace; undefined when it cannot be read. */
  tryStack(throwable: JavaObject): Promise<JavaValue | undefined>;
  /** Reads an object's public field. */
  readField(target: JavaObject, field: string): Promise<JavaValue>;
  /** Makes a Java array. */
  newArray(className: string, length: number): Promise<JavaObject>;
  /** Reads all of an array's elements. */
  arrayElements(array: JavaObject): Promise<JavaValue[]>;
  /** Changes an array's element. */
  arraySet(
    array: JavaObject,
    index: number,
    value: JavaArgument,
  ): Promise<void>;
  /** Runs `body` so that its calls belong to no lease. */
  apart<T>(body: () => T): T;
  /** Releases what the calls of `body` brought, at its end. */
  scope<T>(body: () => Promise<T>): Promise<T>;
  /** What a function of this program threw, where a Java exception's message tells of that. */
  callbackError(message: string): { readonly error: unknown } | undefined;
  /** Makes the JVM forget objects. */
  release(...objects: readonly JavaObject[]): void;
}

/**
 * An object that lives in the JVM. It stays alive there until it is released:
 * by {@link JavaObject.release}, at the end of the scope in which it came, or
 * some time after nobody here refers to it.
 */
export class JavaObject {
  /** The gateway through which it came. */
  readonly gateway: JavaCalls;
  /** What Py4J says of its class. */
  readonly type: ReferenceKind;
  readonly #id: string;
  #released = false;
  #kept = false;

  /**
   * A reference to an object that the gateway named.
   *
   * @param gateway the gateway through which it came
   * @param id its id there
   * @param type what Py4J says of its class
   */
  constructor(gateway: JavaCalls, id: string, type: ReferenceKind) {
    this.gateway = gateway;
    this.type = type;
    this.#id = id;
  }

  /**
   * Its id in the gateway.
   *
   * @throws GatewayError `OBJECT_RELEASED` when it was released: the JVM no longer knows the id
   */
  get id(): string {
    if (this.#released) {
      throw new GatewayError(
        "OBJECT_RELEASED",
        `Cannot use the Java object "${this.#id}": it was released; call keep() on an object that outlives its scope`,
        { id: this.#id },
      );
    }
    return this.#id;
  }

  /** Whether it was released. */
  get released(): boolean {
    return this.#released;
  }

  /** Whether it outlives its scopes. */
  get kept(): boolean {
    return this.#kept;
  }

  /**
   * Calls a method.
   *
   * @param method its name; Java's overloads are chosen by the arguments
   * @param args its arguments; a variable number of them goes as a Java array
   * @throws JavaError what the method throws
   * @throws GatewayError `MEMBER_NOT_FOUND` when there is no such method for these arguments
   */
  call(method: string, ...args: readonly JavaArgument[]): Promise<JavaValue> {
    return this.gateway.callMethod(this, method, args);
  }

  /** Calls a method that gives an object. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callObject(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaObject> {
    return expectObject(await this.call(method, ...args), method);
  }

  /** Calls a method that gives an object or null. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callObjectOrNull(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<JavaObject | null> {
    return expectObjectOrNull(await this.call(method, ...args), method);
  }

  /** Calls a method that gives a string. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callString(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<string> {
    return expectString(await this.call(method, ...args), method);
  }

  /** Calls a method that gives a string or null. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callStringOrNull(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<string | null> {
    return expectStringOrNull(await this.call(method, ...args), method);
  }

  /** Calls a method that gives a number, a long within ±2^53 included. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callNumber(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<number> {
    return expectNumber(await this.call(method, ...args), method);
  }

  /** Calls a method that gives an integer, always as a bigint. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callLong(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<bigint> {
    return expectLong(await this.call(method, ...args), method);
  }

  /** Calls a method that gives a boolean. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callBoolean(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<boolean> {
    return expectBoolean(await this.call(method, ...args), method);
  }

  /** Calls a method that gives a `byte[]`. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
  async callBytes(
    method: string,
    ...args: readonly JavaArgument[]
  ): Promise<Uint8Array> {
    return expectBytes(await this.call(method, ...args), method);
  }

  /**
   * Reads a public field.
   *
   * @param name its name
   * @throws GatewayError `MEMBER_NOT_FOUND` when there is none
   */
  field(name: string): Promise<JavaValue> {
    return this.gateway.readField(this, name);
  }

  /** Keeps it alive beyond the scopes in which it came, until it is released. */
  keep(): this {
    this.#kept = true;
    return this;
  }

  /** Makes the JVM forget it, soon; does nothing the second time. */
  release(): void {
    this.gateway.release(this);
  }

  /**
   * Marks it as released: for the gateway only, which tells the JVM.
   *
   * @returns the id to release; null when that was done before
   */
  takeId(): string | null {
    if (this.#released) return null;
    this.#released = true;
    return this.#id;
  }

  /** Names the reference; what the Java object prints takes a call of its own `toString`. */
  toString(): string {
    return `JavaObject(${this.#id}${this.#released ? ", released" : ""})`;
  }
}
