/**
 * Archives of the classes that a Spark loads, for the JVMs of tests: one that
 * maps its classes from a file starts in half the processor time.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../src/driver/launch/cache_folder.ts";
import { findJava } from "../src/driver/launch/find_java.ts";

const LOAD_CLASSES = fileURLToPath(
  new URL("load_classes.ts", import.meta.url),
);
/** Says nothing, least of all on stdout, which is the program's. */
const QUIET = ["-Xlog:disable", "-Xlog:all=error:stderr"];

/**
 * The archive for a Spark and this machine's Java, made where it is missing,
 * which takes up to a minute. A JVM that finds that it does not fit goes on
 * without it.
 *
 * @param sparkHome Spark's folder
 * @param jvmOptions what the JVMs get, the kind of garbage collector among it
 * @returns its path, or null when it cannot be made: for want of a Java or a cache, or since there are settings in Spark's folder
 */
export async function classArchive(
  sparkHome: string,
  jvmOptions: string,
): Promise<string | null> {
  try {
    const { program } = await findJava(sparkHome, Deno.env.toObject());
    const path = await archivePath(sparkHome, program, jvmOptions);
    if (!await exists(path)) {
      await makeArchive(path, sparkHome, program, jvmOptions);
    }
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    console.error(`JVMs start without an archive of classes: ${reason}`);
    return null;
  }
}

/** What the archive depends on is in its name. */
async function archivePath(
  sparkHome: string,
  java: string,
  jvmOptions: string,
): Promise<string> {
  const { stderr } = await run(java, ["-version"], {});
  const hash = createHash("sha256");
  hash.update(stderr).update(jvmOptions);
  for (const jar of [...Deno.readDirSync(`${sparkHome}/jars`)].sort(byName)) {
    const { mtime, size } = await Deno.stat(`${sparkHome}/jars/${jar.name}`);
    hash.update(`${sparkHome}/${jar.name} ${size} ${mtime?.getTime()}\n`);
  }
  const digest = hash.digest("hex").slice(0, 16);
  return `${cacheFolder()}/classes/${digest}.jsa`;
}

/** Has a JVM write down which classes it loads, and another one archive them. */
async function makeArchive(
  path: string,
  sparkHome: string,
  java: string,
  jvmOptions: string,
): Promise<void> {
  console.error(`Making an archive of the classes of ${sparkHome}, once`);
  await Deno.mkdir(dirname(path), { recursive: true });
  // Beside it, where it can be renamed to it.
  const folder = await Deno.makeTempDir({ dir: dirname(path) });
  try {
    const list = `${folder}/classes`;
    const archive = `${folder}/archive`;
    const { stdout } = await run(
      Deno.execPath(),
      ["run", "--allow-all", "--no-check", LOAD_CLASSES],
      {
        SPARK_HOME: sparkHome,
        SPARK_SUBMIT_OPTS: `${jvmOptions} -XX:DumpLoadedClassList=${list}`,
      },
    );
    const classPath = stdout.trim();
    await run(java, [
      ...jvmOptions.split(" "),
      ...["-Xshare:dump", ...QUIET, `-XX:SharedClassListFile=${list}`],
      ...[`-XX:SharedArchiveFile=${archive}`, "-cp", classPath],
    ], {});
    // A JVM that must have it, and fails without.
    const options = [...jvmOptions.split(" "), "-Xshare:on"];
    await run(java, [
      ...options,
      ...[`-XX:SharedArchiveFile=${archive}`, "-cp", classPath, "-version"],
    ], {});
    await Deno.rename(archive, path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ stdout: string; stderr: string }> {
  const output = await new Deno.Command(command, {
    args: [...args],
    env: { ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const stderr = decoder.decode(output.stderr);
  if (!output.success) {
    throw new Error(`"${command}" ended with ${output.code}: ${stderr}`);
  }
  return { stdout: decoder.decode(output.stdout), stderr };
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function byName(left: Deno.DirEntry, right: Deno.DirEntry): number {
  return left.name < right.name ? -1 : 1;
}
