import { GatewayError } from "../../common/errors.ts";
import type { ReferenceKind } from "./answer.ts";
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
import type { Gateway } from "./gateway.ts";
import type { JavaArgument, JavaValue } from "./java_value.ts";

/**
 * An object that lives in the JVM. It stays alive there until it is released:
 * by {@link JavaObject.release}, at the end of the scope in which it came, or
 * some time after nobody here refers to it.
 */
export class JavaObject {
  /** The gateway through which it came. */
  readonly gateway: Gateway;
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
  constructor(gateway: Gateway, id: string, type: ReferenceKind) {
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
