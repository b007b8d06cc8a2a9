import assert from "node:assert/strict";
import { type SparkContext, WorkerError } from "../../mod.ts";
import { withTimeout } from "../../src/common/deadline.ts";
import { gone } from "../integration/processes.ts";

const DEADLINE_MS = 60_000;

/** The Spark that a fault needs: faults of one kind share a session, those of their own have none. */
export type SessionKind =
  | "local"
  | "limited"
  | "small disk"
  | "cluster"
  | "own";

/** One thing that goes wrong, and what has to come of it. */
export interface Fault {
  readonly name: string;
  /** What is done, for the table. */
  readonly done: string;
  readonly session: Exclude<SessionKind, "own">;
  /**
   * Does it, and checks that the result is exact or the error is clear.
   *
   * @returns what the user saw
   */
  run(scene: Scene): Promise<string>;
}

/** What a fault has to work with. */
export class Scene implements Disposable {
  /** The shared session's context. */
  readonly sc: SparkContext;
  /** An empty folder of its own, for word from the workers and to them. */
  readonly folder: string;
  readonly #watch: Deno.FsWatcher;

  /**
   * @param sc the shared session's context
   * @param folder an empty folder
   */
  constructor(sc: SparkContext, folder: string) {
    this.sc = sc;
    this.folder = folder;
    this.#watch = Deno.watchFs(folder);
  }

  /** Resolves with the process ids that workers gave, each as an empty file, when there are so many. */
  async running(count: number = 1): Promise<number[]> {
    const pids = (): number[] =>
      [...Deno.readDirSync(this.folder)]
        .map(({ name }) => Number(name)).filter(Number.isInteger);
    const all = (async (): Promise<number[]> => {
      if (pids().length >= count) return pids();
      for await (const _ of this.#watch) {
        if (pids().length >= count) return pids();
      }
      return [];
    })();
    const found = await withTimeout(DEADLINE_MS, all) ?? [];
    assert.ok(found.length >= count, "workers run");
    return found;
  }

  /** Stops to watch the folder. */
  [Symbol.dispose](): void {
    this.#watch.close();
  }
}

/**
 * Expects an action to fail in a worker, with a message that names the partition.
 *
 * @param action what is under way
 * @param condition the error's condition
 * @param message what the message matches
 * @returns the message
 */
export async function failsClearly(
  action: Promise<unknown>,
  condition: string,
  message: RegExp,
): Promise<string> {
  const error = await caught(action);
  assert.ok(error instanceof WorkerError, Deno.inspect(error).slice(0, 2000));
  assert.equal(error.condition, condition, error.message);
  assert.match(error.message, message);
  assert.match(error.message, /in partition \d+ of stage \d+/);
  return error.message;
}

/** What an action throws; it must throw, and before a deadline. */
export async function caught(action: Promise<unknown>): Promise<unknown> {
  const nothing = {};
  const error = await withTimeout(
    DEADLINE_MS,
    action.then(() => nothing, (thrown: unknown) => thrown ?? null),
  );
  assert.notEqual(error, undefined, "the action ends");
  assert.notEqual(error, nothing, "the action fails");
  return error;
}

/**
 * Cancels an action once its workers run: it must throw the signal's own
 * reason, and they must be gone.
 *
 * @param scene where the workers tell their process ids
 * @param workers how many there are
 * @param start starts the action
 * @param before what is done to the workers before
 */
export async function cancels(
  scene: Scene,
  workers: number,
  start: (signal: AbortSignal) => Promise<unknown>,
  before: (pids: readonly number[]) => void = () => {},
): Promise<void> {
  const controller = new AbortController();
  const action = caught(start(controller.signal));
  const pids = await scene.running(workers);
  before(pids);
  const reason = new Error("took too long");
  controller.abort(reason);
  assert.equal(await action, reason);
  await gone(pids);
}
