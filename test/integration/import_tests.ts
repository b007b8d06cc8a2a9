import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Imports the test files of a folder, so that they run as one program and share
 * its session: first those that use it, then those that start their own.
 *
 * @param folder the folder
 * @param parts files whose names contain one of these; all without any
 */
export async function importTests(
  folder: URL,
  parts: readonly string[],
): Promise<void> {
  const path = fileURLToPath(folder);
  const files = [...Deno.readDirSync(path)].map(({ name }) => name)
    .filter((name) => name.endsWith("_test.ts"))
    .filter((name) =>
      parts.length === 0 || parts.some((part) => name.includes(part))
    )
    .map((name) => join(path, name)).sort();
  const alone = (file: string): boolean =>
    /\b(?:own|endShared)Session\b/.test(Deno.readTextFileSync(file));
  for (
    const file of [...files.filter((f) => !alone(f)), ...files.filter(alone)]
  ) {
    await import(pathToFileURL(file).href);
  }
}
