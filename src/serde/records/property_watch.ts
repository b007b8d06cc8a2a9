import { types } from "node:util";
import { dataProperty, isError } from "../../common/describe_value.ts";
import { VariantVal } from "../../types/variant_val.ts";
import { refusal } from "../cbor/cbor_refusal.ts";
import { DEPTH_MAX } from "../cbor/cbor_tags.ts";
import { isPlain, strayProperty } from "./own_properties.ts";
import { isRow, rowValues } from "./row.ts";
import { temporalName } from "./temporal.ts";

const EXACT_NAMES = 1 << 15; // about a millisecond's work
const STEP = 509; // records; a prime, so that no period in them hides anything
const PARTS = 64; // of one list, once there were many names

/**
 * Looks for properties of records that would stay behind, and refuses them.
 * Asking a small array for its names costs more than writing it, and what a
 * program does to one record it does to others. So every record is looked at
 * until some thirty thousand names are seen, then one in {@link STEP}.
 */
export class PropertyWatch {
  #left = EXACT_NAMES;
  #skip = 0;
  #root: unknown;

  /** Looks at every record again, as those of another job begin. */
  renew(): void {
    this.#left = EXACT_NAMES;
    this.#skip = 0;
  }

  /**
   * Looks into the next records.
   *
   * @param records the batch
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` with the path
   */
  lookAtSome(records: readonly unknown[]): void {
    this.#root = records;
    let at = this.#skip;
    for (; at < records.length; at += this.#left > 0 ? 1 : STEP) {
      this.#left--;
      this.#part(records[at], 1);
    }
    this.#skip = at - records.length;
    this.#root = undefined;
  }

  /**
   * Looks into one value.
   *
   * @param value the value
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` with the path
   */
  look(value: unknown): void {
    this.#root = value;
    this.#part(value, 0);
    this.#root = undefined;
  }

  /** @returns false for what nests too deep, as a ring does: the encoder says so */
  #part(value: unknown, depth: number): boolean {
    if (typeof value !== "object" || value === null || types.isProxy(value)) {
      return true; // a proxy would run its code
    }
    if (depth >= DEPTH_MAX) return false;
    const parts = partsOf(value, this.#left);
    if (parts === null) return true;
    this.#left -= parts.length + 1;
    const stray = strayProperty(value);
    if (stray !== null) throw refusal(this.#root, value, stray);
    const step = this.#left > 0 ? 1 : Math.ceil(parts.length / PARTS);
    for (let at = 0; at < parts.length; at += step) {
      if (!this.#part(parts[at], depth + 1)) return false;
    }
    return true;
  }
}

const NOTHING: readonly unknown[] = [];
const LEAVES = [Date, RegExp, ArrayBuffer] as const;

/**
 * What a value holds; null for what is refused as a whole, and for what may be
 * larger than memory.
 *
 * @param most how many entries of a Map or Set to list; of larger ones only some
 */
function partsOf(value: object, most: number): ArrayLike<unknown> | null {
  if (Array.isArray(value)) return value;
  if (isPlain(value)) return Object.values(value);
  if (ArrayBuffer.isView(value)) return NOTHING;
  if (value instanceof Map || value instanceof Set) {
    const count = value.size <= most ? value.size : PARTS;
    const entries = value.entries().take(count).toArray();
    return value instanceof Map
      ? entries.flat()
      : entries.map(([part]) => part);
  }
  if (isRow(value)) return rowValues(value);
  if (value instanceof VariantVal) return NOTHING;
  const proto: unknown = Object.getPrototypeOf(value);
  if (temporalName(proto) !== undefined) return NOTHING;
  if (LEAVES.some((made) => made.prototype === proto)) return NOTHING;
  return isError(value)
    ? [...Object.values(value), dataProperty(value, "cause")]
    : null;
}
