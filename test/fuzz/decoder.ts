import { SparkError } from "../../src/common/errors.ts";

/** A reader of bytes that others sent, as the fuzzer drives it. */
export interface FuzzDecoder {
  /** Its name on the command line, such as `"cbor"`. */
  readonly name: string;
  /** The files that it tries. */
  readonly covers: readonly string[];
  /** Bytes that it reads without complaint, to be changed; made once. */
  seeds(): readonly Uint8Array[];
  /** Makes what decoding takes, once. */
  prepare(): Decode;
}

/**
 * Decodes one input.
 *
 * @param bytes valid only during the call
 * @param choose a number from the input's own generator, at least 0 and less
 *   than the limit: for chunkings and dialects
 * @throws SparkError when the bytes are refused; anything else is a finding
 */
export type Decode = (
  bytes: Uint8Array,
  choose: (limit: number) => number,
) => void | Promise<void>;

/** Whether an error says that bytes were refused, as it should. */
export function isRefusal(error: unknown): boolean {
  return error instanceof SparkError;
}

/** A file of the recordings of real JVMs, such as `"4.3.0/plain.bin"`. */
export function recorded(path: string): Uint8Array {
  return Deno.readFileSync(new URL(`../wire/${path}`, import.meta.url));
}
