import type { ByteReader } from "../../src/common/byte_reader.ts";
import type { Kernels } from "../../src/bridge/kernel_types.ts";
import { MARKER } from "../../src/protocol/marker.ts";
import { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { openInput } from "../../worker/rdd/record_input.ts";
import { kernelChoice, mapKernels } from "./kernel_choice.ts";
import { makeSamples, replay, sampleWord, toFrames } from "./samples.ts";
import type { MicroRow, MicroSuite, Variant } from "./suite.ts";

const BYTES = 1 << 22;
const ASCII = "the quick brown fox jumps over it ";
const WIDE = "größere Häuser, 東京 and 🦊 füchse ";

/** Lines of text by kind; bytes as in {@link BYTES}. */
const LINES: Readonly<Record<string, (index: number) => string>> = {
  "ASCII, 33 characters": (index) => ASCII.slice(1) + index % 10,
  "ASCII, 8 characters": sampleWord,
  "ASCII, 1,000 characters": (index) => ASCII.repeat(29) + index,
  "beyond ASCII, 31 characters": (index) => WIDE + index % 10,
};

/** Frames of text to strings, as a stage reads them from its socket. */
export default function textDecode(): MicroSuite {
  const { kernels, ...rest } = kernelChoice();
  const encoder = new TextEncoder();
  const rows = Object.entries(LINES).flatMap(([name, make]): MicroRow[] => {
    const count = Math.floor(BYTES / (4 + encoder.encode(make(0)).length));
    const payloads = makeSamples(count, make).map((line) =>
      encoder.encode(line)
    );
    const bytes = toFrames(payloads, MARKER.END_OF_DATA_SECTION);
    const reader = replay(bytes);
    const digest = (result: unknown) => result;
    return [
      {
        name: `gather, ${name}`,
        items: count,
        variants: mapKernels(kernels, (each) => gather(each, bytes, count)),
        digest,
      },
      {
        name: `to strings, ${name}`,
        items: count,
        variants: {
          ...mapKernels(kernels, (each) => decode(each, reader)),
          "TextDecoder": () => decodeEach(reader),
        },
        digest,
      },
    ];
  });
  return { item: "line", rows, ...rest };
}

/** The bare routine. */
function gather(kernels: Kernels, bytes: Uint8Array, count: number): Variant {
  const out = new Uint8Array(bytes.length);
  const ends = new Uint32Array(count);
  return () => {
    kernels.gatherText(bytes, out, ends);
    return ends[count - 1];
  };
}

/** The worker's way. */
function decode(kernels: Kernels, reader: ByteReader): Variant {
  const codec = new RecordCodec();
  return async () => {
    const input = await openInput({ reader, kernels, codec }, { kind: "text" });
    let length = 0;
    for (const batch of input) {
      for (const line of batch) length += (line as string).length;
    }
    return length;
  };
}

/** The plain way: a call for each line. */
function decodeEach(reader: ByteReader): number {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let length = 0;
  for (let size = reader.readInt(); size >= 0; size = reader.readInt()) {
    reader.fill(size);
    length += decoder.decode(reader.window.subarray(0, size)).length;
    reader.skip(size);
  }
  return length;
}
