/**
 * Arrow's types, as far as Spark knows them.
 *
 * Peer: Arrow's `Schema.fbs`.
 *
 * @module
 */

/** Units of time, in the order of their numbers. */
export const TIME_UNITS = ["s", "ms", "us", "ns"] as const;

/** A unit of time. */
export type TimeUnit = typeof TIME_UNITS[number];

/** Units of intervals, in the order of their numbers. */
export const INTERVAL_UNITS = ["yearMonth", "dayTime", "monthDayNano"] as const;

/** How the values of a column are laid out. */
export type ArrowType =
  | { readonly kind: "null" }
  | { readonly kind: "bool" }
  | {
    readonly kind: "int";
    readonly bits: 8 | 16 | 32 | 64;
    readonly signed: boolean;
  }
  | { readonly kind: "float"; readonly bits: 16 | 32 | 64 }
  /** Text in UTF-8; `large`: its offsets have 64 bits. */
  | { readonly kind: "utf8"; readonly large: boolean }
  | { readonly kind: "binary"; readonly large: boolean }
  | { readonly kind: "fixedBinary"; readonly width: number }
  | {
    readonly kind: "decimal";
    readonly precision: number;
    readonly scale: number;
    readonly bits: number;
  }
  | { readonly kind: "date"; readonly unit: "day" | "ms" }
  | { readonly kind: "time"; readonly unit: TimeUnit; readonly bits: 32 | 64 }
  | {
    readonly kind: "timestamp";
    readonly unit: TimeUnit;
    /** Null for a local time. */
    readonly timeZone: string | null;
  }
  | {
    readonly kind: "interval";
    readonly unit: typeof INTERVAL_UNITS[number];
  }
  | { readonly kind: "duration"; readonly unit: TimeUnit }
  | { readonly kind: "list"; readonly large: boolean }
  | { readonly kind: "fixedList"; readonly size: number }
  | { readonly kind: "struct" }
  | { readonly kind: "map"; readonly keysSorted: boolean };

/** A column of values that lie elsewhere, once each. */
export interface ArrowDictionary {
  /** What the values' message calls it. */
  readonly id: number;
  /** Type of the indices. */
  readonly index: Extract<ArrowType, { kind: "int" }>;
}

/** A column, or one within a column. */
export interface ArrowField {
  readonly name: string;
  readonly nullable: boolean;
  /** Type of the values; those of a dictionary if there is one. */
  readonly type: ArrowType;
  readonly children: readonly ArrowField[];
  readonly dictionary: ArrowDictionary | null;
  /** Keys and values that a writer added. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** The columns of all record batches of a stream. */
export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
}

/** A type in few words, for messages. */
export function arrowTypeName(type: ArrowType): string {
  switch (type.kind) {
    case "int":
      return `${type.signed ? "" : "u"}int${type.bits}`;
    case "float":
      return `float${type.bits}`;
    case "utf8":
    case "binary":
    case "list":
      return `${type.large ? "large_" : ""}${type.kind}`;
    case "fixedBinary":
      return `fixed_size_binary(${type.width})`;
    case "fixedList":
      return `fixed_size_list(${type.size})`;
    case "decimal":
      return `decimal${type.bits}(${type.precision},${type.scale})`;
    case "date":
      return `date(${type.unit})`;
    case "time":
      return `time${type.bits}(${type.unit})`;
    case "timestamp":
      return `timestamp(${type.unit}${
        type.timeZone === null ? "" : `, ${type.timeZone}`
      })`;
    case "interval":
      return `interval(${type.unit})`;
    case "duration":
      return `duration(${type.unit})`;
    case "null":
    case "bool":
    case "struct":
    case "map":
      return type.kind;
  }
}
