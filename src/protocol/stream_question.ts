import type { ByteReader } from "../common/byte_reader.ts";
import type { ByteWriter } from "../common/byte_writer.ts";
import { ProtocolError } from "../common/errors.ts";
import {
  MAX_COMMAND_BYTES,
  readLimitedBytes,
  readLimitedText,
  readTexts,
} from "./limits.ts";
import { MARKER } from "./marker.ts";

/** What a stream's source is made of. */
export interface StreamStart {
  readonly instance: Uint8Array<ArrayBuffer>;
  /** Its columns, as JSON. */
  readonly schema: string;
  /** Most rows of one Arrow batch. */
  readonly maxRecords: number;
}

/** What Spark asks a stream's source; offsets and limits as JSON. */
export type StreamQuestion =
  | { readonly kind: "initialOffset" }
  | { readonly kind: "latestOffset" }
  | {
    readonly kind: "partitions";
    readonly start: string;
    readonly end: string;
  }
  | { readonly kind: "commit"; readonly end: string }
  | { readonly kind: "features" }
  | { readonly kind: "prepareForAvailableNow" }
  | {
    readonly kind: "latestOffsetWithin";
    readonly start: string;
    readonly limit: string;
  }
  | { readonly kind: "defaultLimit" }
  | { readonly kind: "reportedOffset" };

/** What a stream's source can do, as bits. Peer: `SupportedFeatures`, Spark 4.2 – 4.3. */
export const STREAM_FEATURES = {
  admissionControl: 1,
  availableNow: 2,
} as const;

/** Whether rows come with partitions. Peer: `PythonStreamingSourceRunner`, Spark 4.0 – 4.3. */
const PREFETCHED = { none: 0, rows: 1, noRows: 2 } as const;

/**
 * Reads what a stream's source is made of.
 *
 * Peer: `PythonStreamingSourceRunner.init`, Spark 4.0 – 4.3. Layout: string
 * driver version, string files directory, int count and names of includes,
 * bytes of the source, string schema, int rows of a batch. The answer is int 0.
 *
 * @param reader where it begins
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`
 */
export function readStreamStart(reader: ByteReader): StreamStart {
  readLimitedText(reader, "the driver's version");
  readLimitedText(reader, "the files directory");
  readTexts(reader, "the included files");
  return {
    instance: readLimitedBytes(reader, MAX_COMMAND_BYTES, "a data source"),
    schema: readLimitedText(reader, "a schema"),
    maxRecords: reader.readInt(),
  };
}

/**
 * Reads the next question.
 *
 * Peer: `PythonStreamingSourceRunner`, Spark 4.0 – 4.3. Layout: int the
 * method, then strings: of 886 two, of 887 one, of 890 two.
 *
 * @param reader where it begins
 * @throws ProtocolError `QUESTION_INVALID` for a method that is not known;
 *   `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readStreamQuestion(reader: ByteReader): StreamQuestion {
  const method = reader.readInt();
  const text = (): string => readLimitedText(reader, "an offset");
  switch (method) {
    case 884:
      return { kind: "initialOffset" };
    case 885:
      return { kind: "latestOffset" };
    case 886:
      return { kind: "partitions", start: text(), end: text() };
    case 887:
      return { kind: "commit", end: text() };
    case 888:
      return { kind: "features" };
    case 889:
      return { kind: "prepareForAvailableNow" };
    case 890:
      return { kind: "latestOffsetWithin", start: text(), limit: text() };
    case 891:
      return { kind: "defaultLimit" };
    case 892:
      return { kind: "reportedOffset" };
    default:
      throw new ProtocolError(
        "QUESTION_INVALID",
        `Cannot read what Spark asks of a stream's source: there is no method ${method}; the JVM may be newer than the Spark version that the driver knows`,
        { method },
      );
  }
}

/** Writes an offset or limit. Layout: string; int 0 for none. */
export function writeStreamText(writer: ByteWriter, json: string | null): void {
  if (json === null) writer.writeInt(0);
  else writer.writeString(json);
}

/**
 * Writes the rows that were read with the partitions, behind these. Layout:
 * int 0 without; int 2 for none; int 1, int -6 and an Arrow stream.
 *
 * @param stream the stream's bytes in parts; empty for no rows; null: tasks read them
 */
export function writePrefetched(
  writer: ByteWriter,
  stream: readonly Uint8Array[] | null,
): void {
  if (stream === null) writer.writeInt(PREFETCHED.none);
  else if (stream.length === 0) writer.writeInt(PREFETCHED.noRows);
  else {
    writer.writeInt(PREFETCHED.rows).writeInt(MARKER.START_ARROW_STREAM);
    for (const bytes of stream) writer.writeBytes(bytes);
  }
}
