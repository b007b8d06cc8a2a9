import { readProc } from "./vitals.ts";
import { descendants } from "../integration/processes.ts";

/** What a soak kills. */
export type Victim = "worker" | "daemon" | "executor";

/** Kills processes below this program at random times; end it by `using`. */
export class Chaos {
  readonly #random: () => number;
  readonly #meanMs: number;
  readonly #kills = { worker: 0, daemon: 0, executor: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts to kill.
   *
   * @param random numbers from 0 to 1
   * @param meanMs time between two kills, on average
   */
  constructor(random: () => number, meanMs: number) {
    this.#random = random;
    this.#meanMs = meanMs;
    this.#next();
  }

  /** How many were killed so far. */
  get kills(): Readonly<Record<Victim, number>> {
    return { ...this.#kills };
  }

  /** Kills no more. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    const wait = 2 * this.#meanMs * this.#random();
    this.#timer = setTimeout(() => {
      this.#kill();
      this.#next();
    }, wait);
  }

  #kill(): void {
    const dice = this.#random();
    // Workers come and go all the time on a cluster, executors seldom.
    const victim: Victim = dice < 0.7
      ? "worker"
      : dice < 0.9
      ? "daemon"
      : "executor";
    const found = findVictims(victim);
    const pid = found[Math.floor(this.#random() * found.length)];
    if (pid === undefined) return;
    try {
      Deno.kill(pid, "SIGKILL");
      this.#kills[victim]++;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // it was faster
    }
  }
}

/** The processes of a kind below this program. */
export function findVictims(victim: Victim): number[] {
  return descendants(Deno.pid).filter((pid) => kindOf(pid) === victim);
}

/** What a process below this program is; null for others. */
export function kindOf(pid: number): Victim | "driver's JVM" | null {
  const args = readProc(pid, "cmdline")?.split("\0") ?? [];
  if (args.some((arg) => arg.endsWith("CoarseGrainedExecutorBackend"))) {
    return "executor";
  }
  if (args.some((arg) => arg.endsWith("SparkSubmit"))) return "driver's JVM";
  if (!args.some((arg) => arg.endsWith("worker/main.ts"))) return null;
  return args.includes("serve") ? "worker" : "daemon";
}
