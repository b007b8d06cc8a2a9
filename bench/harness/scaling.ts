/**
 * One job over texts of several sizes, on all cores or held to some.
 *
 * @module
 */
import { WORD_COUNT_TEXT_FILE } from "../definitions/word_count_text_file.ts";
import type { EngineCommand } from "./engine_process.ts";
import { summarize, type Timings } from "./statistics.ts";
import { WarmEngine } from "./warm_engine.ts";

/** A text, and the cores that all processes may use. */
export interface ScalingCase {
  /** The case in a table. */
  readonly title: string;
  /** The text's path. */
  readonly file: string;
  /** Its size. */
  readonly bytes: number;
  /** What `taskset -c` takes; null for all cores. */
  readonly cores: string | null;
  /** The result's checksum; undefined where it is not known. */
  readonly expected: string | undefined;
}

/** What a case took. */
export interface ScalingResult {
  /** The case in a table. */
  readonly title: string;
  /** Size of the text. */
  readonly bytes: number;
  /** Names the result. */
  readonly checksum: string;
  /** Seconds of the timed runs. */
  readonly timings: Timings;
  /** Most memory that one worker held, in MiB. */
  readonly workerMiB: number | undefined;
}

/**
 * Runs the word count over `textFile` once untimed and then `runs` times, in a
 * new engine.
 *
 * @throws Error when a result is another than expected
 */
export async function measureScaling(
  { engine, command, env }: EngineCommand,
  one: ScalingCase,
  runs: number,
): Promise<ScalingResult> {
  const held = one.cores === null ? [] : ["taskset", "-c", one.cores];
  await using warm = new WarmEngine({
    engine,
    command: [...held, ...command],
    env,
  });
  await warm.start();
  const seconds: number[] = [];
  let checksum = "";
  let most: number | undefined;
  for (let run = 0; run <= runs; run++) {
    const { name } = WORD_COUNT_TEXT_FILE;
    const result = await warm.run(name, name, one.file, 0);
    checksum = result.checksum;
    if (one.expected !== undefined && checksum !== one.expected) {
      throw new Error(
        `${one.title} gave ${checksum}, and ${one.expected} is right`,
      );
    }
    if (run === 0) continue;
    seconds.push(result.seconds[name] ?? NaN);
    if (result.workerMiB !== undefined) {
      most = Math.max(most ?? 0, result.workerMiB);
    }
  }
  return {
    title: one.title,
    bytes: one.bytes,
    checksum,
    timings: summarize(seconds),
    workerMiB: most,
  };
}
