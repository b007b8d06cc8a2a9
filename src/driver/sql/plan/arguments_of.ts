import { describeValue } from "../../../common/describe_value.ts";
import type { Argument, Expression, WindowFrame } from "./nodes.ts";

/**
 * What stands directly in an argument, without what it is itself; a relation's
 * own arguments are no part of it.
 *
 * @param argument an argument or an expression
 * @throws TypeError for what is neither
 */
export function argumentsOf(argument: Argument): readonly Argument[] {
  if (
    typeof argument !== "object" || argument === null ||
    argument instanceof Uint8Array
  ) return [];
  switch (argument.kind) {
    case "items":
      return argument.items;
    case "entries":
      return argument.entries.flat();
    case "long":
    case "double":
    case "type":
    case "storage":
    case "object":
    case "relation":
      return [];
    default:
      return expressionArguments(argument);
  }
}

function expressionArguments(expression: Expression): readonly Argument[] {
  switch (expression.kind) {
    case "column":
    case "literal":
    case "sql":
    case "variable":
      return [];
    case "frameColumn":
    case "subquery":
      return [expression.frame];
    case "call":
    case "udf":
      return expression.args;
    case "operation":
      return [expression.target, ...expression.args];
    case "alias":
      return [expression.child];
    case "lambda":
      return [expression.body];
    case "over":
      return [expression.child, ...windowArguments(expression.window)];
    case "case":
      return expression.otherwise === null
        ? expression.branches.flat()
        : [...expression.branches.flat(), expression.otherwise];
    case "named":
      return [expression.value];
    default:
      return refused(expression);
  }
}

/** What a program may give that nobody compiles. */
function refused(given: never): never {
  throw new TypeError(
    `Cannot use ${
      describeValue(given)
    } as an argument: give a text, a number, a boolean or a Column`,
  );
}

function windowArguments(
  { partitionBy, orderBy }: WindowFrame,
): readonly Argument[] {
  return [...partitionBy, ...orderBy];
}
