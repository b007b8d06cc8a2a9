import { Decoder, Encoder } from "cbor-x/decode"; // under this name there is all but its native part
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { makeSamples, SHAPES } from "./samples.ts";
import type { MicroRow, MicroSuite } from "./suite.ts";

const RECORDS = 2_000;

/**
 * Arrays of records to CBOR and back, beside a library that keeps less (see
 * `cbor.ts`), with shared structures, as it is meant to be used: names of
 * properties are sent once, and read by code that is made for them.
 */
export default function cbor(): MicroSuite {
  const rows = Object.entries(SHAPES).flatMap(([shape, make]): MicroRow[] => {
    const records = makeSamples(RECORDS, make);
    const codec = createCborCodec();
    const structures: object[] = [];
    const options = {
      useRecords: true,
      structures,
      mapsAsObjects: shape !== "Maps",
      tagUint8Array: false,
    };
    const encoder = new Encoder(options);
    const decoder = new Decoder(options);
    const ours = codec.encode(records).slice();
    const theirs = Uint8Array.from(encoder.encode(records));
    return [
      {
        name: `encode ${shape}`,
        items: RECORDS,
        variants: {
          "tspark": () => codec.encode(records).length,
          "cbor-x": () => encoder.encode(records).length,
        },
      },
      {
        name: `decode ${shape}`,
        items: RECORDS,
        variants: {
          "tspark": () => codec.decode(ours),
          "cbor-x": () => decoder.decode(theirs),
        },
        digest: (result) => result,
      },
    ];
  });
  return { item: "record", rows };
}
