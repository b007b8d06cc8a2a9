import { dirname, join, relative } from "node:path";

/** Which files of the library each of its files imports, types too. Names are told from the root. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads the imports of all files in folders.
 *
 * @param root the repository
 * @param folders folders in it
 */
export async function readImports(
  root: string,
  folders: readonly string[],
): Promise<ImportGraph> {
  const graph = new Map<string, ReadonlySet<string>>();
  for (const folder of folders) {
    for await (const file of sourceFiles(join(root, folder))) {
      const name = relative(root, file);
      const text = await Deno.readTextFile(file);
      graph.set(name, new Set(importsOf(name, text)));
    }
  }
  return graph;
}

/**
 * The files that a file's text imports or exports from, statically, by
 * `import()`, or for a type.
 *
 * @param name the file, told from the root
 * @param text what it holds
 */
export function importsOf(name: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[^]*?\*\//g, "");
  const found = code.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return Array.from(found, ([, path = ""]) => join(dirname(name), path));
}

/**
 * The largest sets of files that each reach all others of the set by imports.
 *
 * Peer: Tarjan's strongly connected components.
 */
export function findCircles(graph: ImportGraph): string[][] {
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string): void => {
    const number = numbers.size;
    numbers.set(file, number);
    lowest.set(file, number);
    open.push(file);
    isOpen.add(file);
    for (const next of graph.get(file) ?? []) {
      if (!numbers.has(next)) visit(next);
      if (!isOpen.has(next)) continue;
      const low = Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0);
      lowest.set(file, low);
    }
    if (lowest.get(file) !== number) return;
    const circle = open.splice(open.indexOf(file));
    for (const each of circle) isOpen.delete(each);
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of graph.keys()) if (!numbers.has(file)) visit(file);
  return circles;
}

async function* sourceFiles(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* sourceFiles(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}
