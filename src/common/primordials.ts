/**
 * The language's own methods, as they were when the program started. A user's
 * functions may replace those on the prototypes, as packages do that fill in
 * what old engines lack: keys would be found, hashed and put into order wrongly
 * from then on, without an error. Code between two calls of such functions
 * goes by these.
 *
 * @module
 */

type Method<Self, Args extends unknown[], Result> = (
  this: Self,
  ...args: Args
) => Result;

/** A method as a function whose first argument is the object. */
function uncurried<Self, Args extends unknown[], Result>(
  method: Method<Self, Args, Result>,
): (self: Self, ...args: Args) => Result {
  return Function.prototype.call.bind(method) as never;
}

/** As `text.charCodeAt(at)`. */
export const charCodeAt: (text: string, at: number) => number = uncurried(
  String.prototype.charCodeAt,
);

/** As `text.codePointAt(at)`. */
export const codePointAt: (text: string, at: number) => number | undefined =
  uncurried(String.prototype.codePointAt);

/** As `text.slice(start, end)`. */
export const sliceText: (text: string, start: number, end?: number) => string =
  uncurried(String.prototype.slice);

/** As `text.repeat(count)`. */
export const repeatText: (text: string, count: number) => string = uncurried(
  String.prototype.repeat,
);

/** As `pattern.exec(text)`, of a pattern that is not global. */
export const execPattern: (
  pattern: RegExp,
  text: string,
) => RegExpExecArray | null = uncurried(RegExp.prototype.exec);

/** As `date.getTime()`. */
export const timeOf: (date: Date) => number = uncurried(Date.prototype.getTime);

/** As `map.forEach(take)`. */
export const eachEntry: <K, V>(
  map: ReadonlyMap<K, V>,
  take: (value: V, key: K) => void,
) => void = uncurried(Map.prototype.forEach) as never;

/** As `text.includes(part)`. */
export const includesText: (text: string, part: string) => boolean = uncurried(
  String.prototype.includes,
);

/** As `text.isWellFormed()`. */
export const isWellFormed: (text: string) => boolean = uncurried(
  String.prototype.isWellFormed,
);

/** As `into.set(bytes, at)`. */
export const setBytes: (
  into: Uint8Array,
  bytes: Uint8Array,
  at: number,
) => void = uncurried(Uint8Array.prototype.set);

/** As `into.set(values, 0)`, of typed arrays of one type. */
export const copyValues: <A extends ArrayBufferView>(
  into: A,
  values: A,
) => void = uncurried(Uint8Array.prototype.set) as never;

/** As `bytes.fill(value, start, end)`. */
export const fillBytes: (
  bytes: Uint8Array,
  value: number,
  start: number,
  end: number,
) => void = uncurried(Uint8Array.prototype.fill);

/** As `bytes.subarray(start, end)`. */
export const subarray: <B extends ArrayBufferLike>(
  bytes: Uint8Array<B>,
  start: number,
  end?: number,
) => Uint8Array<B> = uncurried(Uint8Array.prototype.subarray) as never;

/** As `bytes.slice(start, end)`. */
export const sliceBytes: (
  bytes: Uint8Array,
  start: number,
  end: number,
) => Uint8Array<ArrayBuffer> = uncurried(Uint8Array.prototype.slice) as never;

/** As `texts.join(between)`. */
export const joinTexts: (texts: readonly string[], between: string) => string =
  uncurried(Array.prototype.join) as never;

/** As `encoder.encodeInto(text, into)`. */
export const encodeInto: (
  encoder: TextEncoder,
  text: string,
  into: Uint8Array,
) => TextEncoderEncodeIntoResult = uncurried(
  TextEncoder.prototype.encodeInto,
);

/** Gives a class methods of its own in place of those that it inherits. */
function ownMethods(type: { readonly prototype: object }, base: object): void {
  for (const key of Reflect.ownKeys(base)) {
    if (key === "constructor") continue;
    const property = Object.getOwnPropertyDescriptor(base, key);
    if (property !== undefined) {
      Object.defineProperty(type.prototype, key, property);
    }
  }
}

/** A `Map` whose methods nobody replaces. */
export class OwnMap<K, V> extends Map<K, V> {}
ownMethods(OwnMap, Map.prototype);

/** A `DataView` whose methods nobody replaces. */
export class OwnDataView extends DataView<ArrayBuffer> {}
ownMethods(OwnDataView, DataView.prototype);

/**
 * `Array.prototype.push` of one value.
 *
 * @returns the new length
 */
export function append<T>(list: T[], value: T): number {
  const { length } = list;
  list[length] = value;
  return length + 1;
}
