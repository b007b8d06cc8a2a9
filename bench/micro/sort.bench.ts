import { compareKeys } from "../../src/serde/keys/compare.ts";
import { sortedOrder } from "../../worker/spill/key_sort.ts";
import { sampleWord, scattered } from "./samples.ts";
import type { MicroRow, MicroSuite } from "./suite.ts";

const KEYS = 20_000;
const KINDS: Readonly<Record<string, (index: number) => unknown>> = {
  "whole numbers": (index) => index,
  "fractions": (index) => index / 7,
  "strings, all different": (index) => `key${index}`,
  "strings, 977 different": sampleWord,
  "strings beyond UTF-16's order": (index) => `key🦊${index}`,
  "[string, number]": (index) => [sampleWord(index), index],
  "objects": (index) => ({ name: sampleWord(index), id: index }),
};

/** The order of scattered keys, as a sort's partition finds it, beside a plain sort of the keys by the general comparison. */
export default function sort(): MicroSuite {
  const order = scattered(KEYS);
  const rows = Object.entries(KINDS).map(([kind, make]): MicroRow => {
    const keys = order.map(make);
    return {
      name: kind,
      items: KEYS,
      variants: {
        "sortedOrder": () => sortedOrder(keys, 1),
        "toSorted(compareKeys)": () => keys.toSorted(compareKeys),
      },
      digest: (result) =>
        result instanceof Uint32Array
          ? Array.from(result, (at) => keys[at])
          : result,
    };
  });
  return {
    item: "key",
    rows,
    note: "The addon has no routine for sorting: all is TypeScript",
  };
}
