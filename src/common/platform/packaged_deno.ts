import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";

/**
 * The Deno that the npm package `deno` has brought. Its launcher script is
 * passed by: the process that Spark starts has to be Deno itself.
 *
 * @param from address of the module whose packages count
 * @returns path of the executable; null where the package is not installed
 */
export function packagedDeno(from: string): string | null {
  try {
    const manifest = createRequire(from).resolve("deno/package.json");
    const require = createRequire(manifest);
    for (const name of platformPackages()) {
      const found = resolvedFolder(require, name);
      if (found !== null) return join(found, EXECUTABLE);
    }
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const EXECUTABLE = process.platform === "win32" ? "deno.exe" : "deno";

/** Such as `@deno/linux-x64-glibc`: npm has installed the one that fits. */
function platformPackages(): string[] {
  const name = `@deno/${process.platform}-${process.arch}`;
  return process.platform === "linux" ? [`${name}-glibc`] : [name];
}

function resolvedFolder(require: NodeJS.Require, name: string): string | null {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error &&
    Reflect.get(error, "code") === "MODULE_NOT_FOUND";
}
