import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import type {
  StateDeclaration,
  StateKind,
} from "../../protocol/state_request.ts";
import { StructType } from "../../types/spark_types.ts";
import { checkStateSchema } from "./pickled_rows.ts";

/**
 * A state as `getValueState()` and its kin are asked for it.
 *
 * @param kind which of them
 * @param name the state's name
 * @param schema of values or elements; of a map, of its keys
 * @param valueSchema of a map's values; null for other states
 * @param options `{ ttlMs }`
 * @throws SparkError `STATE_INVALID`, `DDL_INVALID`, `STATE_TYPE_UNSUPPORTED`
 */
export function stateDeclaration(
  kind: StateKind,
  name: unknown,
  schema: unknown,
  valueSchema: unknown,
  options: unknown,
): StateDeclaration {
  if (typeof name !== "string" || name === "") {
    throw invalid(kind, `its name is ${describeValue(name)}; give a text`);
  }
  const title = `the ${kind} state "${name}"`;
  const jsonOf = (given: unknown): string =>
    checkStateSchema(stateSchema(given), title).json();
  return {
    kind,
    name,
    schema: jsonOf(schema),
    valueSchema: valueSchema === null ? "" : jsonOf(valueSchema),
    ttlMs: ttlOf(kind, options),
  };
}

/** The schema that a program names. @throws SparkError `DDL_INVALID`, `STATE_INVALID` */
export function stateSchema(schema: unknown): StructType {
  if (typeof schema === "string") return StructType.fromDDL(schema);
  if (
    typeof schema === "object" && schema !== null && "kind" in schema &&
    schema.kind === "struct"
  ) return schema as StructType;
  throw new SparkError(
    "STATE_INVALID",
    `Cannot keep a state of the schema ${
      describeValue(schema)
    }: give its columns with their types, such as "count BIGINT"`,
  );
}

function ttlOf(kind: StateKind, options: unknown): number | null {
  if (options === undefined || options === null) return null;
  const { ttlMs = null, ...others } = options as { readonly ttlMs?: unknown };
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw invalid(kind, `it has no option "${other}"; give { ttlMs }`);
  }
  const isRight = Number.isInteger(ttlMs) && (ttlMs as number) > 0 &&
    (ttlMs as number) < 2 ** 31;
  if (ttlMs === null || isRight) return ttlMs as number | null;
  throw invalid(
    kind,
    `its time to live is ${
      describeValue(ttlMs)
    }; give a whole number of milliseconds from 1 to ${2 ** 31 - 1}`,
  );
}

function invalid(kind: StateKind, reason: string): SparkError {
  return new SparkError(
    "STATE_INVALID",
    `Cannot keep a ${kind} state: ${reason}`,
  );
}
