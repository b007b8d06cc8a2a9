import type { ByteReader } from "../../src/common/byte_reader.ts";
import { ProtocolError, WorkerError } from "../../src/common/errors.ts";
import type { StageInput } from "../../src/protocol/command.ts";
import { MAX_FRAME_BYTES } from "../../src/protocol/frame.ts";
import { checkLength } from "../../src/protocol/limits.ts";
import { MARKER } from "../../src/protocol/marker.ts";
import type { Kernels } from "../../src/bridge/kernel_types.ts";
import { readPickledBatch } from "../../src/serde/pickle/pickle_reader.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";

const TEXT_BATCH_BYTES = 1 << 20; // text decoded in one go: as much as one read of the socket brings
const TEXT_BATCH_RECORDS = 1 << 16;
const SKIP_BYTES = 8 << 20; // reading on costs less than a new worker up to about this much

/** What reading a stage's input takes. */
export interface InputTools {
  readonly reader: ByteReader;
  readonly kernels: Kernels;
  readonly codec: RecordCodec;
  /** Where texts are gathered, made anew without it. */
  readonly textSpace?: TextSpace;
}

/** Space for texts that are decoded in one go. */
export interface TextSpace {
  /** For their bytes. */
  readonly out: Uint8Array;
  /** For the end of each. */
  readonly ends: Uint32Array;
}

/**
 * The input of a stage, a list of records at a time, up to and with the mark
 * that ends the data section.
 *
 * Peer: `PythonRDD.writeIteratorToStream`, Spark 3.5 – 4.3.
 * Layout: frames (int32 length, payload), then -1.
 *
 * @param tools reader, addon and codec
 * @param input how the frames are to be read
 * @param isCounted whether only the lengths of the lists matter: their places may be empty
 */
export async function openInput(
  tools: InputTools,
  input: StageInput,
  isCounted = false,
): Promise<Iterable<unknown[]>> {
  switch (input.kind) {
    case "text":
      return textBatches(tools, isCounted);
    case "batch":
      if (isCounted) {
        return frames(
          tools.reader,
          (bytes) => new Array(tools.codec.countBatch(bytes)),
        );
      }
      return frames(tools.reader, (bytes) => tools.codec.decodeBatch(bytes));
    case "pickle":
      return frames(tools.reader, readPickledBatch);
    case "bytes":
      return frames(tools.reader, (bytes) => [bytes.slice()]);
    case "pair":
      return pairs(
        tools.reader,
        valueDecoder(input.first),
        valueDecoder(input.second),
      );
    case "zip":
      return pairedBatches(tools, zip);
    case "cartesian":
      return pairedBatches(tools, product);
    case "arrow": {
      // Loaded only here: most tasks never see Arrow.
      const { arrowInputDecoder } = await import(
        "../../src/serde/arrow/arrow_input.ts"
      );
      return frames(tools.reader, arrowInputDecoder(input));
    }
  }
}

/**
 * Reads past the frames that a stage left unread, up to the mark that ends
 * the data section.
 *
 * @returns false when that is not worth it: more than {@link SKIP_BYTES} are left
 */
export function skipInput(reader: ByteReader): boolean {
  for (let left = SKIP_BYTES; left > 0;) {
    const length = reader.readInt();
    if (length === MARKER.END_OF_DATA_SECTION) return true;
    if (length < 0 && length !== MARKER.NULL) throw unexpectedMarker(length);
    if (length >= 0) left -= takeFrame(reader, length).length + 4;
  }
  return false;
}

/** One frame after another; `decode` must not keep the bytes, which the next read overwrites. */
function* frames(
  reader: ByteReader,
  decode: (bytes: Uint8Array) => unknown[],
): Generator<unknown[]> {
  for (;;) {
    const length = reader.readInt();
    if (length < 0) {
      if (length === MARKER.END_OF_DATA_SECTION) return;
      throw unexpectedMarker(length);
    }
    yield decode(takeFrame(reader, length));
  }
}

/** Two batches in turn. Peer: `PythonRDD.writeIteratorToStream` for pairs of byte arrays. */
function* pairedBatches(
  { reader, codec }: InputTools,
  join: (left: unknown[], right: unknown[]) => Iterable<unknown[]>,
): Generator<unknown[]> {
  let left: unknown[] | null = null;
  for (const batch of frames(reader, (bytes) => codec.decodeBatch(bytes))) {
    if (left === null) {
      left = batch;
      yield []; // one frame at most for each batch, as AsyncInput needs
    } else {
      yield* join(left, batch);
      left = null;
    }
  }
}

