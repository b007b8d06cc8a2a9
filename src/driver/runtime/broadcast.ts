import { SparkError } from "../../common/errors.ts";
import { printBy } from "../../common/inspect.ts";
import {
  CAPTURE_AS,
  type SharedReference,
} from "../../protocol/closure_record.ts";

/** What a broadcast asks of its application. */
export interface BroadcastOwner {
  /** Lets the executors forget the value, or with `forEver` the driver too. */
  drop(id: number, blocking: boolean, forEver: boolean): Promise<void>;
  /** Throws where the application was stopped. */
  requireUsable(variable: string, made: string): void;
}

/**
 * A value that goes to each executor once, however many tasks use it. Functions
 * read it as `broadcast.value`.
 *
 * @example
 * ```ts
 * import type { SparkContext } from "@tspark/tspark";
 *
 * const named = (sc: SparkContext, names: Map<number, string>) => {
 *   const table = sc.broadcast(names);
 *   return sc.range(3).map((id) => table.value.get(id) ?? "unknown");
 * };
 * ```
 */
export class Broadcast<T> {
  /** Number of the broadcast in its application. */
  readonly id: number;
  readonly #owner: BroadcastOwner;
  readonly #made: string;
  #content: { readonly value: T } | null;

  /** @internal */
  constructor(id: number, value: T, made: string, owner: BroadcastOwner) {
    this.id = id;
    this.#made = made;
    this.#content = { value };
    this.#owner = owner;
  }

  static {
    // Peer: `Broadcast.toString`. The value may be of any size.
    printBy(Broadcast.prototype, ({ id }) => `Broadcast(${id})`);
  }

  /**
   * The value; on the workers a copy that all tasks of a worker share, so
   * functions must not change it.
   *
   * @throws SparkError `BROADCAST_DESTROYED` after {@link Broadcast.destroy}
   */
  get value(): T {
    if (this.#content === null) throw broadcastDestroyed(this.id, this.#made);
    return this.#content.value;
  }

  /**
   * Lets the executors forget the value; it goes to them again when it is needed.
   *
   * @param blocking whether to wait until they have; false by default
   */
  async unpersist(blocking: boolean = false): Promise<void> {
    if (this.#content === null) throw broadcastDestroyed(this.id, this.#made);
    await this.#owner.drop(this.id, blocking, false);
  }

  /**
   * Lets everybody forget the value; it cannot be used any more.
   *
   * @param blocking whether to wait until the executors have; false by default
   */
  async destroy(blocking: boolean = false): Promise<void> {
    this.#content = null;
    await this.#owner.drop(this.id, blocking, true);
  }

  /**
   * What is serialized in its place.
   *
   * @internal
   */
  [CAPTURE_AS](): SharedReference {
    this.#owner.requireUsable(`Broadcast(${this.id})`, this.#made);
    return { kind: "broadcast", id: this.id };
  }
}

/**
 * The error for a broadcast that is gone. Peer: `Broadcast.assertValid`, whose
 * words its first half are.
 *
 * @param id its number
 * @param made what made it, with its place
 * @param cause what the JVM said, where it found out
 */
export function broadcastDestroyed(
  id: number,
  made: string,
  cause?: unknown,
): SparkError {
  return new SparkError(
    "BROADCAST_DESTROYED",
    `Attempted to use Broadcast(${id}) after it was destroyed: ${made} made it; destroy it when no function, and no RDD of one, needs it any more`,
    { id, made },
    cause === undefined ? undefined : { cause },
  );
}
