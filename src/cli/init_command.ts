import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import process from "node:process";
import { denoFiles } from "./init/deno_files.ts";
import { nodeFiles } from "./init/node_files.ts";
import type { ProjectFacts, ProjectFiles } from "./init/project_files.ts";
import { sourceFolder } from "./program_command.ts";
import { say } from "./terminal.ts";
import { usageError } from "./usage_error.ts";

/** What commander read. */
export interface InitWords {
  /** Whether the project is for Deno, or for Node. */
  readonly deno?: boolean;
  readonly node?: boolean;
}

/**
 * `tspark init`: makes a project with a typed pipeline, a test of it, and a
 * workflow for CI, and tells what to do next.
 *
 * @param folder where to; made where it is missing
 * @param words for which runtime; the one that runs by default
 * @throws SparkError when there are files in the folder already
 */
export async function initProject(
  folder: string,
  words: InitWords,
): Promise<void> {
  const path = resolve(folder);
  const isDeno = words.node === true
    ? false
    : words.deno === true || "deno" in process.versions;
  const facts: ProjectFacts = {
    name: projectName(basename(path)),
    source: sourceFolder(),
  };
  const { files, commands } = isDeno ? denoFiles(facts) : nodeFiles(facts);
  await checkEmpty(path, folder, files);
  await writeFiles(path, files);
  const steps = commands.map(({ command, what }) =>
    `  ${command.padEnd(COMMAND_WIDTH - 2)}  ${what}`
  );
  const into = relative(process.cwd(), path);
  if (into !== "") steps.unshift(`  cd ${into}`);
  say(
    `Made a project of ${files.size} files in ${path}. Next:\n${
      steps.join("\n")
    }`,
  );
}

const COMMAND_WIDTH = 32;

/** Hidden files may be there already, such as those of a repository. */
async function checkEmpty(
  path: string,
  folder: string,
  files: ProjectFiles,
): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found = names.find((name) => !name.startsWith(".")) ??
    files.keys().find((name) => existsSync(join(path, name)));
  if (found === undefined) return;
  throw usageError(
    `Cannot make a project in "${folder}": "${found}" is in it already; name a new folder, as in tspark init orders`,
    folder,
  );
}

async function writeFiles(path: string, files: ProjectFiles): Promise<void> {
  for (const [name, text] of files) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  }
}

/** A name that npm takes. */
function projectName(folder: string): string {
  const name = folder.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "pipeline" : name;
}
