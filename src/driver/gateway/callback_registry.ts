import { Buffer } from "node:buffer";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { JavaArgument, JavaValue } from "./java_object.ts";

/**
 * A method that the JVM may call. Objects among its arguments are released when
 * its promise has settled, unless they are kept.
 */
export type JavaMethod = (
  ...args: JavaValue[]
) => JavaArgument | void | Promise<JavaArgument | void>;

/** The methods of a proxy, by their Java names. */
export type JavaMethods = Readonly<Record<string, JavaMethod>>;

/** An object of this program, as the JVM knows it. */
export interface Registered {
  /** Its number, in the order of registration. */
  readonly number: number;
  /** Full names of its interfaces. */
  readonly interfaces: readonly string[];
  /** Its methods. */
  readonly methods: JavaMethods;
  /** Runs a function in the asynchronous context in which it was made. */
  readonly inContext: <T>(body: () => T) => T;
}

const SECRET_BYTES = 32;

/**
 * Objects of this program by ids that nobody can guess who has not got them
 * from us: the JVM does not show a secret when it calls.
 */
export class CallbackRegistry {
  readonly #secret = randomBytes(SECRET_BYTES);
  readonly #objects = new Map<number, Registered>();
  #count = 0;

  /** How many the JVM may call. */
  get size(): number {
    return this.#objects.size;
  }

  /**
   * Makes an id.
   *
   * @param object what it stands for, without its number
   */
  add(object: Omit<Registered, "number">): { number: number; id: string } {
    const number = this.#count++;
    this.#objects.set(number, { ...object, number });
    return { number, id: `${number}-${this.#proof(number).toString("hex")}` };
  }

  /**
   * The number that an id stands for.
   *
   * @param id an id that somebody gave
   * @returns undefined when we did not make it
   */
  numberOf(id: string): number | undefined {
    const match = /^(\d{1,15})-([0-9a-f]{64})$/.exec(id);
    if (match === null) return undefined;
    const number = Number(match[1]);
    const given = Buffer.from(match[2] ?? "", "hex");
    return timingSafeEqual(given, this.#proof(number)) ? number : undefined;
  }

  /** The object of a number; undefined when it was forgotten. */
  get(number: number): Registered | undefined {
    return this.#objects.get(number);
  }

  /** Forgets an object. */
  delete(number: number): void {
    this.#objects.delete(number);
  }

  #proof(number: number): Buffer {
    return createHmac("sha256", this.#secret).update(String(number)).digest();
  }
}
