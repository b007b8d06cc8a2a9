/**
 * The types of records in random programs: programs are made so that every
 * function gets what it takes, and results are compared by what their type
 * promises.
 *
 * @module
 */

/** Type of a record, of a part of one, or of a result. */
export type RecordType =
  | { readonly kind: "int" }
  /** Of results only: compared with a tolerance. */
  | { readonly kind: "float" }
  /** Of results only: true or false. */
  | { readonly kind: "flag" }
  | { readonly kind: "text" }
  /** Of fixed length: an array here, a tuple in Python. */
  | { readonly kind: "tuple"; readonly items: readonly RecordType[] }
  /** In an order that Spark promises. */
  | { readonly kind: "list"; readonly item: RecordType }
  /** In any order, such as the values of a group. */
  | { readonly kind: "bag"; readonly item: RecordType }
  /** One side of an outer join: `undefined` here, `None` in Python. */
  | { readonly kind: "option"; readonly item: RecordType }
  /** Of results only: sorted by a key, equal keys in any order. */
  | {
    readonly kind: "runs";
    readonly item: RecordType;
    readonly sortKey: SortKey;
  };

/** What a list is sorted by. */
export interface SortKey {
  /** Whether the key is made of each pair's first, as by `sortByKey()`. */
  readonly ofFirst: boolean;
  /** Name of a record function; none for the record, or the first, itself. */
  readonly f?: string | undefined;
}

/** A whole number, which stays within 2^53. */
export const INT: RecordType = { kind: "int" };
/** A string. */
export const TEXT: RecordType = { kind: "text" };
/** A floating point result. */
export const FLOAT: RecordType = { kind: "float" };
/** A boolean result. */
export const FLAG: RecordType = { kind: "flag" };

/** A tuple of the given types. */
export function tupleOf(
  ...items: readonly RecordType[]
): { readonly kind: "tuple"; readonly items: readonly RecordType[] } {
  return { kind: "tuple", items };
}

/** A list of one type, in order. */
export function listOf(item: RecordType): RecordType {
  return { kind: "list", item };
}

/** A list of one type, in any order. */
export function bagOf(item: RecordType): RecordType {
  return { kind: "bag", item };
}

/** A value or none. */
export function optionOf(item: RecordType): RecordType {
  return { kind: "option", item };
}

/** Types of key and value when the records are pairs, else null. */
export function pairTypes(
  type: RecordType,
): { readonly key: RecordType; readonly value: RecordType } | null {
  if (type.kind !== "tuple" || type.items.length !== 2) return null;
  const [key, value] = type.items;
  return key === undefined || value === undefined ? null : { key, value };
}

/** Whether two types are the same. */
export function sameType(a: RecordType, b: RecordType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether such values can be keys: Python's lists cannot. */
export function isHashable(type: RecordType): boolean {
  switch (type.kind) {
    case "int":
    case "text":
      return true;
    case "option":
      return isHashable(type.item);
    case "tuple":
      return type.items.every(isHashable);
    case "float":
    case "flag":
    case "list":
    case "bag":
    case "runs":
      return false;
  }
}

/** Whether such values have an order: Python's `None` has none. */
export function isSortable(type: RecordType): boolean {
  switch (type.kind) {
    case "int":
    case "text":
      return true;
    case "tuple":
      return type.items.every(isSortable);
    case "list":
      return isSortable(type.item);
    case "option":
    case "float":
    case "flag":
    case "bag":
    case "runs":
      return false;
  }
}

/** How many parts a type has; programs keep it small. */
export function typeSize(type: RecordType): number {
  switch (type.kind) {
    case "int":
    case "text":
    case "float":
    case "flag":
      return 1;
    case "tuple":
      return type.items.reduce((size, item) => size + typeSize(item), 1);
    case "list":
    case "bag":
    case "option":
    case "runs":
      return 1 + typeSize(type.item);
  }
}

/** A type as people write it: `[int, bag<text>]`. */
export function printType(type: RecordType): string {
  switch (type.kind) {
    case "int":
    case "text":
    case "float":
    case "flag":
      return type.kind;
    case "tuple":
      return `[${type.items.map(printType).join(", ")}]`;
    case "list":
    case "bag":
    case "option":
    case "runs":
      return `${type.kind}<${printType(type.item)}>`;
  }
}
