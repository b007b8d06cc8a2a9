// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
/**
 * Checksums, hashes and encryption.
 *
 * @module
 */
import type { Column } from "../column.ts";
import {
  call,
  columnOf,
  type ColumnOrName,
  type NumberOrColumn,
  valueOf,
} from "./call.ts";

/** The bytes that AES encrypted. */
export function aes_decrypt(
  input: ColumnOrName,
  key: ColumnOrName,
  mode?: ColumnOrName,
  padding?: ColumnOrName,
  aad?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "aes_decrypt",
    columnOf(input),
    columnOf(key),
    mode === undefined ? undefined : columnOf(mode),
    padding === undefined ? undefined : columnOf(padding),
    aad === undefined ? undefined : columnOf(aad),
  );
}

/** Bytes encrypted by AES; the mode is GCM unless told. */
export function aes_encrypt(
  input: ColumnOrName,
  key: ColumnOrName,
  mode?: ColumnOrName,
  padding?: ColumnOrName,
  iv?: ColumnOrName,
  aad?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "aes_encrypt",
    columnOf(input),
    columnOf(key),
    mode === undefined ? undefined : columnOf(mode),
    padding === undefined ? undefined : columnOf(padding),
    iv === undefined ? undefined : columnOf(iv),
    aad === undefined ? undefined : columnOf(aad),
  );
}

/** The cyclic redundancy check of bytes. */
export function crc32(column: ColumnOrName): Column<number | null> {
  return call("crc32", columnOf(column));
}

/** A hash of values, as an int: Murmur 3. */
export function hash(
  ...columns: readonly ColumnOrName[]
): Column<number | null> {
  return call("hash", ...columns.map(columnOf));
}

/** The keyed hash of a message. Spark 4.3 and later. */
export function hmac(
  key: ColumnOrName,
  message: ColumnOrName,
  algorithm?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "hmac",
    columnOf(key),
    columnOf(message),
    algorithm === undefined ? undefined : columnOf(algorithm),
  );
}

/** The MD5 digest, as hexadecimal digits. */
export function md5(column: ColumnOrName): Column<string | null> {
  return call("md5", columnOf(column));
}

/** The same as {@link sha1}. */
export function sha(column: ColumnOrName): Column<string | null> {
  return call("sha", columnOf(column));
}

/** The SHA-1 digest, as hexadecimal digits. */
export function sha1(column: ColumnOrName): Column<string | null> {
  return call("sha1", columnOf(column));
}

/** A digest of SHA-2, of 224, 256, 384 or 512 bits, as hexadecimal digits. */
export function sha2(
  column: ColumnOrName,
  numBits: NumberOrColumn,
): Column<string | null> {
  return call("sha2", columnOf(column), valueOf(numBits));
}

/** As {@link aes_decrypt}, or null where it fails. */
export function try_aes_decrypt(
  input: ColumnOrName,
  key: ColumnOrName,
  mode?: ColumnOrName,
  padding?: ColumnOrName,
  aad?: ColumnOrName,
): Column<Uint8Array | null> {
  return call(
    "try_aes_decrypt",
    columnOf(input),
    columnOf(key),
    mode === undefined ? undefined : columnOf(mode),
    padding === undefined ? undefined : columnOf(padding),
    aad === undefined ? undefined : columnOf(aad),
  );
}

/** A hash of values, as a long: xxHash. */
export function xxhash64(
  ...columns: readonly ColumnOrName[]
): Column<number | null> {
  return call("xxhash64", ...columns.map(columnOf));
}
