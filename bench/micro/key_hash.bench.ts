import { hashKey } from "../../src/bridge/hash_key.ts";
import { encodeKey } from "../../src/serde/keys/key_encoding.ts";
import { KeyHasher } from "../../src/serde/keys/key_hasher.ts";
import { KeyWriter } from "../../src/serde/keys/key_writer.ts";
import { makeSamples, sampleWord } from "./samples.ts";
import type { MicroRow, MicroSuite } from "./suite.ts";

const KEYS = 5_000;
const KINDS: Readonly<Record<string, (index: number) => unknown>> = {
  "whole numbers": (index) => index,
  "fractions": (index) => index / 7,
  "short strings": sampleWord,
  "strings of 60 characters": (index) => sampleWord(index).padEnd(60, "-"),
  "[string, number]": (index) => [sampleWord(index), index],
  "objects": (index) => ({ name: sampleWord(index), id: index }),
};
const LENGTHS: readonly number[] = [9, 32, 1_024];

/** Keys to hashes: as a shuffle does it, only the encoding of it, and only the hash of encoded bytes. */
export default function keyHash(): MicroSuite {
  const rows = Object.entries(KINDS).flatMap(([kind, make]): MicroRow[] => {
    const keys = makeSamples(KEYS, make);
    const hasher = new KeyHasher();
    const writer = new KeyWriter();
    return [
      {
        name: `encode and hash ${kind}`,
        items: KEYS,
        variants: {
          "twin": () => {
            let sum = 0;
            for (const key of keys) sum = (sum + hasher.hash(key)) | 0;
            return sum;
          },
        },
      },
      {
        name: `encode ${kind}`,
        items: KEYS,
        variants: {
          "twin": () => {
            let sum = 0;
            for (const key of keys) {
              writer.clear();
              encodeKey(key, writer);
              sum = (sum + (writer.bytes[writer.length - 1] ?? 0)) | 0;
            }
            return sum;
          },
        },
      },
    ];
  });
  return {
    item: "key",
    rows: [...rows, ...LENGTHS.map(hashRow)],
    note: "The addon has no routine for hashes: all is TypeScript",
  };
}

function hashRow(length: number): MicroRow {
  const bytes = new Uint8Array(length * KEYS).map((_, at) => at * 31);
  return {
    name: `hash ${length} encoded bytes`,
    items: KEYS,
    variants: {
      "twin": () => {
        let sum = 0;
        for (let at = 0; at < bytes.length; at += length) {
          sum = (sum + hashKey(bytes, at, at + length)) | 0;
        }
        return sum;
      },
    },
  };
}
