/**
 * `deno task npm [folder]`: builds the npm package with dnt, which comes from
 * JSR, into `npm/` or the folder given.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  describePackage,
  NODE_TARGET,
  type PackageDescription,
} from "./npm/description.ts";
import type { BuildOptions, DntModule } from "./npm/dnt.ts";
import { restoreImportMeta } from "./npm/import_meta.ts";
import { copyFiles, makeStage } from "./npm/stage.ts";
import { writeWorker } from "./npm/worker_file.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Not told where it is imported: no other task needs JSR, nor does `deno check`. */
const DNT: string = "jsr:@deno/dnt@0.43.2";

/**
 * What dnt is told, from the description that both builds share.
 *
 * @param description what the package is
 * @param outDir the package's folder
 */
export function dntOptions(
  description: PackageDescription,
  outDir: string,
): BuildOptions {
  const { entryPoints, mappings, fields } = description;
  return {
    entryPoints: entryPoints.map((entry) => ({
      ...entry,
      path: `./${entry.path}`,
    })),
    outDir,
    shims: {},
    // `build_npm_local.ts` checks the same modules, with a newer TypeScript.
    typeCheck: false,
    test: false,
    declaration: "inline",
    scriptModule: "cjs",
    esModule: true,
    skipSourceOutput: true,
    mappings: Object.fromEntries(
      Object.entries(mappings).map(([from, to]) => [`./${from}`, `./${to}`]),
    ),
    package: { ...fields, devDependencies: { "@types/node": "22.20.5" } },
    importMap: join(ROOT, "deno.json"),
    compilerOptions: {
      target: NODE_TARGET,
      lib: ["ESNext", "DOM", "DOM.Iterable"],
    },
    postBuild: () => addOtherFiles(description, outDir),
  };
}

async function addOtherFiles(
  description: PackageDescription,
  folder: string,
): Promise<void> {
  await restoreImportMeta(join(folder, "esm"));
  await copyFiles(description, folder);
  const { stage } = await makeStage(description);
  try {
    await writeWorker(stage, folder, description.worker);
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

if (import.meta.main) {
  const description = describePackage(
    JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json"))),
  );
  const outDir = resolve(Deno.args[0] ?? join(ROOT, "npm"));
  Deno.chdir(ROOT); // dnt tells entry points and mappings from there
  const dnt: DntModule = await import(DNT);
  await dnt.emptyDir(outDir);
  await dnt.build(dntOptions(description, outDir));
}
