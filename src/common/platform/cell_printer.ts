import { findNotebook } from "./find_notebook.ts";

/**
 * What prints under the cell that runs, where this program is the kernel of a
 * notebook: its stdout leads to the terminal that Jupyter was started in, and
 * only the console under the cell. Null in other programs.
 *
 * @param global the global object
 */
export function cellPrinter(
  global: object = globalThis,
): ((text: string) => void) | null {
  const { console } = global as typeof globalThis;
  if (findNotebook(global) === null) return null;
  return (text) => {
    // deno-lint-ignore tspark/no-console-in-library
    console.log(text.replace(/\n$/, ""));
  };
}
