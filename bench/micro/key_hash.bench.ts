import { Bench } from "tinybench";
import { KeyHasher } from "../../src/serde/key_hasher.ts";

const KEYS = 10_000;

/** Hashing 10,000 keys of several kinds. */
export default function keyHash(): Promise<
  { bench: Bench; close(): Promise<void> }
> {
  const bench = new Bench();
  const kinds: Readonly<Record<string, (index: number) => unknown>> = {
    "whole numbers": (index) => index,
    "strings": (index) => `word${index}`,
    "pairs": (index) => [`word${index}`, index],
  };
  for (const [name, make] of Object.entries(kinds)) {
    const keys = Array.from({ length: KEYS }, (_, index) => make(index));
    const hasher = new KeyHasher();
    bench.add(`hash ${name}`, () => {
      for (const key of keys) hasher.hash(key);
    });
  }
  return Promise.resolve({ bench, close: () => Promise.resolve() });
}
