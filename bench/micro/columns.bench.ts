import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { makeSamples, sampleWord, SHAPES } from "./samples.ts";
import type { MicroRow, MicroSuite } from "./suite.ts";

const RECORDS = 4_000;

/** Shapes that have a form in columns, and one that shows what looking for it costs. */
const COLUMN_SHAPES: Readonly<Record<string, (index: number) => unknown>> = {
  "strings": sampleWord,
  "long strings": (index) => `${sampleWord(index)} `.repeat(12),
  "strings beyond ASCII": (index) => `wörter ${index % 977} – schön`,
  "[string, number]": (index) => [sampleWord(index), index],
  "[string, fraction]": (index) => [sampleWord(index), index / 7],
  "objects (no columns)": SHAPES["nested objects"] ?? sampleWord,
};

/** Batches of records as they travel, in columns where their shape has them, beside the same records as CBOR. */
export default function columns(): MicroSuite {
  const rows = Object.entries(COLUMN_SHAPES).flatMap(
    ([shape, make]): MicroRow[] => {
      const records = makeSamples(RECORDS, make);
      const batches = new RecordCodec();
      const cbor = createCborCodec();
      const batch = batches.encodeBatch(records).slice();
      const plain = cbor.encode(records).slice();
      return [
        {
          name: `encode ${shape}`,
          items: RECORDS,
          variants: {
            "RecordCodec": () => batches.encodeBatch(records).length,
            "CBOR": () => cbor.encode(records).length,
          },
        },
        {
          name: `decode ${shape}`,
          items: RECORDS,
          variants: {
            "RecordCodec": () => batches.decodeBatch(batch),
            "CBOR": () => cbor.decode(plain),
          },
          digest: (result) => result,
        },
      ];
    },
  );
  return { item: "record", rows };
}
