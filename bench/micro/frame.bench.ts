import { Bench } from "tinybench";
import { FrameSplitter } from "../../src/protocol/frame.ts";

const BYTES = 4 << 20;
const FRAME_BYTES = 33; // a line of text
const CHUNK_BYTES = 64 << 10;

/** Splitting 4 MiB of small frames, cut into chunks as a socket gives them. */
export default function frame(): Promise<
  { bench: Bench; close(): Promise<void> }
> {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  let end = 0;
  while (end + 4 + FRAME_BYTES <= BYTES) {
    view.setInt32(end, FRAME_BYTES);
    end += 4 + FRAME_BYTES;
  }
  const bench = new Bench();
  bench.add("split 4 MiB into frames of 33 bytes", () => {
    const splitter = new FrameSplitter();
    for (let at = 0; at < end; at += CHUNK_BYTES) {
      splitter.push(bytes.subarray(at, Math.min(end, at + CHUNK_BYTES)));
    }
  });
  return Promise.resolve({ bench, close: () => Promise.resolve() });
}
