import { hashKey } from "../../bridge/hash_key.ts";
import { encodeKey } from "./key_encoding.ts";
import { KeyWriter } from "./key_writer.ts";

/**
 * Hashes keys: equal keys have the same hash in every process, on every
 * platform and version. It is the xxHash32 of the encoded key, see
 * `encodeKey`; partitions and the Rust side count on it.
 *
 * Holds a scratch buffer, so that hashing a number or a short string allocates
 * nothing.
 */
export class KeyHasher {
  readonly #writer = new KeyWriter();

  /**
   * Hashes one key.
   *
   * @param key any value that `encodeKey` takes
   * @returns an unsigned 32-bit integer
   * @throws SparkError `KEY_NOT_COMPARABLE` for what has no value to compare
   */
  hash(key: unknown): number {
    const writer = this.#writer;
    writer.clear();
    encodeKey(key, writer);
    return hashKey(writer.bytes, 0, writer.length);
  }
}
