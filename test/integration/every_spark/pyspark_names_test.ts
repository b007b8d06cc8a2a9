/**
 * Everything that PySpark's classes offer is here under the same name in camel
 * case, except for what is listed with its reason.
 */
import assert from "node:assert/strict";
import * as tspark from "../../../mod.ts";
import { findSpark } from "../../../src/driver/launch/find_spark.ts";
import { pythonPath } from "../../../bench/harness/engines.ts";
import { membersOf } from "../../../scripts/parity.ts";
import { taskContexts } from "../../../worker/task/task_context.ts";

/** What has no counterpart, and why. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RDD: {
    context: "an RDD does not lead back to its context; a program has one",
    mapPartitionsWithSplit: "deprecated since Spark 0.9",
    saveAsPickleFile: "saveAsObjectFile() writes our own record batches",
  },
  SparkContext: {
    addPyFile: "code is sent with the functions",
    dump_profiles: "Python's profiler",
    show_profiles: "Python's profiler",
    pickleFile: "objectFile() reads our own record batches",
    getSystemProperty: "not of Spark, but of the JVM",
    setSystemProperty: "not of Spark, but of the JVM",
  },
  Broadcast: {
    dump: "how PySpark pickles",
    load: "how PySpark unpickles",
    load_from_path: "how PySpark unpickles",
  },
  TaskContext: { from_json: "how PySpark's worker reads its header" },
  BarrierTaskContext: { from_json: "how PySpark's worker reads its header" },
};

/** Where each class is defined, by the module names of 4.x and 3.5. */
const CLASSES: readonly (readonly [string, readonly string[]])[] = [
  ["RDD", ["core/rdd", "rdd"]],
  ["RDDBarrier", ["core/rdd", "rdd"]],
  ["SparkContext", ["core/context", "context"]],
  ["Broadcast", ["core/broadcast", "broadcast"]],
  ["Accumulator", ["accumulators"]],
  ["TaskContext", ["taskcontext"]],
  ["BarrierTaskContext", ["taskcontext"]],
  ["StatusTracker", ["core/status", "status"]],
  ["SparkFiles", ["core/files", "files"]],
  ["StatCounter", ["statcounter"]],
];

async function pythonSource(modules: readonly string[]): Promise<string> {
  const { home } = await findSpark();
  const folders = (await pythonPath(home)).split(":");
  for (const folder of folders) {
    for (const module of modules) {
      try {
        return await Deno.readTextFile(`${folder}/pyspark/${module}.py`);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }
  throw new Error(`No ${modules} in ${folders}`);
}

/** The public methods that a class body defines. */
function methodsOf(source: string, name: string): Set<string> {
  const body = new RegExp(`^class ${name}\\b[^]*?(?=^\\S)`, "m");
  const start = body.exec(`${source}\nend`);
  const lines = start?.[0].matchAll(/^ {4}def ([a-zA-Z]\w*)/gm) ?? [];
  return new Set([...lines].map(([, method = ""]) => method));
}

/** What functions and programs see under a name: the task contexts are the workers'. */
function made(name: string): unknown {
  const contexts: object = taskContexts(() => null);
  return Reflect.get(contexts, name) ?? Reflect.get(tspark, name);
}

for (const [name, modules] of CLASSES) {
  Deno.test(`${name} has what PySpark's has`, async () => {
    const wanted = methodsOf(await pythonSource(modules), name);
    assert.ok(wanted.size > 0, `no methods found in ${modules}`);
    const there = membersOf(made(name));
    const leftOut = Object.keys(LEFT_OUT[name] ?? {});
    const missing = [...wanted].filter((method) =>
      !there.has(method) && !leftOut.includes(method)
    );
    assert.deepEqual(missing, []);
  });
}
