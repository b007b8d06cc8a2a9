import assert from "node:assert/strict";
import { JavaError, SparkError } from "../../mod.ts";
import { startEndlessDriver } from "../integration/endless_driver.ts";
import { descendants, gone, parentOf } from "../integration/processes.ts";
import { startSpark } from "../integration/start_spark.ts";
import { caught, Scene } from "./fault.ts";
import { waiting } from "./process_faults.ts";

/** A fault that ends its session. */
export interface OwnFault {
  readonly name: string;
  /** What is done, for the table. */
  readonly done: string;
  /**
   * Does it, with a session of its own, and has another session run a job.
   *
   * @param folder an empty folder, which has to be empty of Spark's files in the end
   * @returns what the user saw
   */
  run(folder: string): Promise<string>;
}

/** The ends of the driver and of its JVM. */
export const OWN_FAULTS: readonly OwnFault[] = [
  {
    name: "daemon",
    done: "`kill -9` of the daemon in mid-task",
    async run(folder) {
      const words = await wordsIn(folder);
      const spark = await startSpark(settings(folder));
      const { sparkContext: sc } = spark;
      using scene = new Scene(sc, words);
      const action = waiting(scene, 2).collect();
      const workers = await scene.running(2);
      const below = descendants(Deno.pid);
      const daemon = parentOf(workers[0] ?? 0) ?? 0;
      assert.ok(below.includes(daemon));
      Deno.kill(daemon, "SIGKILL");
      await gone([daemon]);
      await Deno.writeTextFile(`${words}/go`, "");
      assert.deepEqual(await action, [0, 1]);
      const next = await sc.range(0, 4, 1, 4).map((n) => n + 1).collect();
      assert.deepEqual(next, [1, 2, 3, 4]);
      await spark.stop();
      await gone([...below, ...workers]);
      return "the exact result, as of the next job";
    },
  },
  {
    name: "jvm",
    done: "`kill -9` of the driver's JVM in mid-task",
    async run(folder) {
      const spark = await startSpark(settings(folder));
      const words = await wordsIn(folder);
      using scene = new Scene(spark.sparkContext, words);
      const action = caught(
        spark.sparkContext.range(0, 1, 1, 1).map((n) => {
          Deno.writeTextFileSync(`${words}/${Deno.pid}`, "");
          for (let i = n;; i = (i + 1) % 7) if (i > 9) return i;
        }).collect(),
      );
      await scene.running();
      const below = descendants(Deno.pid);
      Deno.kill(jvmOf(below), "SIGKILL");
      const error = await action;
      assert.ok(error instanceof SparkError, Deno.inspect(error));
      assert.ok(!(error instanceof JavaError));
      await gone(below);
      await spark.stop();
      await Deno.remove(`${folder}/local`, { recursive: true }); // no JVM was left to do so
      return error.message;
    },
  },
  {
    name: "driver",
    done: "`kill -9` of the driver in mid-task",
    async run(folder) {
      const { driver, below } = await startEndlessDriver(folder, {
        SPARK_LOCAL_DIRS: `${folder}/local`,
      });
      driver.kill("SIGKILL");
      await driver.status;
      await gone(below);
      return "its own end; everything below it ended";
    },
  },
];

async function wordsIn(folder: string): Promise<string> {
  await Deno.mkdir(`${folder}/words`);
  return `${folder}/words`;
}

/** Settings by which all files of a session are below a folder. */
export function settings(folder: string): Record<string, string> {
  return {
    "spark.local.dir": `${folder}/local`,
    "spark.driver.extraJavaOptions": `-Djava.io.tmpdir=${folder}`,
  };
}

function jvmOf(pids: readonly number[]): number {
  const found = pids.find((pid) =>
    Deno.readTextFileSync(`/proc/${pid}/comm`).trim() === "java"
  );
  assert.ok(found !== undefined, "a JVM runs");
  return found;
}
