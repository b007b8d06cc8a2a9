/**
 * `deno task npm:local [folder]`: builds the npm package and its tarball
 * without JSR, by esbuild and TypeScript, into `npm/` or the folder given.
 *
 * @module
 */
import { build, type Plugin } from "esbuild";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  describePackage,
  NODE_TARGET,
  type PackageDescription,
} from "./npm/description.ts";
import { packageManifest } from "./npm/manifest.ts";
import { run } from "./npm/run.ts";
import { copyFiles, IMPORT, makeStage } from "./npm/stage.ts";
import { writeWorker } from "./npm/worker_file.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** What {@link buildNpmLocal} made. */
export interface BuiltPackage {
  /** The package's folder. */
  readonly folder: string;
  /** Path of its tarball. */
  readonly tarball: string;
}

/**
 * Builds the package.
 *
 * @param out an empty folder, or one that is not there yet
 * @throws Error with what esbuild, TypeScript or npm say
 */
export async function buildNpmLocal(out: string): Promise<BuiltPackage> {
  const description = describePackage(
    JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json"))),
  );
  const folder = join(resolve(out), "package");
  await Deno.mkdir(folder, { recursive: true });
  const { stage, sources } = await makeStage(description);
  try {
    await Promise.all([
      writeModules(stage, sources, join(folder, "esm"), "esm"),
      writeModules(stage, sources, join(folder, "script"), "cjs"),
      writeTypes(stage, folder, description),
      writeWorker(stage, folder, description.worker),
    ]);
    await copyFiles(description, folder);
    await markPrograms(description, folder);
    await Deno.writeTextFile(
      join(folder, "package.json"),
      `${JSON.stringify(packageManifest(description), null, 2)}\n`,
    );
    const packed = await run("npm", ["pack", "--json", folder], resolve(out));
    const [{ filename }] = JSON.parse(packed);
    return { folder, tarball: join(resolve(out), filename) };
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

/** One file of JavaScript for each module: they find each other, and their place, by address. */
async function writeModules(
  stage: string,
  sources: readonly string[],
  outdir: string,
  format: "esm" | "cjs",
): Promise<void> {
  const driver = join(stage, "driver");
  await build({
    absWorkingDir: driver,
    entryPoints: [...sources],
    outdir,
    outbase: driver,
    bundle: true, // for the plugin alone: nothing is bundled
    format,
    platform: "node",
    target: "node22",
    logLevel: "error",
    plugins: [separateModules],
    ...(format === "esm" ? {} : {
      define: { "import.meta.url": "tsparkModuleUrl" },
      banner: {
        js:
          'const tsparkModuleUrl = require("node:url").pathToFileURL(__filename).href;',
      },
    }),
  });
  await Deno.writeTextFile(
    join(outdir, "package.json"),
    `{ "type": "${format === "esm" ? "module" : "commonjs"}" }\n`,
  );
}

const separateModules: Plugin = {
  name: "separate modules",
  setup(build): void {
    build.onResolve(
      { filter: /.*/ },
      ({ kind, path }) =>
        kind === "entry-point"
          ? undefined
          : { path: path.replace(/\.ts$/, ".js"), external: true },
    );
  },
};

/** Tells systems that have such lines what runs a program; npm makes it executable. */
async function markPrograms(
  { entryPoints }: PackageDescription,
  folder: string,
): Promise<void> {
  for (const { kind, path } of entryPoints) {
    if (kind !== "bin") continue;
    const file = join(folder, "esm", path.replace(/\.ts$/, ".js"));
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, `#!/usr/bin/env node\n${text}`);
  }
}

/** Checks the driver as Node sees it, and writes its declarations beside both forms. */
async function writeTypes(
  stage: string,
  folder: string,
  { entryPoints }: PackageDescription,
): Promise<void> {
  const config = {
    compilerOptions: {
      target: NODE_TARGET,
      lib: [
        "ES2024",
        "ESNext.Disposable",
        "ESNext.Collection",
        "ES2025.Iterator",
        "ES2025.Float16",
        "ESNext.Temporal",
        "DOM",
        "DOM.Iterable",
        "DOM.AsyncIterable",
      ],
      module: "NodeNext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: true,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: "driver",
      outDir: "types",
      types: ["node"],
    },
    files: entryPoints.map(({ path }) => `driver/${path}`),
  };
  await Deno.writeTextFile(
    join(stage, "tsconfig.json"),
    JSON.stringify(config),
  );
  await run(join(stage, "node_modules/.bin/tsc"), ["-p", "."], stage);
  for (const form of ["esm", "script"]) {
    await copyDeclarations(join(stage, "types"), join(folder, form));
  }
}

async function copyDeclarations(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) {
      await copyDeclarations(source, target);
      continue;
    }
    const text = await Deno.readTextFile(source);
    await Deno.writeTextFile(
      target,
      text.replace(
        IMPORT,
        (_all, before: string, specifier: string) =>
          `${before}"${specifier.replace(/\.ts$/, ".js")}"`,
      ),
    );
  }
}

if (import.meta.main) {
  const { tarball } = await buildNpmLocal(Deno.args[0] ?? join(ROOT, "npm"));
  const { size } = await Deno.stat(tarball);
  console.log(`${tarball}, ${Math.ceil(size / 1024)} KiB`);
}
