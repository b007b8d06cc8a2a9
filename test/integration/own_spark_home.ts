import { installSpark } from "../../src/driver/launch/install_spark.ts";

/**
 * Makes `SPARK_HOME` a folder of links to a Spark, since `local-cluster` writes
 * what its executors leave into `SPARK_HOME/work` and nowhere else.
 *
 * @param folder where to make it
 * @returns gives the environment back what it had
 */
export async function ownSparkHome(folder: string): Promise<Disposable> {
  const before = Deno.env.get("SPARK_HOME");
  const spark = before ?? (await installSpark("4.3.0")).home;
  const home = `${folder}/spark`;
  await Deno.mkdir(home);
  for await (const { name } of Deno.readDir(spark)) {
    if (name !== "work") {
      await Deno.symlink(`${spark}/${name}`, `${home}/${name}`);
    }
  }
  Deno.env.set("SPARK_HOME", home);
  return {
    [Symbol.dispose](): void {
      if (before === undefined) Deno.env.delete("SPARK_HOME");
      else Deno.env.set("SPARK_HOME", before);
    },
  };
}
