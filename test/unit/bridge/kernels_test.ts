import assert from "node:assert/strict";
import fc from "fast-check";
import { fallbackKernels } from "../../../src/bridge/kernels_fallback.ts";
import { loadKernels } from "../../../src/bridge/kernels.ts";
import type {
  GatheredText,
  Kernels,
} from "../../../src/bridge/kernel_types.ts";
import { neededAddon } from "./needed_addon.ts";

interface Outcome {
  readonly got: GatheredText;
  readonly out: Uint8Array;
  readonly ends: Uint32Array;
}

/** Runs a routine over spaces that tell what was left alone. */
function gather(
  routine: Kernels["gatherText"],
  source: Uint8Array,
  outSpace: number,
  endsSpace: number,
): Outcome {
  const out = new Uint8Array(outSpace).fill(0xaa);
  const ends = new Uint32Array(endsSpace).fill(7);
  return { got: routine(source, out, ends), out, ends };
}

function nativeKernels(): Kernels {
  neededAddon();
  const { kernels, reason } = loadKernels();
  assert.equal(reason, null);
  return kernels;
}

function framed(payloads: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(payloads.flatMap((payload) => {
    const head = new Uint8Array(4);
    new DataView(head.buffer).setInt32(0, payload.length);
    return [...head, ...payload];
  }));
}

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const payload = fc.oneof(
  text.map((value) => new TextEncoder().encode(value)),
  fc.uint8Array({ maxLength: 8 }),
);
const frames = fc.array(payload, { maxLength: 12 }).map(framed);
const textFrames = fc.array(text, { maxLength: 12 });
const source = fc.oneof(
  frames,
  fc.tuple(frames, fc.uint8Array({ maxLength: 12 }), fc.nat(400)).map(
    ([whole, tail, cut]) => Uint8Array.from([...whole.slice(0, cut), ...tail]),
  ),
  // Many small lengths, some negative ones.
  fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, 65, 0xc3, 0xbc, 0xff)).map(
    (bytes) => Uint8Array.from(bytes),
  ),
);

Deno.test("gatherText of the addon does what its twin does, for any source and space", () => {
  const native = nativeKernels();
  const twin = fallbackKernels();
  fc.assert(
    fc.property(source, fc.nat(300), fc.nat(14), (bytes, out, ends) => {
      assert.deepEqual(
        gather(native.gatherText, bytes, out, ends),
        gather(twin.gatherText, bytes, out, ends),
      );
    }),
    { numRuns: 1000 },
  );
});

Deno.test("gatherText cuts the decoded text where records end, however the source comes", () => {
  const routines = [nativeKernels(), fallbackKernels()];
  const chunks = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
  fc.assert(
    fc.property(textFrames, chunks, (texts, sizes) => {
      const bytes = framed(
        texts.map((value) => new TextEncoder().encode(value)),
      );
      for (const routine of routines) {
        assert.deepEqual(gatherAll(routine, bytes, sizes), texts);
      }
    }),
  );
});

/** Decodes text frames as a reader does to which the bytes come in chunks. */
function gatherAll(
  routine: Kernels,
  bytes: Uint8Array,
  sizes: readonly number[],
): string[] {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const out = new Uint8Array(1000);
  const ends = new Uint32Array(3);
  const texts: string[] = [];
  let at = 0;
  let came = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const got = routine.gatherText(bytes.subarray(at, came), out, ends);
    assert.ok(got.isValid);
    const joined = decoder.decode(out.subarray(0, got.bytes));
    let start = 0;
    for (const end of ends.subarray(0, got.frames)) {
      texts.push(joined.slice(start, end));
      start = end;
    }
    at += got.consumed;
    if (got.frames === 0) {
      assert.ok(came < bytes.length, "no progress with all bytes there");
      came = Math.min(bytes.length, came + (sizes[turn % sizes.length] ?? 1));
    }
  }
  return texts;
}

Deno.test("gatherText stops at each edge of the format", () => {
  const cases: readonly [
    string,
    number[],
    number,
    number,
    GatheredText,
    number[],
  ][] = [
    ["nothing", [], 9, 9, found(0, 0, 0), []],
    ["half a length", [0, 0, 0], 9, 9, found(0, 0, 0), []],
    ["empty frames", [0, 0, 0, 0, 0, 0, 0, 0], 9, 9, found(2, 8, 0), [0, 0]],
    ["half a frame", [0, 0, 0, 2, 65], 9, 9, found(0, 0, 0), []],
    ["-1", [0, 0, 0, 1, 65, 255, 255, 255, 255], 9, 9, found(1, 5, 1), [1]],
    ["huge", [0, 0, 0, 1, 65, 127, 255, 255, 255], 9, 9, found(1, 5, 1), [1]],
    ["no space", [0, 0, 0, 2, 65, 66], 1, 9, found(0, 0, 0), []],
    ["no ends", [0, 0, 0, 1, 65], 9, 0, found(0, 0, 0), []],
    ["two bytes", [0, 0, 0, 2, 0xc3, 0xbc], 9, 9, found(1, 6, 2), [1]],
    ["surrogates", [0, 0, 0, 4, 0xf0, 0x9f, 0x98, 0x80], 9, 9, found(1, 8, 4), [
      2,
    ]],
    ["invalid", [0, 0, 0, 2, 0xc3, 0x28], 9, 9, found(1, 6, 2, false), [2]],
    [
      "a character in two frames",
      [0, 0, 0, 1, 0xc3, 0, 0, 0, 1, 0xbc],
      9,
      9,
      found(2, 10, 2, false),
      [1, 2],
    ],
    ["overlong", [0, 0, 0, 2, 0xc0, 0x80], 9, 9, found(1, 6, 2, false), [2]],
    [
      "lone surrogate",
      [0, 0, 0, 3, 0xed, 0xa0, 0x80],
      9,
      9,
      found(1, 7, 3, false),
      [3],
    ],
  ];
  for (const routine of [nativeKernels(), fallbackKernels()]) {
    for (const [title, bytes, outSpace, endsSpace, want, wantEnds] of cases) {
      const source = Uint8Array.from(bytes);
      const { got, ends } = gather(
        routine.gatherText,
        source,
        outSpace,
        endsSpace,
      );
      assert.deepEqual(got, want, title);
      assert.deepEqual([...ends.subarray(0, want.frames)], wantEnds, title);
    }
  }
});

function found(
  frames: number,
  consumed: number,
  bytes: number,
  isValid = true,
): GatheredText {
  return { frames, consumed, bytes, isValid };
}
