/**
 * A plugin for `deno lint` and ESLint that finds JavaScript's operators and
 * conditions on columns: a column is an object, so `if (column)` is always
 * true, `a && b` is `b`, and `a === b` is false, without a word.
 *
 * In `deno.json`: `"lint": { "plugins": ["npm:@tspark/tspark/lint"] }`. In
 * `eslint.config.js`:
 *
 * ```js ignore
 * import tspark from "@tspark/tspark/lint";
 * export default [{ plugins: { tspark }, rules: { "tspark/column-operators": "error" } }];
 * ```
 *
 * It follows names within a file: columns made by functions that the file
 * imports from TSpark, by methods of columns, and constants that hold them.
 *
 * @module
 */
import { type ColumnNames, columnNames, isColumn } from "./column_names.ts";
import type { Node } from "./node.ts";

export type { Node };

/** What a rule is given. */
export interface RuleContext {
  /** Notes a complaint. */
  report(complaint: { node: Node; message: string; hint?: string }): void;
}

/** A rule, as `deno lint` and ESLint take it. */
export interface Rule {
  /** What visits a file. */
  create(context: RuleContext): Record<string, (node: Node) => void>;
}

/** The plugin. */
export interface LintPlugin {
  /** Stands before the rule's name. */
  readonly name: string;
  /** The rules, by name. */
  readonly rules: { readonly "column-operators": Rule };
}

/** The method that stands for an operator. */
const METHODS: Readonly<Record<string, string>> = {
  "===": "eq()",
  "==": "eq()",
  "!==": "ne()",
  "!=": "ne()",
  "<": "lt()",
  "<=": "le()",
  ">": "gt()",
  ">=": "ge()",
  "+": "plus()",
  "-": "minus()",
  "*": "times()",
  "/": "divide()",
  "%": "mod()",
  "&": "bitwiseAnd()",
  "|": "bitwiseOr()",
  "^": "bitwiseXor()",
  "&&": "and()",
  "||": "or()",
  "??": "coalesce() of TSpark's functions",
  "!": "not()",
};

/** What comes of an operator on columns. */
const RESULTS: Readonly<Record<string, string>> = {
  "&&": "gives the second column",
  "||": "gives the first column",
  "??": "gives the first column",
  "!": "gives false",
  "===": "compares objects",
  "==": "compares objects",
  "!==": "compares objects",
  "!=": "compares objects",
};

const CONDITIONS = [
  "IfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "ForStatement",
  "ConditionalExpression",
] as const;

const columnOperators: Rule = {
  create(context) {
    const imports: Node[] = [];
    const declared: Node[] = [];
    const operations: Node[] = [];
    const tests: Node[] = [];
    const note = (list: Node[]) => (node: Node): void => void list.push(node);
    const visitor: Record<string, (node: Node) => void> = {
      ImportDeclaration: note(imports),
      VariableDeclarator: note(declared),
      BinaryExpression: note(operations),
      LogicalExpression: note(operations),
      UnaryExpression: note(operations),
      "Program:exit": () => {
        const names = columnNames(imports, declared);
        if (names === null) return;
        for (const node of operations) checkOperation(context, node, names);
        for (const node of tests) checkTest(context, node, names);
      },
    };
    for (const type of CONDITIONS) {
      visitor[type] = ({ test }) => {
        if (test) tests.push(test);
      };
    }
    return visitor;
  },
};

function checkOperation(
  context: RuleContext,
  node: Node,
  names: ColumnNames,
): void {
  const { operator = "", left, right, argument } = node;
  // Of one operand, "!" alone: "-column" throws an error that names the method.
  const method = argument && operator !== "!" ? undefined : METHODS[operator];
  if (method === undefined) return;
  if (![left, right, argument].some((one) => isColumn(one, names))) return;
  context.report({
    node,
    message: `"${operator}" on a column ${
      RESULTS[operator] ?? "throws an error"
    }`,
    hint: `Write ${method}`,
  });
}

function checkTest(
  context: RuleContext,
  node: Node,
  names: ColumnNames,
): void {
  if (!isColumn(node, names)) return;
  context.report({
    node,
    message: "A column is an object, which is always true",
    hint:
      "Write when() and otherwise() for a value of each row, or collect() rows and look at theirs",
  });
}

/** The plugin: one rule, `column-operators`. */
const plugin: LintPlugin = {
  name: "tspark",
  rules: { "column-operators": columnOperators },
};
export default plugin;
