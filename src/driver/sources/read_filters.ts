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
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw invalid("they are no list");
  return list.map(readFilter);
}

function readFilter(sent: {
  readonly name?: string;
  readonly columnPath?: readonly string[];
  readonly value?: { readonly value: string; readonly metadata: string };
  readonly isNegated?: boolean;
}): Filter {
  const { name: kind = "", columnPath, value, isNegated = false } = sent;
  const attribute = Object.freeze([...columnPath ?? []]);
  let filter: object;
  if (NULL_KINDS.includes(kind)) filter = { kind, attribute };
  else if (VALUE_KINDS.includes(kind) && value !== undefined) {
    filter = {
      kind,
      attribute,
      value: new VariantVal(bytesOf(value.value), bytesOf(value.metadata))
        .toJS(),
    };
  } else throw invalid(`one is "${kind}"`);
  const child = Object.freeze(filter) as Not["child"];
  return isNegated ? Object.freeze({ kind: "Not", child }) : child;
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function invalid(reason: string): ProtocolError {
  return new ProtocolError(
    "FILTERS_INVALID",
    `Cannot read the filters of a query: ${reason}; the JVM may be newer than the Spark version that the driver knows`,
    { reason },
  );
}
