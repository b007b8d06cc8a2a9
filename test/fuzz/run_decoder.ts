import { type Decode, type FuzzDecoder, isRefusal } from "./decoder.ts";
import { InputMaker } from "./mutate.ts";

/** Longest that one input of at most 8 KiB may take, in milliseconds, in the best of several tries: other programs run too. */
export const MAX_INPUT_MS = 100;

const TRIES = 5;
const PROGRESS_MS = 500;

/** What happened so far. */
export interface FuzzProgress {
  /** Inputs done. */
  readonly inputs: number;
  /** How many of them were refused. */
  readonly refused: number;
}

/** An input that did what it must not. */
export interface Finding {
  /** The input's number, which makes it again together with the run's seed. */
  readonly number: number;
  /** What went wrong. */
  readonly what: string;
  /** The input in hexadecimal digits. */
  readonly hex: string;
}

/** What to run. */
export interface FuzzRun {
  /** The run's seed. */
  readonly seed: number;
  /** Number of the first input. */
  readonly first: number;
  /** How many inputs. */
  readonly inputs: number;
  /** Called now and then. */
  readonly onProgress?: (progress: FuzzProgress) => void;
}

/**
 * Gives a decoder its inputs.
 *
 * @returns the first finding, or how it went
 */
export async function runDecoder(
  decoder: FuzzDecoder,
  { seed, first, inputs, onProgress }: FuzzRun,
): Promise<Finding | FuzzProgress> {
  const maker = new InputMaker(decoder.seeds(), seed);
  const decode = decoder.prepare();
  let refused = 0;
  let told = performance.now();
  for (let done = 0; done < inputs; done++) {
    const number = first + done;
    const input = maker.make(number);
    const start = performance.now();
    try {
      const pending = decode(input.bytes, input.choose);
      if (pending !== undefined) await pending;
    } catch (error) {
      if (!isRefusal(error)) return finding(maker, number, describe(error));
      refused++;
    }
    const end = performance.now();
    if (end - start > MAX_INPUT_MS) {
      const ms = await bestTime(decode, maker, number);
      if (ms > MAX_INPUT_MS) {
        return finding(maker, number, `took ${Math.round(ms)} ms`);
      }
    }
    if (end - told > PROGRESS_MS) {
      told = end;
      onProgress?.({ inputs: done + 1, refused });
    }
  }
  return { inputs, refused };
}

async function bestTime(
  decode: Decode,
  maker: InputMaker,
  number: number,
): Promise<number> {
  let best = Infinity;
  for (let left = TRIES; left > 0 && best > MAX_INPUT_MS; left--) {
    const { bytes, choose } = maker.make(number);
    const start = performance.now();
    try {
      await decode(bytes, choose);
    } catch {
      // Refused, as before.
    }
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function finding(maker: InputMaker, number: number, what: string): Finding {
  return { number, what, hex: maker.make(number).bytes.toHex() };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
