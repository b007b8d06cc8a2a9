import type { Argument } from "../plan/argument.ts";
import type { Expression, LiteralValue, WindowFrame } from "./expression.ts";

/** Operators as SQL writes them, by the method that makes them. */
const SYMBOLS: Readonly<Record<string, string>> = {
  plus: "+",
  minus: "-",
  multiply: "*",
  divide: "/",
  mod: "%",
  equalTo: "=",
  notEqual: "<>",
  gt: ">",
  geq: ">=",
  lt: "<",
  leq: "<=",
  eqNullSafe: "<=>",
  and: "AND",
  or: "OR",
  bitwiseAND: "&",
  bitwiseOR: "|",
  bitwiseXOR: "^",
};

/**
 * An expression as a person reads it, much as Spark names such columns.
 *
 * @param expression the expression
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "column":
    case "frameColumn":
    case "variable":
      return expression.name;
    case "literal":
      return printLiteral(expression.value);
    case "sql":
      return expression.text;
    case "call":
    case "udf":
      return `${expression.name}(${printAll(expression.args)})`;
    case "operation":
      return printOperation(
        expression.method,
        printExpression(expression.target),
        expression.args,
      );
    case "alias":
      return `${printExpression(expression.child)} AS ${
        expression.names.join(", ")
      }`;
    case "lambda":
      return `(${expression.variables.map(({ name }) => name).join(", ")}) -> ${
        printExpression(expression.body)
      }`;
    case "over":
      return `${printExpression(expression.child)} OVER (${
        printWindow(expression.window)
      })`;
    case "case":
      return [
        "CASE",
        ...expression.branches.map(([when, then]) =>
          `WHEN ${printExpression(when)} THEN ${printExpression(then)}`
        ),
        ...expression.otherwise === null
          ? []
          : [`ELSE ${printExpression(expression.otherwise)}`],
        "END",
      ].join(" ");
    case "subquery":
      return `${expression.how}(${expression.frame.operation})`;
    case "named":
      return `${expression.name} => ${printExpression(expression.value)}`;
  }
}

/** An argument as a person reads it. */
export function printArgument(argument: Argument): string {
  if (argument === null) return "NULL";
  if (argument instanceof Uint8Array) return printLiteral(argument);
  if (typeof argument !== "object") return String(argument);
  switch (argument.kind) {
    case "long":
    case "double":
      return String(argument.value);
    case "items":
      return printAll(argument.items);
    case "entries":
      return argument.entries.map(([key, value]) =>
        `${printArgument(key)}: ${printArgument(value)}`
      ).join(", ");
    case "type":
      return argument.json;
    case "storage":
      return argument.flags.join(", ");
    case "object":
      return argument.name;
    case "relation":
      return argument.operation;
    default:
      return printExpression(argument);
  }
}

function printAll(args: readonly Argument[]): string {
  return args.map(printArgument).join(", ");
}

function printOperation(
  method: string,
  target: string,
  args: readonly Argument[],
): string {
  const symbol = SYMBOLS[method];
  if (symbol !== undefined) return `(${target} ${symbol} ${printAll(args)})`;
  switch (method) {
    case "cast":
    case "try_cast":
      return `${method.toUpperCase()}(${target} AS ${printAll(args)})`;
    case "getItem":
      return `${target}[${printAll(args)}]`;
    case "getField":
      return `${target}.${printAll(args)}`;
    case "isNull":
      return `(${target} IS NULL)`;
    case "isNotNull":
      return `(${target} IS NOT NULL)`;
    case "isin":
      return `(${target} IN (${printAll(args)}))`;
    default:
      return args.length === 0 && /^(asc|desc)/.test(method)
        ? `${target} ${method.replaceAll("_", " ").toUpperCase()}`
        : `${method}(${[target, ...args.map(printArgument)].join(", ")})`;
  }
}

/** A window as SQL writes it. */
export function printWindow(
  { partitionBy, orderBy, frame }: WindowFrame,
): string {
  const parts: string[] = [];
  if (partitionBy.length > 0) {
    parts.push(`PARTITION BY ${partitionBy.map(printExpression).join(", ")}`);
  }
  if (orderBy.length > 0) {
    parts.push(`ORDER BY ${orderBy.map(printExpression).join(", ")}`);
  }
  if (frame !== null) {
    parts.push(
      `${frame.unit.toUpperCase()} BETWEEN ${frame.start} AND ${frame.end}`,
    );
  }
  return parts.join(" ");
}

function printLiteral(value: LiteralValue): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) {
    return `X'${
      [...value.subarray(0, 16)].map((byte) =>
        byte.toString(16).padStart(2, "0")
      )
        .join("")
    }${value.length > 16 ? "…" : ""}'`;
  }
  if (typeof value !== "object") return String(value);
  switch (value.type) {
    case "timestamp":
      return `TIMESTAMP ${value.micros} us`;
    default:
      return value.text;
  }
}
