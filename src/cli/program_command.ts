import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { platform } from "../common/platform/deno.ts";
import { usageError } from "./usage_error.ts";

/** Node runs TypeScript by itself from here on. */
const STRIPS_TYPES = { major: 22, minor: 18 } as const;

/**
 * How the runtime under us runs a program.
 *
 * @param file the program's path, or its address such as `https://…` or `jsr:…`
 * @param args what it gets
 * @param flags further words for the runtime
 * @returns the words of the command, the runtime's executable first
 */
export function programCommand(
  file: string,
  args: readonly string[],
  flags: readonly string[] = [],
): readonly [command: string, ...words: string[]] {
  const runtime = "deno" in process.versions
    ? ["run", "--allow-all", ...configFlags(dirname(file))]
    : nodeFlags(process.versions.node);
  return [platform.executable(), ...runtime, ...flags, file, ...args];
}

/**
 * What Deno has to be told of our own import map. A published TSpark needs
 * none; one that is loaded from its sources does, and is itself what
 * `@tspark/tspark` means to a program that has no configuration of its own.
 *
 * @param folder where the program is
 * @returns flags of `deno run` and `deno repl`
 */
export function configFlags(folder: string): string[] {
  const source = sourceFolder();
  if (source === null || hasConfig(resolve(folder))) return [];
  // Without a lock: ours is not for what a user's program imports.
  return [`--config=${join(source, "deno.json")}`, "--no-lock"];
}

/** The folder of TSpark's sources, where it was loaded from them; null for one that is published. */
export function sourceFolder(): string | null {
  const config = new URL("../../deno.json", import.meta.url);
  if (config.protocol !== "file:" || !existsSync(config)) return null;
  return dirname(fileURLToPath(config));
}

/**
 * Refuses a project by whose configuration TSpark's sources do not find the
 * packages that they import.
 *
 * @param folder where the user is
 * @throws SparkError when TSpark was loaded from its sources, and the project does not link them
 */
export function checkLink(folder: string): void {
  const source = sourceFolder();
  if (source === null) return;
  const configs = configsAbove(resolve(folder));
  const [nearest] = configs;
  if (nearest === undefined || configs.some((at) => names(at, source))) return;
  const ours = join(dirname(nearest), "deno.json");
  throw usageError(
    `Cannot open a shell by "${nearest}": it does not link TSpark's sources, which this command runs from; add "links": [${
      JSON.stringify(source)
    }] to "${ours}", or open the shell in a folder that is in no project`,
    nearest,
  );
}

/** Whether a configuration is that of a folder, or has it among its links. */
function names(config: string, folder: string): boolean {
  const here = dirname(config);
  return here === folder ||
    readFileSync(config, "utf8").matchAll(/"((?:[^"\\\n]|\\.)+)"/g)
      .some(([, text = ""]) =>
        (text.startsWith("file:")
          ? fileURLToPath(text)
          : resolve(here, text)) ===
          folder
      );
}

/** The files by which Deno knows a project. */
const CONFIG_FILES = ["deno.json", "deno.jsonc", "package.json"];

function hasConfig(folder: string): boolean {
  return configsAbove(folder).length > 0;
}

/** Of a folder and of those that it is in, the nearest first. */
function configsAbove(folder: string): string[] {
  const here = CONFIG_FILES.map((name) => join(folder, name)).filter((path) =>
    existsSync(path)
  );
  const above = dirname(folder);
  return above === folder ? here : [...here, ...configsAbove(above)];
}

/**
 * Refuses a program that is not there.
 *
 * @param file the program's path, or its address
 * @throws SparkError when there is no such file, or it is a folder
 */
export function checkProgram(file: string): void {
  if (/^[a-z]{2,}:/i.test(file)) return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) return;
  const state = found === undefined
    ? "there is no such file"
    : "it is a folder";
  throw usageError(
    `Cannot run "${file}": ${state}; give the path of a program`,
    file,
  );
}

function nodeFlags(version: string): string[] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const strips = major > STRIPS_TYPES.major ||
    (major === STRIPS_TYPES.major && minor >= STRIPS_TYPES.minor);
  return strips ? [] : ["--experimental-strip-types"];
}
