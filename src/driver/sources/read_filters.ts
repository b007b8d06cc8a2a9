import { Buffer } from "node:buffer";
import { ProtocolError } from "../../common/errors.ts";
import { VariantVal } from "../../types/variant_val.ts";
import type { Filter, Not } from "./source_filters.ts";

const VALUE_KINDS: readonly string[] = [
  "EqualTo",
  "EqualNullSafe",
  "GreaterThan",
  "GreaterThanOrEqual",
  "LessThan",
  "LessThanOrEqual",
  "In",
  "StringStartsWith",
  "StringEndsWith",
  "StringContains",
];
const NULL_KINDS: readonly string[] = ["IsNull", "IsNotNull"];

/**
 * Reads the filters that Spark offers to a source.
 *
 * Peer: `UserDefinedPythonDataSourceFilterPushdownRunner`, Spark 4.1 – 4.3.
 * Layout: JSON, a list of `name`, `columnPath`, perhaps `value` with the parts
 * of a variant in base64, perhaps `isNegated`.
 *
 * @param json the text
 * @throws ProtocolError `FILTERS_INVALID`
 */
export function readFilters(json: string): Filter[] {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    throw invalid("they are no JSON");
  }
  if (!Array.isArray(list)) throw invalid("they are no list");
  return list.map(readFilter);
}

/** A filter as Spark sends it. */
interface SentFilter {
  readonly name?: unknown;
  readonly columnPath?: unknown;
  readonly value?: { readonly value?: unknown; readonly metadata?: unknown };
  readonly isNegated?: unknown;
}

function readFilter(sent: unknown): Filter {
  const { name: kind, columnPath, value, isNegated }: SentFilter =
    typeof sent === "object" && sent !== null ? sent : {};
  if (typeof kind !== "string" || !Array.isArray(columnPath)) {
    throw invalid("one has no name or no column");
  }
  const attribute = Object.freeze(columnPath.map(String));
  let filter: object;
  if (NULL_KINDS.includes(kind)) filter = { kind, attribute };
  else if (VALUE_KINDS.includes(kind) && value !== undefined) {
    const variant = new VariantVal(
      bytesOf(value?.value),
      bytesOf(value?.metadata),
    );
    filter = { kind, attribute, value: variant.toJS() };
  } else throw invalid(`one is "${kind}"`);
  const child = Object.freeze(filter) as Not["child"];
  return isNegated === true ? Object.freeze({ kind: "Not", child }) : child;
}

function bytesOf(base64: unknown): Uint8Array {
  if (typeof base64 !== "string") throw invalid("one has no value");
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function invalid(reason: string): ProtocolError {
  return new ProtocolError(
    "FILTERS_INVALID",
    `Cannot read the filters of a query: ${reason}; the JVM may be newer than the Spark version that the driver knows`,
    { reason },
  );
}
