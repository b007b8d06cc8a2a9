/**
 * `deno task native:pack [--target triple] [--library file] [--to folder]`:
 * packs the addon of this platform, or of another whose library was built
 * elsewhere, as the tarball of its npm package.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { builtAddonPath } from "../src/bridge/addon_files.ts";
import {
  ADDON_TARGETS,
  type AddonTarget,
  addonTarget,
} from "../src/bridge/addon_targets.ts";

const ROOT = new URL("../", import.meta.url);

/** What is in a platform package's `package.json`. */
export interface PlatformManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly main: string;
  readonly files: readonly string[];
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
  readonly publishConfig: Readonly<Record<string, unknown>>;
  readonly repository: Readonly<Record<string, string>>;
}

/**
 * The `package.json` of a platform package.
 *
 * @param target the platform
 * @param version that of TSpark, for which alone the package is made
 */
export function platformManifest(
  target: AddonTarget,
  version: string,
): PlatformManifest {
  return {
    name: target.packageName,
    version,
    description: `TSpark's native addon for ${target.triple}`,
    license: "Apache-2.0",
    main: target.file,
    files: [target.file, PATH_MODULE],
    os: [target.os],
    cpu: [target.cpu],
    ...(target.libc === null ? {} : { libc: [target.libc] }),
    // No "engines": npm leaves an optional package out where they do not fit.
    publishConfig: { access: "public", provenance: true },
    repository: REPOSITORY,
  };
}

/** The repository that the packages come from. npm compares it with where the release workflow runs, and refuses a package of any other. */
const REPOSITORY: Readonly<Record<string, string>> = {
  type: "git",
  url: "git+https://github.com/tspark/tspark.git",
};

/** TSpark's version, as `deno.json` has it. */
export async function projectVersion(): Promise<string> {
  const text = await Deno.readTextFile(new URL("deno.json", ROOT));
  return String(JSON.parse(text).version);
}

/**
 * Packs a platform package with npm.
 *
 * @param target the platform
 * @param library the addon that was built for it
 * @param to the folder for the tarball, which exists
 * @returns path of the tarball
 * @throws Error when there is no such library, or npm fails
 */
export async function packNative(
  target: AddonTarget,
  library: string,
  to: string,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "tspark-native-" });
  try {
    await copyLibrary(library, `${folder}/${target.file}`);
    const manifest = platformManifest(target, await projectVersion());
    await Deno.writeTextFile(
      `${folder}/package.json`,
      `${JSON.stringify(manifest, null, 2)}\n`,
    );
    await Deno.writeTextFile(`${folder}/${PATH_MODULE}`, pathModule(target));
    await Deno.writeTextFile(`${folder}/README.md`, readme(target));
    await Deno.copyFile(new URL("LICENSE", ROOT), `${folder}/LICENSE`);
    return `${resolve(to)}/${await npmPack(folder, resolve(to))}`;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Tells where the addon is to a driver that can load modules and must not load addons. */
const PATH_MODULE = "path.cjs";

function pathModule({ file }: AddonTarget): string {
  return `module.exports = __dirname + "/${file}";\n`;
}

async function copyLibrary(from: string, to: string): Promise<void> {
  try {
    await Deno.copyFile(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Cannot pack the native addon "${from}": it is not there; run "deno task native" first, or name another by --library`,
    );
  }
}

function readme(target: AddonTarget): string {
  const windows = target.runs === "driver"
    ? "\nOnly TSpark's driver runs there: workers need Linux or macOS.\n"
    : "";
  return `# ${target.packageName}

The native addon of [TSpark](https://www.npmjs.com/package/@tspark/tspark),
Apache Spark for TypeScript, for ${target.triple}. TSpark names it among its
optional dependencies and finds it by itself: nothing else should need it.
${windows}
Apache License 2.0.
`;
}

/** @returns the tarball's name */
async function npmPack(folder: string, to: string): Promise<string> {
  // There npm is a script for the shell.
  const [command, ...first] = Deno.build.os === "windows"
    ? ["cmd", "/c", "npm"] as const
    : ["npm"] as const;
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...first, "pack", folder, "--json", "--pack-destination", to],
  }).output();
  if (!success) {
    throw new Error(
      `Cannot pack "${folder}": npm failed:\n${
        new TextDecoder().decode(stderr)
      }`,
    );
  }
  const [packed] = JSON.parse(new TextDecoder().decode(stdout));
  return String(packed.filename);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      target: { type: "string" },
      library: { type: "string" },
      to: { type: "string", default: fileURLToPath(ROOT) },
    },
  });
  const target = values.target === undefined
    ? addonTarget(osName(), Deno.build.arch === "aarch64" ? "arm64" : "x64")
    : ADDON_TARGETS.find(({ triple }) => triple === values.target) ?? null;
  if (target === null) {
    throw new Error(
      `Cannot pack the native addon for "${
        values.target ?? Deno.build.target
      }": there is no package for it; name one of ${
        ADDON_TARGETS.map(({ triple }) => triple).join(", ")
      } by --target`,
    );
  }
  const library = values.library ?? builtAddonPath();
  console.log(await packNative(target, library, values.to));
}

function osName(): string {
  return Deno.build.os === "windows" ? "win32" : Deno.build.os;
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
