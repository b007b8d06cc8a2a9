/**
 * Builds the native addon for this machine, unless the one that is there was
 * built from the same sources by the same compiler. An argument names the
 * folder of another crate, for tests.
 *
 * @module
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { builtAddonPath } from "../src/bridge/addon.ts";

const NATIVE = fileURLToPath(new URL("../native/", import.meta.url));
const LIBRARY_NAMES: Readonly<Record<string, string>> = {
  linux: "libtspark_addon.so",
  darwin: "libtspark_addon.dylib",
  windows: "tspark_addon.dll",
};

/** How a build went. */
export type BuildOutcome = "built" | "up to date" | "no cargo" | "not checked";

/**
 * Builds the addon where it is missing or older than its sources.
 *
 * @param crate folder of the crate, with a slash at its end; the addon goes there
 * @returns how it went; `"not checked"`: it is there, but no cargo
 * @throws Error when cargo fails
 */
export async function buildNative(crate = NATIVE): Promise<BuildOutcome> {
  const target = crate + basename(builtAddonPath());
  const exists = await readText(target, true) !== null;
  const compiler = await compilerVersion();
  if (compiler === null) return exists ? "not checked" : "no cargo";
  const stamp = `${target}.stamp`;
  const wanted = await sourceDigest(crate, compiler);
  if (exists && await readText(stamp) === wanted) return "up to date";
  console.error("Building the native addon");
  const { success } = await new Deno.Command("cargo", {
    args: [
      "build",
      "--release",
      "--locked",
      "--manifest-path",
      `${crate}Cargo.toml`,
      "--target-dir",
      `${crate}target`,
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
  const temporary = `${target}.${Deno.pid}`;
  await Deno.copyFile(`${crate}target/release/${library}`, temporary);
  await Deno.rename(temporary, target);
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
async function sourceDigest(
  crate: string,
  compiler: string,
): Promise<string> {
  const files = [
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "core/Cargo.toml",
    ...await rustFiles(crate, "src"),
    ...await rustFiles(crate, "core/src"),
  ];
  const texts = await Promise.all(
    files.sort().map(async (file) =>
      `${file}\n${await Deno.readTextFile(crate + file)}`
    ),
  );
  const bytes = new TextEncoder().encode([compiler, ...texts].join("\n"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function rustFiles(crate: string, folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(crate + folder)) {
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
    const outcome = await buildNative(Deno.args[0]);
    if (outcome === "no cargo") {
      console.error(
        "No Rust here: TSpark runs without its native addon, slower; install Rust (rustc and cargo) to build it",
      );
    } else if (outcome === "not checked") {
      console.error(
        "No Rust here: TSpark runs with the native addon that is there, whatever its sources; install Rust (rustc and cargo) to build it anew",
      );
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
