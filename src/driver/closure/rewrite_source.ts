/**
 * The few changes that a function's text needs before it can be compiled
 * elsewhere. Lines stay where they are, and so do columns except for shared
 * variables and a class's parent.
 *
 * @module
 */

import {
  IMPORT_META_NAME,
  IMPORT_NAME,
  PARENT_NAME,
  THIS_NAME,
} from "../../protocol/closure_record.ts";
import type { ParsedFunction } from "./parse_function.ts";

/**
 * Makes the text that is sent.
 *
 * - A variable in `shared` becomes the property `v` of a cell of that name.
 * - `import.meta` becomes a name of equal length, and so does the keyword of
 *   an `import()` of something else than the platform's modules.
 * - The `this` of an arrow function becomes a name of equal length.
 * - A class's `extends` names its parent instead of computing it, and static
 *   fields and blocks are blanked: their values are serialized as they are now.
 * - The computed key of a method is blanked: the method is serialized with its name.
 */
export function rewriteSource(
  source: string,
  parsed: ParsedFunction,
  shared: ReadonlySet<string>,
): string {
  const edits: Edit[] = parsed.importMeta.map((start) => ({
    start,
    end: start + "import.meta".length,
    text: IMPORT_META_NAME,
  }));
  for (const start of parsed.thisUses) {
    edits.push({ start, end: start + "this".length, text: THIS_NAME });
  }
  if (needsImporter(parsed)) {
    for (const { start } of parsed.imports) {
      edits.push({ start, end: start + "import".length, text: IMPORT_NAME });
    }
  }
  for (const name of shared) {
    for (const use of parsed.names.get(name)?.uses ?? []) {
      edits.push({
        start: use.start,
        end: use.start + name.length,
        text: CELL_USES[use.as](name),
      });
    }
  }
  if (parsed.heritage !== null) {
    edits.push({ ...parsed.heritage, text: PARENT_NAME });
  }
  for (const span of parsed.statics) edits.push({ ...span, text: BLANK });
  if (parsed.computedKey !== null) {
    edits.push({ ...parsed.computedKey, text: `0${BLANK}` });
  }
  return apply(source, edits);
}

/** Whether a function imports what a worker does not have by itself. */
export function needsImporter({ imports }: ParsedFunction): boolean {
  return imports.some(({ specifier }) =>
    specifier?.startsWith("node:") !== true
  );
}

interface Edit {
  readonly start: number;
  readonly end: number;
  /** The new text; one that ends in {@linkcode BLANK} is filled to the old length. */
  readonly text: string;
}

const BLANK = "\0";

const CELL_USES = {
  plain: (name: string): string => `${name}.v`,
  shorthand: (name: string): string => `${name}:${name}.v`,
  callee: (name: string): string => `(0,${name}.v)`,
};

function apply(source: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return source;
  let text = "";
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const old = source.slice(edit.start, edit.end);
    text += source.slice(done, edit.start) +
      (edit.text.endsWith(BLANK)
        ? edit.text.slice(0, -1) + blank(old).slice(edit.text.length - 1)
        : edit.text);
    done = edit.end;
  }
  return text + source.slice(done);
}

/** Spaces for all but line breaks. */
function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, " ");
}
