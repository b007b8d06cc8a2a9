/**
 * Builds the native addon for this machine, unless the one that is there was
 * built from the same sources by the same compiler.
 *
 * @module
 */
import { builtAddonPath } from "../src/bridge/addon.ts";

const NATIVE = new URL("../native/", import.meta.url).pathname;
const LIBRARY_NAMES: Readonly<Record<string, string>> = {
  linux: "libtspark_addon.so",
  darwin: "libtspark_addon.dylib",
  windows: "tspark_addon.dll",
};

/** How a build went. */
export type BuildOutcome = "built" | "up to date" | "no cargo";

/**
 * Builds the addon where it is missing or older than its sources.
 *
 * @throws Error when cargo fails
 */
export async function buildNative(): Promise<BuildOutcome> {
  const compiler = await compilerVersion();
  if (compiler === null) return "no cargo";
  const target = builtAddonPath();
  const stamp = `${target}.stamp`;
  const wanted = await sourceDigest(compiler);
  if (
    await readText(stamp) === wanted && await readText(target, true) !== null
  ) {
    return "up to date";
  }
  const { success } = await new Deno.Command("cargo", {
    args: [
      "build",
      "--release",
      "--locked",
      "--manifest-path",
      `${NATIVE}Cargo.toml`,
    ],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (!success) {
    throw new Error("Cannot build the native addon: cargo failed, see above");
  }
  const library = LIBRARY_NAMES[Deno.build.os];
  if (library === undefined) {
    throw new Error(
      `Cannot build the native addon on "${Deno.build.os}": no name of its library is known`,
    );
  }
  // Renamed into place: workers that run may have the old file mapped.
  await Deno.copyFile(`${NATIVE}target/release/${library}`, `${target}.new`);
  await Deno.rename(`${target}.new`, target);
  await Deno.writeTextFile(stamp, wanted);
  return "built";
}

async function compilerVersion(): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command("rustc", {
      args: ["--version"],
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** A digest of everything that the library is made of. */
async function sourceDigest(compiler: string): Promise<string> {
  const files = [
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "core/Cargo.toml",
    ...await rustFiles("src"),
    ...await rustFiles("core/src"),
  ];
  const texts = await Promise.all(
    files.sort().map(async (file) =>
      `${file}\n${await Deno.readTextFile(NATIVE + file)}`
    ),
  );
  const bytes = new TextEncoder().encode([compiler, ...texts].join("\n"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function rustFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(NATIVE + folder)) {
    if (entry.isFile) names.push(`${folder}/${entry.name}`);
  }
  return names;
}

/** A file's text, or with `exists` only whether there is one; null when there is none. */
async function readText(path: string, exists = false): Promise<string | null> {
  try {
    if (exists) return (await Deno.stat(path)).isFile ? "" : null;
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

if (import.meta.main) {
  try {
    const outcome = await buildNative();
    if (outcome === "no cargo") {
      console.error(
        "No Rust here: TSpark runs without its native addon, slower; install Rust (rustc and cargo) to build it",
      );
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
