import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { platform } from "../../common/platform/deno.ts";
import type { FunctionProfile } from "../runtime/profile_store.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { type CpuProfile, joinProfiles } from "./cpu_profile.ts";
import { profileTable } from "./profile_table.ts";

/**
 * What the functions of the program took on the workers, as `spark.profile`
 * gives it. Functions are measured that queries take in while
 * `spark.tspark.profile` is `time` or `cpu`; otherwise nothing is, and nothing
 * is slower.
 *
 * @example
 * ```ts
 * import { type SparkSession, udf } from "@tspark/tspark";
 *
 * async function profiled(spark: SparkSession): Promise<void> {
 *   const half = udf((x: number) => x / 2, "double", { name: "half" });
 *   spark.conf.set("spark.tspark.profile", "time");
 *   await spark.range(1000).select(half("id")).collect();
 *   spark.profile.show();
 * }
 * ```
 */
export class Profile {
  readonly #runtime: SparkRuntime;

  /** @internal */
  constructor(runtime: SparkRuntime) {
    this.#runtime = runtime;
  }

  /** What each function took in the tasks that have ended so far, those that took longest first. */
  results(): FunctionProfile[] {
    return this.#runtime.profiles.functions()
      .toSorted((a, b) => b.milliseconds - a.milliseconds);
  }

  /**
   * The results as a table, a line for each function.
   *
   * @param id number of one function; all when left out
   */
  render(id?: number): string {
    return profileTable(
      this.results().filter((profile) => id === undefined || profile.id === id),
    );
  }

  /**
   * Prints the results.
   *
   * @param id number of one function; all when left out
   */
  show(id?: number): void {
    platform.writeOutput(`${this.render(id)}\n`);
  }

  /**
   * Writes the results into a folder: `udfs.txt`, and for each stage that ran
   * while `spark.tspark.profile` was `cpu` one `stage_<number>.cpuprofile`,
   * which the viewers of Chrome and VS Code open. Positions in it are those of
   * the program's own files.
   *
   * @param path the folder, which is made where there is none
   * @returns paths of the files
   */
  async dump(path: string): Promise<string[]> {
    const files = [{ name: "udfs.txt", text: `${this.render()}\n` }];
    for (const [stage, profiles] of this.#runtime.profiles.stages()) {
      const tasks = profiles.map((text) => JSON.parse(text) as CpuProfile);
      const joined = joinProfiles(
        tasks,
        (place) => this.#runtime.capturer.placeOf(place),
      );
      const name = `stage_${stage}.cpuprofile`;
      files.push({ name, text: JSON.stringify(joined) });
    }
    return await writeAll(path, files);
  }

  /**
   * Forgets what was measured.
   *
   * @param id number of one function; all, and the profiles of stages, when left out
   */
  clear(id?: number): void {
    this.#runtime.profiles.clear(id);
  }
}

async function writeAll(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const { name, text } of files) {
    const file = join(folder, name);
    await writeFile(file, text);
    paths.push(file);
  }
  return paths;
}
