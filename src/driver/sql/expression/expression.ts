/**
 * How expressions are made: see `plan/nodes.ts` for what they are.
 *
 * @module
 */
import { LateSite } from "../../runtime/call_site.ts";
import type {
  Argument,
  Call,
  ColumnName,
  Expression,
  Lambda,
  LambdaVariable,
  Literal,
  LiteralValue,
  Operation,
} from "../plan/nodes.ts";

import type { Younger } from "../spark_versions.ts";

export type {
  Alias,
  Call,
  Case,
  ColumnName,
  Expression,
  FrameColumn,
  Lambda,
  LambdaVariable,
  Literal,
  LiteralValue,
  NamedArgument,
  Operation,
  Over,
  SqlText,
  Subquery,
  UdfCall,
  UdfSource,
  WindowFrame,
} from "../plan/nodes.ts";

/**
 * A function over columns.
 *
 * @param names a letter for each parameter, for people: parameters are told apart by identity
 * @param body what it makes of its parameters
 */
export function lambda(
  names: string,
  body: (variables: readonly LambdaVariable[]) => Expression,
): Lambda {
  const variables = [...names].map((name): LambdaVariable =>
    Object.freeze({ kind: "variable", name })
  );
  return Object.freeze({ kind: "lambda", variables, body: body(variables) });
}

/**
 * A function of SQL over columns.
 *
 * @param younger since when there is one; null when every Spark has it
 */
export function call(
  name: string,
  args: readonly Argument[],
  younger: Younger | null = null,
): Call {
  const origin = new LateSite(call);
  return callOf({ kind: "call", name, args, by: "sql", origin }, younger);
}

/**
 * A method of `org.apache.spark.sql.functions`, for what SQL has no function for.
 *
 * @param younger since when there is one; null when every Spark has it
 */
export function staticCall(
  name: string,
  args: readonly Argument[],
  younger: Younger | null = null,
): Call {
  const origin = new LateSite(staticCall);
  return callOf({ kind: "call", name, args, by: "static", origin }, younger);
}

/** A method of Spark's `Column`. */
export function operation(
  target: Expression,
  method: string,
  args: readonly Argument[] = [],
): Operation {
  const origin = new LateSite(operation);
  return Object.freeze({ kind: "operation", method, target, args, origin });
}

/** A column by its name. */
export function columnName(name: string): ColumnName {
  return Object.freeze({ kind: "column", name });
}

/** A value. */
export function literal(value: LiteralValue): Literal {
  return Object.freeze({ kind: "literal", value });
}

function callOf(call: Call, younger: Younger | null): Call {
  return Object.freeze(younger === null ? call : { ...call, younger });
}
