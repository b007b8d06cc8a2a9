/**
 * Writes the text that the jobs read: words drawn by Zipf's law from a seeded
 * generator, so that every machine has the same file.
 *
 * @module
 */

/** Name of a size of the generated text. */
export type TextSize = "small" | "full" | "huge";

/** Lines of the generated text, by its size. */
export const TEXT_LINES: Readonly<Record<TextSize, number>> = {
  small: 360_000, // about 12 MB
  full: 3_600_000, // about 120 MB
  huge: 36_000_000, // about 1.2 GB
};

/** Goes into the file's name: change it whenever the text changes. */
const TEXT_VERSION = 1;
const SEED = 20_260_101;
/** Distinct words that can occur; the full text holds nearly all of them. */
const VOCABULARY = 700_000;
const MIN_WORDS_PER_LINE = 4;
const MAX_WORDS_PER_LINE = 15;
/** Bytes written at once. */
const CHUNK_BYTES = 1 << 20;
const SPACE = 0x20;
const NEWLINE = 0x0a;

/**
 * Returns the path of the text of the given size, made now unless it is there.
 *
 * @param size a name of {@link TEXT_LINES}
 * @param folder where the texts are kept
 */
export async function generateText(
  size: TextSize,
  folder: string,
): Promise<string> {
  const path = `${folder}/zipf_${size}_v${TEXT_VERSION}.txt`;
  try {
    await Deno.stat(path);
    return path;
  } catch {
    await Deno.mkdir(folder, { recursive: true });
  }
  const temporary = await Deno.makeTempFile({ dir: folder });
  await writeText(temporary, TEXT_LINES[size]);
  await Deno.rename(temporary, path);
  return path;
}

async function writeText(path: string, lines: number): Promise<void> {
  using file = await Deno.open(path, { write: true, truncate: true });
  const random = randomNumbers(SEED);
  const words = makeWords(VOCABULARY);
  const sums = zipfSums(VOCABULARY);
  const chunk = new Uint8Array(CHUNK_BYTES);
  let used = 0;
  for (let line = 0; line < lines; line++) {
    const count = MIN_WORDS_PER_LINE +
      Math.floor(random() * (MAX_WORDS_PER_LINE - MIN_WORDS_PER_LINE + 1));
    if (used + count * 16 > CHUNK_BYTES) {
      file.writeSync(chunk.subarray(0, used));
      used = 0;
    }
    for (let index = 0; index < count; index++) {
      const word = words[rankOf(random(), sums)] ?? EMPTY;
      chunk.set(word, used);
      used += word.length;
      chunk[used++] = index === count - 1 ? NEWLINE : SPACE;
    }
  }
  file.writeSync(chunk.subarray(0, used));
}

const EMPTY: Uint8Array = new Uint8Array();

/** Words by rank, the short ones first as in a language: a … z, aa … zz, aaa … */
function makeWords(count: number): Uint8Array[] {
  const words: Uint8Array[] = [];
  for (let rank = 1; rank <= count; rank++) {
    const letters: number[] = [];
    for (let rest = rank; rest > 0; rest = Math.floor((rest - 1) / 26)) {
      letters.unshift(0x61 + (rest - 1) % 26);
    }
    words.push(Uint8Array.from(letters));
  }
  return words;
}

/** Sums of 1/1 + 1/2 + … up to each rank, as shares of the whole. */
function zipfSums(count: number): Float64Array {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < count; index++) {
    sum += 1 / (index + 1);
    sums[index] = sum;
  }
  return sums.map((value) => value / sum);
}

/** First index whose sum reaches `share`. */
function rankOf(share: number, sums: Float64Array): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] ?? 1) < share) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mulberry32: 32 bits of state, the same numbers everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
