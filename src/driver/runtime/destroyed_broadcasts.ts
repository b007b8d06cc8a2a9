import { JavaError, type SparkError } from "../../common/errors.ts";
import { broadcastDestroyed } from "./broadcast.ts";
import type { CallSite } from "./call_site.ts";
import { placed } from "./placed_stack.ts";

const KEPT = 10_000; // programs may destroy broadcasts without end

/** What Spark says of one, by its own number. Peer: `Broadcast.assertValid`. */
const DESTROYED = /Attempted to use Broadcast\((\d+)\) after it was destroyed/;

/** A broadcast that is gone. */
interface Destroyed {
  readonly id: number;
  /** What made it, with its place. */
  readonly made: string;
}

/** The broadcasts that a program has destroyed, to be named when they are used. */
export class DestroyedBroadcasts {
  readonly #made = new Map<number, string>();
  readonly #byJvm = new Map<number, Destroyed>();

  /**
   * Notes a broadcast.
   *
   * @param id our number for it
   * @param made what made it, with its place
   * @param jvm the JVM's number for it; null where it was never sent
   */
  add(id: number, made: string, jvm: number | null): void {
    keep(this.#made, id, made);
    if (jvm !== null) keep(this.#byJvm, jvm, { id, made });
  }

  /** The error for the use of one, by our number. */
  error(id: number): SparkError {
    return broadcastDestroyed(id, this.#made.get(id) ?? "broadcast()");
  }

  /**
   * Names the broadcast that a job needs though it was destroyed: an RDD may
   * have been planned with it before.
   *
   * @param error what an operation caught
   * @param site the operation
   * @returns `BROADCAST_DESTROYED`; the error as it is when it has other reasons
   */
  explain(error: unknown, site: CallSite): unknown {
    if (!(error instanceof JavaError)) return error;
    const number = DESTROYED.exec(`${error.message}\n${error.javaStack}`)?.[1];
    const known = this.#byJvm.get(Number(number));
    if (known === undefined) return error;
    return placed(broadcastDestroyed(known.id, known.made, error), site);
  }
}

function keep<T>(map: Map<number, T>, key: number, value: T): void {
  map.set(key, value);
  if (map.size <= KEPT) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
