import { build, type Plugin } from "esbuild";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUNNER = "test/npm/deno_test_in_node.mjs";

/**
 * Compiles tests, module by module, for Node and the installed package.
 *
 * @param modules their paths below `test/`, with those of their own that they import
 * @param project the folder in which the package is installed; they go below its `test/`
 */
export async function compileForNode(
  modules: readonly string[],
  project: string,
): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: modules.map((path) => `test/${path}`),
    outdir: join(project, "test"),
    outbase: "test",
    outExtension: { ".js": ".mjs" },
    bundle: true, // for the plugin alone: nothing is bundled but the runner
    format: "esm",
    platform: "node",
    target: "node22",
    sourcemap: "inline",
    logLevel: "error",
    define: { "Deno.test": "tsparkTest", "Deno.inspect": "tsparkInspect" },
    inject: [RUNNER],
    plugins: [installedPackage(project)],
  });
}

/** The public API is the package; a module of its inside is a file of it. */
function installedPackage(project: string): Plugin {
  return {
    name: "installed package",
    setup(build): void {
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === "entry-point" || path.endsWith(RUNNER)) return undefined;
        if (!path.startsWith(".")) return { path, external: true };
        const from = dirname(relative(ROOT, importer));
        const target = normalize(join(from, path));
        if (target === "mod.ts") {
          return { path: "@tspark/tspark", external: true };
        }
        const file = target.startsWith("src/")
          ? `node_modules/@tspark/tspark/esm/${target.replace(/ts$/, "js")}`
          : target.replace(/ts$/, "mjs");
        const toFile = relative(join(project, from), join(project, file));
        return {
          path: toFile.startsWith(".") ? toFile : `./${toFile}`,
          external: true,
        };
      });
    },
  };
}