function zip(left: unknown[], right: unknown[]): unknown[][] {
  if (left.length !== right.length) {
    throw new WorkerError(
      "ZIP_LENGTHS_DIFFER",
      `Can only zip RDDs with same number of elements in each partition: one batch has ${left.length} records, the other ${right.length}`,
      { left: left.length, right: right.length },
    );
  }
  return [left.map((record, i) => [record, right[i]])];
}

function* product(left: unknown[], right: unknown[]): Generator<unknown[]> {
  for (const a of left) yield right.map((b) => [a, b]);
}

/** Two frames in turn. Peer: `PythonRDD.writeIteratorToStream` for pairs. */
function* pairs(
  reader: ByteReader,
  first: (bytes: Uint8Array) => unknown,
  second: (bytes: Uint8Array) => unknown,
): Generator<unknown[]> {
  let isFirst = true;
  let left: unknown;
  const decode = (bytes: Uint8Array): unknown[] => {
    if (isFirst) left = first(bytes);
    const record = isFirst ? [] : [[left, second(bytes)]];
    isFirst = !isFirst;
    return record;
  };
  yield* frames(reader, decode);
}

/** Decodes a frame that is one value. */
function valueDecoder(form: "text" | "bytes"): (bytes: Uint8Array) => unknown {
  if (form === "bytes") return (bytes) => bytes.slice();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}

function takeFrame(reader: ByteReader, length: number): Uint8Array {
  checkLength(length, MAX_FRAME_BYTES, "a frame");
  if (!reader.fill(length)) {
    throw new ProtocolError(
      "FRAME_TRUNCATED",
      `Cannot read a frame of ${length} bytes: the JVM closed the connection after ${reader.window.length} bytes`,
      { wanted: length, got: reader.window.length },
    );
  }
  const frame = reader.window.subarray(0, length);
  reader.skip(length);
  return frame;
}

function* textBatches(
  { reader, kernels, textSpace }: InputTools,
  isCounted: boolean,
): Generator<unknown[]> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const { out, ends } = textSpace ?? {
    out: new Uint8Array(TEXT_BATCH_BYTES),
    ends: new Uint32Array(TEXT_BATCH_RECORDS),
  };
  for (;;) {
    if (!reader.fill(4)) {
      throw new ProtocolError(
        "BYTES_TRUNCATED",
        "Cannot read a frame: the JVM closed the connection before the end of the data section",
      );
    }
    const got = kernels.gatherText(reader.window, out, ends);
    if (got.frames > 0) {
      reader.skip(got.consumed);
      const batch = isCounted
        ? new Array<unknown>(got.frames)
        : got.isValid
        ? slices(decoder.decode(out.subarray(0, got.bytes)), ends, got.frames)
        : decodeEach(decoder, out, ends, got.frames);
      yield batch;
      continue;
    }
    const length = reader.readInt();
    if (length === MARKER.END_OF_DATA_SECTION) return;
    if (length === MARKER.NULL) yield [null];
    else if (length < 0) throw unexpectedMarker(length);
    else yield [decoder.decode(takeFrame(reader, length))];
  }
}

function slices(text: string, ends: Uint32Array, count: number): string[] {
  const batch = new Array<string>(count);
  let start = 0;
  for (let i = 0; i < count; i++) {
    const end = ends[i] ?? start;
    batch[i] = text.substring(start, end);
    start = end;
  }
  return batch;
}

function decodeEach(
  decoder: TextDecoder,
  out: Uint8Array,
  ends: Uint32Array,
  count: number,
): string[] {
  const batch = new Array<string>(count);
  let start = 0;
  for (let i = 0; i < count; i++) {
    const end = ends[i] ?? start;
    batch[i] = decoder.decode(out.subarray(start, end));
    start = end;
  }
  return batch;
}

function unexpectedMarker(marker: number): ProtocolError {
  return new ProtocolError(
    "FRAME_MARKER_UNKNOWN",
    `Cannot read a frame: its length is ${marker}, which no Spark version that TSpark knows sends here; check that driver and workers run the same TSpark`,
    { marker },
  );
}
