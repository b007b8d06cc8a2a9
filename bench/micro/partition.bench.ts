import type { StageOutput } from "../../src/protocol/command.ts";
import { LOCKED_BUILTINS } from "../../worker/task/builtins.ts";
import { KeyHasher } from "../../src/serde/keys/key_hasher.ts";
import { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { openOutput } from "../../worker/rdd/record_output.ts";
import { makeSamples, sampleObject, sampleWord } from "./samples.ts";
import type { MicroRow, MicroSuite } from "./suite.ts";

const RECORDS = 20_000;
const PARTITIONS: readonly number[] = [8, 200];
const PAIRS: Readonly<Record<string, (index: number) => [unknown, unknown]>> = {
  "[string, number]": (index) => [sampleWord(index), index],
  "[number, number]": (index) => [index, 1],
  "[[string, number], string]": (index) => [[sampleWord(index), index], "x"],
  "[string, object]": (index) => [sampleWord(index), sampleObject(index)],
};

/** Pairs to the partitions of a shuffle: only finding the partition, and with the batches written as the JVM takes them. */
export default function partition(): MicroSuite {
  const rows = Object.entries(PAIRS).flatMap(([kind, make]): MicroRow[] => {
    const pairs = makeSamples(RECORDS, make);
    const hasher = new KeyHasher();
    return PARTITIONS.flatMap((partitions) => [
      {
        name: `hash % ${partitions}, ${kind}`,
        items: RECORDS,
        variants: { "twin": () => count(hasher, pairs, partitions) },
      },
      {
        name: `shuffle to ${partitions}, ${kind}`,
        items: RECORDS,
        variants: { "twin": () => shuffle(hasher, pairs, partitions) },
      },
    ]);
  });
  return {
    item: "record",
    rows,
    note: "The addon has no routine for partitions: all is TypeScript",
  };
}

function count(
  hasher: KeyHasher,
  pairs: readonly (readonly [unknown, unknown])[],
  partitions: number,
): Uint32Array {
  const counts = new Uint32Array(partitions);
  for (const pair of pairs) {
    const index = hasher.hash(pair[0]) % partitions;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function shuffle(
  hasher: KeyHasher,
  pairs: readonly (readonly [unknown, unknown])[],
  partitions: number,
): number {
  let bytes = 0;
  const rule: StageOutput<unknown> = {
    kind: "shuffle",
    partitions,
    rule: { kind: "hash" },
    site: "a benchmark",
  };
  const output = openOutput({
    builtins: LOCKED_BUILTINS,
    write: (piece) => bytes += piece.length,
    codec: new RecordCodec(),
    hasher,
    own: "all",
    partition: 0,
    pair: () => {},
  }, rule);
  for (const pair of pairs) output.emit(pair);
  output.finish();
  return bytes;
}
