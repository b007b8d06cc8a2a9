import { expectString, expectStringOrNull } from "../gateway/expect.ts";
import { readOption, readSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { ResourceInformation } from "../runtime/application_info.ts";
import { ContextBase } from "./context_base.ts";

/** The part of `SparkContext` that tells of the application and gives it files for its workers. */
export abstract class ApplicationContext extends ContextBase {
  /** Who runs the application. */
  get sparkUser(): string {
    return this.runtime.info.sparkUser;
  }

  /** When the application started, in milliseconds since 1970. */
  get startTime(): number {
    return this.runtime.info.startTime;
  }

  /** The driver's devices, such as GPUs, by resource name. */
  get resources(): ReadonlyMap<string, ResourceInformation> {
    return this.runtime.info.resources;
  }

  /**
   * Brings a file to every worker, where `SparkFiles.get(name)` tells its path.
   *
   * @param path a local file, one of another file system, or an http, https or ftp address
   * @param recursive whether `path` may be a folder, which then comes with all that is in it
   * @throws JavaError when the file does not exist, or another one of the same name was added
   *
   * @example
   * ```ts
   * import { type SparkContext, SparkFiles } from "@tspark/tspark";
   *
   * async function stopWords(sc: SparkContext): Promise<number> {
   *   await sc.addFile("stop_words.txt");
   *   return await sc.textFile("book.txt").mapPartitions((lines) => {
   *     const text = Deno.readTextFileSync(SparkFiles.get("stop_words.txt"));
   *     const stop = new Set(text.split("\n"));
   *     return lines.filter((line) => !stop.has(line));
   *   }).count();
   * }
   * ```
   */
  async addFile(path: string, recursive: boolean = false): Promise<void> {
    await this.runtime.jsc.call("addFile", path, recursive);
  }

  /**
   * Brings an archive to every worker and unpacks it there: into a folder of
   * its name, or of the name after a `#`.
   *
   * @param path a file that ends in `.zip`, `.jar`, `.tar.gz`, `.tgz` or `.tar`, as in {@link ApplicationContext.addFile}
   * @throws JavaError when the file does not exist
   */
  async addArchive(path: string): Promise<void> {
    await this.#askScala((sc) => sc.call("addArchive", path));
  }

  /**
   * Lets functions import a package, or a local module, by a name that their
   * text does not tell: `await import(name)`. What a function names itself
   * travels without it.
   *
   * @param specifier as the program would import it: a package's name of its
   * import map, `npm:…`, `jsr:…`, or a module's address
   * @throws ClosureError `PACKAGES_NOT_BUNDLED` where it is not to be found
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * async function lengths(sc: SparkContext, parser: string): Promise<number> {
   *   await sc.addPackage(parser);
   *   return await sc.textFile("book.txt")
   *     .mapAsync(async (line) => (await import(parser)).parse(line).length)
   *     .sum();
   * }
   * ```
   */
  async addPackage(specifier: string): Promise<void> {
    await this.runtime.packages.add(specifier);
  }

  /** The files that were added, as addresses from which the workers fetch them. */
  async listFiles(): Promise<string[]> {
    return await this.#list("listFiles");
  }

  /** The archives that were added, as addresses from which the workers fetch them. */
  async listArchives(): Promise<string[]> {
    return await this.#list("listArchives");
  }

  /**
   * Sets where `checkpoint()` writes: a new folder in this one.
   *
   * @param directory a folder that all executors reach, such as one on HDFS
   */
  async setCheckpointDir(directory: string): Promise<void> {
    await this.runtime.jsc.call("setCheckpointDir", directory);
  }

  /** Where `checkpoint()` writes; null when that was not set. */
  async getCheckpointDir(): Promise<string | null> {
    const directory = await this.#askScala(async (sc) =>
      await readOption(await sc.callObject("getCheckpointDir"))
    );
    return expectStringOrNull(directory, "getCheckpointDir");
  }

  async #list(method: string): Promise<string[]> {
    const names = await this.#askScala(async (sc) =>
      await readSeq(await sc.callObject(method))
    );
    return names.map((name) => expectString(name, method));
  }

  async #askScala<T>(ask: (sc: JavaObject) => Promise<T>): Promise<T> {
    const { gateway, jsc } = this.runtime;
    return await gateway.scope(async () =>
      await ask(await jsc.callObject("sc"))
    );
  }
}
