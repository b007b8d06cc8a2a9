/**
 * The classes that pickles of plain data name, each with what it becomes here.
 * No other name is ever followed.
 *
 * @module
 */

/** A class that a pickle names: makes a value of its arguments. */
export class PickleClass {
  /** Module and name, such as `"array.array"`. */
  readonly name: string;
  /** Makes the value; undefined when it does not take these arguments. */
  readonly make: (args: readonly unknown[]) => unknown;

  /**
   * Names a class.
   *
   * @param name module and name
   * @param make makes the value; undefined when it does not take these arguments
   */
  constructor(name: string, make: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.make = make;
  }
}

/**
 * The class of a name.
 *
 * Peer: `net.razorvine.pickle.Pickler`, and Python's `pickle` with protocol 2.
 *
 * @param name module and name, such as `"array.array"`
 * @returns undefined for a class that has no form here
 */
export function pickleClass(name: string): PickleClass | undefined {
  return CLASSES.get(name.replace(/^__builtin__\./, "builtins."));
}

const CLASSES: ReadonlyMap<string, PickleClass> = new Map(
  ([
    ["builtins.bytearray", bytesOf],
    ["builtins.bytes", bytesOf],
    ["_codecs.encode", bytesOf],
    ["builtins.set", setOf],
    ["builtins.frozenset", setOf],
    ["array.array", arrayOf],
    ["decimal.Decimal", decimalOf],
    ["datetime.date", dateOf],
    ["pyspark.sql.types._parse_datatype_json_string", schemaOf],
    ["pyspark.sql.types._create_row_inbound_converter", rowMakerOf],
  ] as const).map(([name, make]) => [name, new PickleClass(name, make)]),
);

/** Stands for the schema of a row, which whoever reads it knows. */
const SCHEMA: object = Object.freeze({});

function schemaOf(args: readonly unknown[]): object | undefined {
  return args.length === 1 && typeof args[0] === "string" ? SCHEMA : undefined;
}

/** A row comes as the list of its values. */
function rowMakerOf(args: readonly unknown[]): PickleClass | undefined {
  return args.length === 1 && args[0] === SCHEMA ? ROW : undefined;
}

const ROW = new PickleClass("pyspark.sql.types.Row", (values) => [...values]);

/** Bytes come as Latin-1 text in protocol 2. */
function bytesOf(args: readonly unknown[]): Uint8Array | undefined {
  const [data, encoding] = args;
  if (args.length === 0) return new Uint8Array(0);
  if (args.length === 1) return data instanceof Uint8Array ? data : undefined;
  if (args.length !== 2 || typeof data !== "string") return undefined;
  if (encoding !== "latin-1" && encoding !== "latin1") return undefined;
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const code = data.charCodeAt(i);
    if (code > 0xff) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

function setOf(args: readonly unknown[]): Set<unknown> | undefined {
  const [items] = args;
  return args.length === 1 && Array.isArray(items) ? new Set(items) : undefined;
}

function arrayOf(args: readonly unknown[]): object | undefined {
  const [code, items] = args;
  if (args.length !== 2 || !Array.isArray(items)) return undefined;
  if (code === "l") {
    return items.every(isWhole) ? BigInt64Array.from(items, BigInt) : undefined;
  }
  if (!items.every((item) => typeof item === "number")) return undefined;
  switch (code) {
    case "h":
      return Int16Array.from(items);
    case "i":
      return Int32Array.from(items);
    case "f":
      return Float32Array.from(items);
    case "d":
      return Float64Array.from(items);
    default:
      return undefined;
  }
}

function isWhole(value: unknown): value is number | bigint {
  return typeof value === "bigint" || Number.isSafeInteger(value);
}

/** Decimals keep their digits: they come as text, as in a DataFrame's rows. */
function decimalOf(args: readonly unknown[]): string | undefined {
  const [digits] = args;
  return args.length === 1 && typeof digits === "string" ? digits : undefined;
}

/** Days come as `Date` at midnight in UTC, as in a DataFrame's rows. */
function dateOf(args: readonly unknown[]): Date | undefined {
  if (args.length !== 3 || !args.every(Number.isSafeInteger)) return undefined;
  const [year, month, day] = args as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}
