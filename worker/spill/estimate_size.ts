const WORD_BYTES = 8;
const OBJECT_BYTES = 32;
const SAMPLE = 64; // elements of a list that are looked at

/**
 * About how many bytes a value takes, cheaply: long texts and buffers count in
 * full, lists and objects down to a depth.
 *
 * @param value any value
 * @param depth how many levels of lists and objects to look into
 */
export function estimateSize(value: unknown, depth: number): number {
  switch (typeof value) {
    case "string":
      return value.length;
    case "object":
      return value === null ? 0 : objectBytes(value, depth);
    default:
      return WORD_BYTES;
  }
}

function objectBytes(value: object, depth: number): number {
  if (Array.isArray(value)) return listBytes(value, depth);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (depth === 0) return OBJECT_BYTES;
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (value instanceof Map) {
    return sampled(value.entries(), value.size, depth + 1); // an entry is a list of its own
  }
  if (value instanceof Set) return sampled(value, value.size, depth);
  let bytes = OBJECT_BYTES;
  for (const name in value) {
    bytes += WORD_BYTES + estimateSize(Reflect.get(value, name), depth - 1);
  }
  return bytes;
}

function listBytes(list: readonly unknown[], depth: number): number {
  const length = list.length;
  const seen = depth === 0 ? 0 : Math.min(length, SAMPLE);
  let bytes = 0;
  for (let i = 0; i < seen; i++) bytes += estimateSize(list[i], depth - 1);
  if (seen > 0) bytes *= length / seen;
  return OBJECT_BYTES + WORD_BYTES * length + bytes;
}

function sampled(
  values: Iterable<unknown>,
  size: number,
  depth: number,
): number {
  let seen = 0;
  let bytes = 0;
  for (const value of values) {
    if (seen === SAMPLE) break;
    bytes += OBJECT_BYTES + estimateSize(value, depth - 1);
    seen++;
  }
  return OBJECT_BYTES + (seen === 0 ? 0 : bytes * size / seen);
}
