/**
 * The codec of everything that is not a user's record: commands of stages,
 * closure records, descriptors of UDFs. It is cbor-x, framed by two passes of
 * our own: one before encoding keeps what cbor-x would change, one before
 * decoding lets through only what the encoder writes.
 *
 * @module
 */
// This build of it has no `new Function`, and does not look for cbor-extract.
import { Encoder } from "cbor-x/index-no-eval";
import { commandInvalid } from "./command.ts";
import { checkCommandBytes } from "./command_items.ts";
import { commandTooLarge, keepExact } from "./command_specials.ts";
import { MAX_COMMAND_BYTES } from "./limits.ts";

const CODEC = new Encoder({
  useRecords: false,
  mapsAsObjects: true,
  variableMapSize: true,
  tagUint8Array: false,
  copyBuffers: true,
});

/**
 * Writes a command, or another value that is made of plain objects, arrays,
 * strings, numbers, bigints, booleans, null, undefined and `Uint8Array`s.
 *
 * Layout: one CBOR item of definite length; keys of maps are strings. -0, texts
 * with lone surrogates and bigints beyond 64 bits have tags of their own
 * (`command_specials.ts`).
 *
 * @param value what to write; it is not changed
 * @param limit most bytes that it may take
 * @returns bytes that nobody else holds
 * @throws ProtocolError `COMMAND_TOO_LARGE`; `COMMAND_NOT_ENCODABLE` for a
 *   value that is none of these, a key `__proto__`, a hole in an array, or more
 *   than 64 levels
 */
export function encodeCommand(
  value: unknown,
  limit: number = MAX_COMMAND_BYTES,
): Uint8Array<ArrayBuffer> {
  const exact = keepExact(value, limit);
  const bytes = CODEC.encode(exact);
  if (bytes.length > limit) throw commandTooLarge(bytes.length, limit);
  return new Uint8Array(bytes); // a copy: the library goes on writing into its buffer
}

/**
 * Reads what {@link encodeCommand} wrote. No more memory is taken than a fixed
 * multiple of the bytes.
 *
 * @param bytes one item, and nothing behind it
 * @returns the value; nothing of it refers to `bytes`
 * @throws ProtocolError `COMMAND_INVALID`
 */
export function decodeCommand(bytes: Uint8Array): unknown {
  checkCommandBytes(bytes);
  try {
    return CODEC.decode(bytes);
  } catch (error) {
    throw commandInvalid(error instanceof Error ? error.message : "unreadable");
  }
}
