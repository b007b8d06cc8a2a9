import type { Node } from "./node.ts";

/** Names of a file that have to do with columns. */
export interface ColumnNames {
  /** Functions that make a column. */
  readonly functions: ReadonlySet<string>;
  /** What such functions are members of: `F` of `F.col()`. */
  readonly namespaces: ReadonlySet<string>;
  /** Constants that hold a column. */
  readonly columns: ReadonlySet<string>;
}

const PACKAGE = /(^|[/:])@?tspark([/@]|$)/;
const FUNCTIONS = /(^|[/:])@?tspark(@[^/]+)?\/functions$/;
/** Methods of columns that give no column, of what such a method is called on. */
const NO_COLUMNS: ReadonlySet<string> = new Set(["toString", "explain"]);

/**
 * The names of a file that have to do with columns; null for one that does
 * not import TSpark. Names count in the whole file.
 *
 * @param imports the file's imports
 * @param declared its declarations of variables
 */
export function columnNames(
  imports: readonly Node[],
  declared: readonly Node[],
): ColumnNames | null {
  const names = {
    functions: new Set<string>(),
    namespaces: new Set<string>(),
    columns: new Set<string>(),
  };
  const own = imports.filter((node) => addImports(node, names));
  if (own.length === 0) return null;
  const others = new Set<string>();
  for (const { id, init } of declared) {
    if (id?.type === "ObjectPattern" && isNamespace(init, names)) {
      for (const { key } of id.properties ?? []) {
        if (key?.name !== undefined) names.functions.add(key.name);
      }
    }
    if (id?.type !== "Identifier" || id.name === undefined) continue;
    if (isColumn(init, names)) names.columns.add(id.name);
    else others.add(id.name);
  }
  // A name that is a column here and something else there is left alone.
  for (const name of others) names.columns.delete(name);
  return names;
}

/**
 * Whether an expression is a column, as far as its words tell.
 *
 * @param node the expression
 * @param names what {@link columnNames} found
 */
export function isColumn(
  node: Node | null | undefined,
  names: ColumnNames,
): boolean {
  switch (node?.type) {
    case "Identifier":
      return names.columns.has(node.name ?? "");
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return isColumn(node.expression, names);
    case "CallExpression":
      return isColumnCall(node.callee, names);
    default:
      return false;
  }
}

function isColumnCall(
  callee: Node | null | undefined,
  names: ColumnNames,
): boolean {
  if (callee?.type === "Identifier") {
    return names.functions.has(callee.name ?? "");
  }
  if (callee?.type !== "MemberExpression") return false;
  const method = callee.property?.name ?? "";
  if (isNamespace(callee.object, names)) return !method.startsWith("udf");
  return isColumn(callee.object, names) && !NO_COLUMNS.has(method);
}

function isNamespace(
  node: Node | null | undefined,
  { namespaces }: Pick<ColumnNames, "namespaces">,
): boolean {
  return node?.type === "Identifier" && namespaces.has(node.name ?? "");
}

/** Notes what a file imports of TSpark; whether it is TSpark's import. */
function addImports(
  { source, specifiers = [] }: Node,
  names: { functions: Set<string>; namespaces: Set<string> },
): boolean {
  const from = String(source?.value);
  if (!PACKAGE.test(from)) return false;
  for (const { type, imported, local } of specifiers) {
    const name = local?.name ?? "";
    if (type === "ImportNamespaceSpecifier" && FUNCTIONS.test(from)) {
      names.namespaces.add(name);
    } else if (type === "ImportSpecifier") {
      if (FUNCTIONS.test(from)) names.functions.add(name);
      else if (imported?.name === "functions") names.namespaces.add(name);
    }
  }
  return true;
}
