/**
 * The cutting of streams: whatever the chunks are, the pieces are the same.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { fallbackKernels } from "../../../src/bridge/kernels_fallback.ts";
import { loadKernels } from "../../../src/bridge/kernels.ts";
import { UpdateReader } from "../../../src/driver/runtime/accumulator_server.ts";
import { decodeAccumulatorUpdate } from "../../../src/protocol/accumulator_update.ts";
import { SparkError } from "../../../src/common/errors.ts";
import type { StageInput } from "../../../src/protocol/command.ts";
import { FrameSplitter } from "../../../src/protocol/frame.ts";
import { RecordCodec } from "../../../src/serde/records/record_batch.ts";
import { openInput } from "../../../worker/rdd/record_input.ts";
import { chunkedReader, wholeReader } from "../chunked_reader.ts";
import type { FuzzDecoder } from "../decoder.ts";

/** Frames of results that the JVM serves, cut two ways. */
export const FRAMES: FuzzDecoder = {
  name: "frames",
  covers: ["src/protocol/frame.ts"],
  seeds: frameSeeds,
  prepare: () => (bytes, choose) => {
    const endMark = choose(2) === 0;
    const whole = outcome(() => split(bytes, endMark, () => bytes.length));
    const pieces = outcome(() => split(bytes, endMark, () => 1 + choose(16)));
    compare(pieces, whole);
    if ("error" in whole) throw whole.error;
  },
};

type Outcome = { readonly value: unknown } | { readonly error: Error };

/** What was made, or the refusal; other errors go on. */
function outcome(make: () => unknown): Outcome {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof SparkError) return { error };
    throw error;
  }
}

/** Equal values, or refusals for the same reason: the numbers in a message may differ. */
function compare(got: Outcome, wanted: Outcome): void {
  const reason = (it: Outcome): unknown =>
    "error" in it && it.error instanceof SparkError ? it.error.condition : it;
  assert.deepEqual(reason(got), reason(wanted));
}

const INPUTS: readonly StageInput[] = [
  { kind: "text" },
  { kind: "bytes" },
  { kind: "pair", first: "text", second: "bytes" },
];

function split(
  bytes: Uint8Array,
  endMark: boolean,
  size: () => number,
): string[] {
  const splitter = new FrameSplitter({ endMark, maxBytes: 1 << 20 });
  const frames: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + size();
    for (const frame of splitter.push(bytes.slice(at, end))) {
      frames.push(frame.toHex());
    }
    at = end;
  }
  splitter.finish();
  return frames;
}

/** Texts of a stage's input by Rust and by TypeScript. */
export const KERNELS: FuzzDecoder = {
  name: "kernels",
  covers: [
    "native/core/src/frame.rs",
    "native/core/src/text.rs",
    "src/bridge/kernels_fallback.ts",
  ],
  seeds: frameSeeds,
  prepare() {
    const { kernels, reason } = loadKernels();
    if (reason !== null) throw new Error(`there is no addon: ${reason}`);
    const twin = fallbackKernels();
    const [out, ownOut] = [new Uint8Array(64), new Uint8Array(64)];
    const [ends, ownEnds] = [new Uint32Array(8), new Uint32Array(8)];
    return (bytes, choose) => {
      const space = out.subarray(0, choose(65));
      const places = ends.subarray(0, choose(9));
      const ownSpace = ownOut.subarray(0, space.length);
      const ownPlaces = ownEnds.subarray(0, places.length);
      const got = kernels.gatherText(bytes, space, places);
      const own = twin.gatherText(bytes, ownSpace, ownPlaces);
      assert.deepEqual(got, own);
      for (let i = 0; i < got.frames; i++) {
        if (places[i] !== ownPlaces[i]) assert.deepEqual(places, ownPlaces);
      }
    };
  },
};

/** The input of stages whose frames are texts, bytes or pairs, in pieces of any size. */
export const STAGE_INPUT: FuzzDecoder = {
  name: "stage-input",
  covers: ["worker/rdd/record_input.ts", "src/common/byte_reader.ts"],
  seeds: frameSeeds,
  prepare() {
    const tools = {
      kernels: loadKernels().kernels,
      codec: new RecordCodec(),
      textSpace: { out: new Uint8Array(32), ends: new Uint32Array(3) },
    };
    return async (bytes, choose) => {
      const input = INPUTS[choose(INPUTS.length)] ?? { kind: "text" };
      const read = async (reader: ByteReader): Promise<Outcome> => {
        const batches = await openInput({ ...tools, reader }, input);
        return outcome(() => [...batches].flat());
      };
      const whole = await read(wholeReader(bytes));
      const pieces = await read(chunkedReader(bytes, choose));
      compare(pieces, whole);
      if ("error" in whole) throw whole.error;
    };
  },
};

/** What the JVM brings to the server of accumulators. */
export const ACCUMULATORS: FuzzDecoder = {
  name: "accumulators",
  covers: [
    "src/driver/runtime/accumulator_server.ts",
    "src/protocol/accumulator_update.ts",
  ],
  seeds() {
    const update = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 5, 0xf6]);
    const tasks = new ByteWriter().writeInt(2).writeSizedBytes(update)
      .writeSizedBytes(update).writeInt(0).writeInt(1).writeSizedBytes(update)
      .finish();
    return [
      tasks,
      new ByteWriter().writeBytes(TOKEN).writeBytes(tasks).finish(),
    ];
  },
  prepare: () => (bytes, choose) => {
    const token = choose(4) === 0 ? TOKEN : new Uint8Array(0);
    const whole = updates(token, bytes, () => bytes.length);
    const pieces = updates(token, bytes, () => 1 + choose(24));
    assert.deepEqual(pieces, whole);
    for (const update of whole.tasks.flat()) {
      if (update.length >= 16) {
        decodeAccumulatorUpdate(Uint8Array.fromHex(update));
      }
    }
  },
};

const TOKEN = new TextEncoder().encode("s3cret");

function updates(
  token: Uint8Array,
  bytes: Uint8Array,
  size: () => number,
): { tasks: string[][]; isTrusted: boolean } {
  const reader = new UpdateReader(token);
  const tasks: string[][] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + size();
    const got = reader.push(bytes.subarray(at, end));
    if (got === null) return { tasks: [], isTrusted: false };
    for (const task of got) tasks.push(task.map((update) => update.toHex()));
    at = end;
  }
  return { tasks, isTrusted: true };
}

function frameSeeds(): Uint8Array[] {
  const texts = [["a", "", "hello"], ["ü", "😀", "\u0000"], []];
  return texts.flatMap((list) => {
    const writer = new ByteWriter();
    for (const text of list) writer.writeString(text);
    const open = writer.finish();
    return [open, new ByteWriter().writeBytes(open).writeInt(-1).finish()];
  });
}
