import { Lane } from "./lane.ts";
import type { Transport } from "./transport.ts";
import type { JavaCalls } from "./java_object.ts";

/** Most lanes at once; each is a thread and a server of the JVM. */
const MAX_LANES = 8;

/** Lanes made on demand and used again, each by one taker at a time. */
export class LanePool {
  readonly #gateway: JavaCalls;
  readonly #transport: Transport;
  readonly #all = new Set<Lane>();
  readonly #idle: Lane[] = [];
  readonly #waiting: (() => void)[] = [];
  #opening = 0;

  /**
   * A pool without lanes.
   *
   * @param gateway where the JVM is reached
   * @param transport knows the JVM's end
   */
  constructor(gateway: JavaCalls, transport: Transport) {
    this.#gateway = gateway;
    this.#transport = transport;
  }

  /**
   * Runs `body` with a lane of its own; waits for one where all are taken.
   *
   * @param body what uses the lane
   * @returns what it returns
   */
  async run<T>(body: (lane: Lane) => Promise<T>): Promise<T> {
    this.#transport.interruption.check();
    const lane = await this.#take();
    try {
      return await body(lane);
    } catch (error) {
      throw lane.usable ? error : await this.#transport.explain(error);
    } finally {
      void this.#giveBack(lane);
    }
  }

  /** Ends all lanes. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((lane) => lane.close()));
  }

  async #take(): Promise<Lane> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle?.usable) return idle;
      if (idle !== undefined) this.#all.delete(idle);
      else if (this.#all.size + this.#opening < MAX_LANES) {
        return await this.#open();
      } else {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    }
  }

  async #open(): Promise<Lane> {
    this.#opening++;
    try {
      const lane = await Lane.open(this.#gateway, this.#transport.endpoint);
      this.#all.add(lane);
      return lane;
    } finally {
      this.#opening--;
      this.#waiting.shift()?.();
    }
  }

  /** Frees a lane: its user does not wait for that. */
  async #giveBack(lane: Lane): Promise<void> {
    try {
      await lane.clear();
      this.#idle.push(lane);
    } catch {
      this.#all.delete(lane); // it was lost with its objects, or the JVM was
    }
    this.#waiting.shift()?.();
  }
}
