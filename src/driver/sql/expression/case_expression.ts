import { SparkError } from "../../../common/errors.ts";
import { LateSite } from "../../runtime/call_site.ts";
import type { Case, Expression } from "./expression.ts";
import { printExpression } from "./print_expression.ts";

/** The first branch of a conditional column. */
export function firstBranch(condition: Expression, value: Expression): Case {
  return Object.freeze({
    kind: "case",
    branches: [[condition, value] as const],
    otherwise: null,
    origin: new LateSite(firstBranch),
  });
}

/**
 * One more branch.
 *
 * @throws SparkError `COLUMN_NOT_CONDITIONAL` for anything but a column of `when()` without `otherwise()`
 */
export function addBranch(
  expression: Expression,
  branch: readonly [Expression, Expression],
): Case {
  const open = openCase(expression, "when()");
  return Object.freeze({ ...open, branches: [...open.branches, branch] });
}

/**
 * The value where no condition holds.
 *
 * @throws SparkError `COLUMN_NOT_CONDITIONAL` for anything but a column of `when()` without `otherwise()`
 */
export function setOtherwise(
  expression: Expression,
  otherwise: Expression,
): Case {
  return Object.freeze({ ...openCase(expression, "otherwise()"), otherwise });
}

function openCase(expression: Expression, method: string): Case {
  if (expression.kind === "case" && expression.otherwise === null) {
    return expression;
  }
  const column = printExpression(expression);
  const state = expression.kind === "case"
    ? "it has an otherwise() already"
    : "it was not made by the function when()";
  throw new SparkError(
    "COLUMN_NOT_CONDITIONAL",
    `Cannot call ${method} on the column "${column}": ${state}; write when(condition, value).when(…).otherwise(…)`,
    { column, method },
  );
}
