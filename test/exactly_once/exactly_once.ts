/**
 * `deno run --allow-all test/exactly_once/exactly_once.ts [--kills n] [--seed s]`:
 * kills workers, executors and drivers of streaming queries at random, and tells
 * what their sinks hold in the end.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { withTimeout } from "../../src/common/deadline.ts";
import { anySeed, uniformDraws } from "../../src/common/random.ts";
import { ownSparkHome } from "../integration/own_spark_home.ts";
import { commandOf, descendants, gone } from "../integration/processes.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import type { Held } from "./driver.ts";

/** What is killed. */
export type Victim = "worker" | "executor" | "driver";

/** What came of a run. */
export interface Outcome {
  /** Repeats the order of the kills. */
  readonly seed: number;
  readonly killed: Readonly<Record<Victim, number>>;
  /** Lines that came in. */
  readonly lines: number;
  /** What the sink of files and the one by batches hold. */
  readonly held: readonly Held[];
}

const LINES = 40; // of a file
const FILES = 2; // that come with a batch
const BATCH_MS = 120_000; // longest wait for a batch
const PAUSE_MS = 600; // longest wait from a batch to a kill
/** Drivers take longest to come back. */
const KINDS: readonly Victim[] = [
  ...Array<Victim>(6).fill("worker"),
  ...Array<Victim>(3).fill("executor"),
  "driver",
];
const DRIVER = new URL("driver.ts", import.meta.url);

/**
 * Runs the queries and kills.
 *
 * @param kills how often
 * @param seed chooses victims and moments
 * @param victims who is killed first, in order; the seed chooses the others
 */
export async function exactlyOnce(
  kills: number,
  seed: number,
  victims: readonly Victim[] = [],
): Promise<Outcome> {
  await using folder = await temporaryFolder();
  using _home = await ownSparkHome(folder.path);
  await Deno.mkdir(`${folder.path}/in`);
  const draw = uniformDraws(seed, 0);
  const incoming = new Incoming(folder.path);
  const killed = { worker: 0, executor: 0, driver: 0 };
  let driver = new Driver(folder.path, incoming);
  try {
    for (let count = 0; count < kills;) {
      await driver.nextBatch();
      const pause = draw() * PAUSE_MS;
      await new Promise((resolve) => setTimeout(resolve, pause));
      const chosen = KINDS[Math.floor(draw() * KINDS.length)] ?? "worker";
      const victim = victims[count] ?? chosen;
      if (victim === "driver") {
        await driver.end();
        driver = new Driver(folder.path, incoming);
      } else if (!await driver.kill(victim, draw())) continue;
      killed[victim]++;
      console.error(`Kill ${++count}: ${victim}`);
    }
    await driver.nextBatch();
    const lines = incoming.end();
    return { seed, killed, lines, held: await driver.held() };
  } finally {
    await driver.end();
  }
}

/** Numbers that come into a folder, in file after file. */
class Incoming {
  readonly #folder: string;
  #files = 0;
  #hasEnded = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Lets some more come, as the queries go on: a slow machine has less to do. */
  arrive(): void {
    for (let count = 0; count < FILES && !this.#hasEnded; count++) {
      const first = this.#files++ * LINES;
      const numbers = Array.from({ length: LINES }, (_, at) => first + at);
      const file = `${this.#folder}/${first}`;
      Deno.writeTextFileSync(file, numbers.join("\n") + "\n");
      Deno.renameSync(file, `${this.#folder}/in/${first}.txt`);
    }
  }

  /** Lets no more come; gives how many there were. */
  end(): number {
    this.#hasEnded = true;
    return this.#files * LINES;
  }
}

/** One run of the program, and what it prints. */
class Driver {
  readonly #child: Deno.ChildProcess;
  readonly #lines: string[] = [];
  #wake = Promise.withResolvers<void>();
  #hasEnded = false;

  constructor(folder: string, incoming: Incoming) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", DRIVER.href, folder],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    incoming.arrive();
    void this.#read(incoming);
  }

  /** Waits for a batch that has not been there. */
  async nextBatch(): Promise<void> {
    this.#lines.splice(0);
    await this.#line("batch ");
  }

  /** Kills one of the processes below it; false where there is none, such as in the moment after another kill. */
  async kill(victim: "worker" | "executor", at: number): Promise<boolean> {
    const mark = victim === "worker"
      ? / serve /
      : /CoarseGrainedExecutorBackend/;
    const found = descendants(this.#child.pid)
      .filter((pid) => mark.test(`${commandOf(pid)} `));
    const pid = found[Math.floor(at * found.length)];
    if (pid === undefined) return false;
    try {
      Deno.kill(pid, "SIGKILL");
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false; // ended by itself
      throw error;
    }
    await gone([pid]);
    return true;
  }

  /** Lets the queries come to their end, and gives what their sinks hold. */
  async held(): Promise<Held[]> {
    await this.#child.stdin.close();
    const line = await this.#line("held ");
    await this.#child.status;
    return JSON.parse(line.slice("held ".length));
  }

  /** Kills it, and waits for all that it started. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    const below = descendants(this.#child.pid);
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended meanwhile
    }
    await gone([this.#child.pid, ...below]);
    await this.#child.status;
  }

  async #line(prefix: string): Promise<string> {
    for (;;) {
      const found = this.#lines.find((line) => line.startsWith(prefix));
      if (found !== undefined) return found;
      if (this.#hasEnded) throw new Error("The program has ended by itself");
      const isTold = await withTimeout(
        BATCH_MS,
        this.#wake.promise.then(() => true),
      );
      if (isTold !== true) throw new Error("The program prints nothing more");
      this.#wake = Promise.withResolvers();
    }
  }

  async #read(incoming: Incoming): Promise<void> {
    let rest = "";
    const texts = this.#child.stdout.pipeThrough(new TextDecoderStream());
    for await (const text of texts) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.#lines.push(...lines);
      if (lines.some((line) => line.startsWith("batch "))) incoming.arrive();
      this.#wake.resolve();
    }
    this.#hasEnded = true;
    this.#wake.resolve();
  }
}

/** Whether each line came once, and came right. */
export function isExact({ lines, held }: Outcome): boolean {
  return held.length === 2 &&
    held.every(({ rows, different, right }) =>
      [rows, different, right].every((count) => count === lines)
    );
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "100" },
      seed: { type: "string" },
    },
  });
  const seed = Number(values.seed ?? anySeed());
  console.log(`${values.kills} kills of seed ${seed}`);
  const start = performance.now();
  const outcome = await exactlyOnce(Number(values.kills), seed);
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(JSON.stringify({ ...outcome, seconds }));
  if (!isExact(outcome)) Deno.exit(1);
}
