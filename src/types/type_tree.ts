import type { PlainField, PlainType } from "./plain_type.ts";
import { typeName } from "./type_text.ts";

const META_CHARACTERS: { readonly [character: string]: string } = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
  "\v": "\\v",
  "\x07": "\\a",
};

/**
 * The tree that `printSchema` prints.
 *
 * @param fields the columns
 * @param level how many levels of nested types it has; all of them when absent or below 1
 */
export function treeText(
  fields: readonly PlainField[],
  level: number = Infinity,
): string {
  const lines = ["root"];
  addFields(fields, " |", level > 0 ? level : Infinity, lines);
  return `${lines.join("\n")}\n`;
}

function addFields(
  fields: readonly PlainField[],
  prefix: string,
  level: number,
  lines: string[],
): void {
  for (const { name, type, nullable } of fields) {
    const flag = ` (nullable = ${nullable})`;
    addPart(escapeName(name), type, flag, prefix, level, lines);
  }
}

function addPart(
  name: string,
  type: PlainType,
  flag: string,
  prefix: string,
  level: number,
  lines: string[],
): void {
  lines.push(`${prefix}-- ${name}: ${typeName(type)}${flag}`);
  const below = level - 1;
  if (below <= 0) return;
  const inner = `${prefix}    |`;
  switch (type.kind) {
    case "struct":
      return addFields(type.fields, inner, below, lines);
    case "array": {
      const containsNull = ` (containsNull = ${type.containsNull})`;
      addPart("element", type.elementType, containsNull, inner, below, lines);
      return;
    }
    case "map": {
      const containsNull = ` (valueContainsNull = ${type.valueContainsNull})`;
      addPart("key", type.keyType, "", inner, below, lines);
      addPart("value", type.valueType, containsNull, inner, below, lines);
      return;
    }
    default:
      return;
  }
}

function escapeName(name: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  return name.replace(/[\n\r\t\f\b\v\x07]/g, (c) => META_CHARACTERS[c] ?? c);
}
