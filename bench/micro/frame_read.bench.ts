import type { ByteReader } from "../../src/common/byte_reader.ts";
import { FrameSplitter } from "../../src/protocol/frame.ts";
import { replay, toFrames } from "./samples.ts";
import type { MicroRow, MicroSuite } from "./suite.ts";

const BYTES = 1 << 20; // what one read of a busy socket brings
const CHUNK_BYTES = 64 << 10;
const SIZES: Readonly<Record<string, number>> = {
  "frames of 33 bytes": 33, // lines of text
  "frames of 1 KiB": 1 << 10,
  "frames of 128 KiB": 128 << 10, // record batches
};

/** Finding frames in a mebibyte as it came from a socket: the readers that driver and worker use. */
export default function frameRead(): MicroSuite {
  const rows = Object.entries(SIZES).map(([name, size]): MicroRow => {
    const count = Math.floor(BYTES / (4 + size));
    const payload = new Uint8Array(size).fill(0x61);
    const bytes = toFrames(Array.from({ length: count }, () => payload));
    const reader = replay(bytes);
    return {
      name,
      items: count,
      variants: {
        "FrameSplitter": () => split(bytes),
        "ByteReader": () => read(reader, count),
      },
      digest: (result) => result,
    };
  });
  return { item: "frame", rows };
}

function split(bytes: Uint8Array): number {
  const splitter = new FrameSplitter();
  let total = 0;
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    for (const frame of splitter.push(chunk)) total += frame.length;
  }
  return total;
}

function read(reader: ByteReader, count: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) {
    const length = reader.readInt();
    reader.fill(length);
    total += reader.window.subarray(0, length).length;
    reader.skip(length);
  }
  return total;
}
