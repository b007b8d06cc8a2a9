/**
 * Data that several suites work on, the same on every machine.
 *
 * @module
 */
import { ByteReader } from "../../src/common/byte_reader.ts";

/** Makes the record of an index. */
export type Sample = (index: number) => unknown;

/** Records by shape: what jobs send most, and what costs most. */
export const SHAPES: Readonly<Record<string, Sample>> = {
  "whole numbers": (index) => index * 7,
  "fractions": (index) => index / 7,
  "strings": sampleWord,
  "strings beyond ASCII": (index) => `wörter ${index % 977} – schön`,
  "[string, number]": (index) => [sampleWord(index), index],
  "[string, [number, …]]": (index) => [
    sampleWord(index),
    [index, index + 1, index + 2, index / 7],
  ],
  "nested objects": sampleObject,
  "bigints": (index) => 2n ** 40n + BigInt(index),
  "Maps": (index) =>
    new Map<string, unknown>([
      [sampleWord(index), index],
      [sampleWord(index + 1), "x"],
    ]),
};

/** One of 977 short words. */
export function sampleWord(index: number): string {
  return `word${index % 977}`;
}

/** A JSON-like object of three levels. */
export function sampleObject(index: number): Record<string, unknown> {
  return {
    id: index,
    name: sampleWord(index),
    isActive: index % 2 === 0,
    score: index / 3,
    tags: ["a", sampleWord(index + 7)],
    address: {
      city: sampleWord(index + 11),
      at: { latitude: index / 11, longitude: 5.5 - index / 13 },
    },
  };
}

/** Makes records of the indices from 0. */
export function makeSamples<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** The indices from 0 in an order that looks like chance; each once. */
export function scattered(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = 20_260_101;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor(state / 2 ** 32 * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a === undefined || b === undefined) continue;
    order[i] = b;
    order[j] = a;
  }
  return order;
}

/**
 * Payloads as the JVM sends them.
 *
 * Layout: frames (int32 BE length, payload), then `end` as an int32 if given.
 */
export function toFrames(
  payloads: readonly Uint8Array[],
  end?: number,
): Uint8Array {
  const size = payloads.reduce((sum, payload) => sum + 4 + payload.length, 0);
  const bytes = new Uint8Array(size + (end === undefined ? 0 : 4));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const payload of payloads) {
    view.setInt32(at, payload.length);
    bytes.set(payload, at + 4);
    at += 4 + payload.length;
  }
  if (end !== undefined) view.setInt32(at, end);
  return bytes;
}

/** A reader that gets the same bytes again whenever it has read all of them, so that no call pays for its buffer. */
export function replay(bytes: Uint8Array): ByteReader {
  let at = 0;
  return new ByteReader({
    read(into) {
      if (at === bytes.length) at = 0;
      const size = Math.min(into.length, bytes.length - at);
      into.set(bytes.subarray(at, at + size));
      at += size;
      return size;
    },
  });
}
