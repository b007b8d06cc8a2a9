import { isAbsolute } from "node:path";
import type { JavaObject } from "../gateway/java_object.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

const PYTHON = "spark.sql.execution.pyspark.python";

/**
 * Says what executors start, where that is not what Spark starts on the
 * driver's machine to plan: a function has one path for both.
 *
 * Peer: `SQLConf.pysparkWorkerPythonExecutable`, which `PythonPlannerRunner` does
 * not ask, Spark 4.0 – 4.3.
 *
 * @param runtime the application
 * @param jsession the session whose queries use such functions
 */
export async function tellExecutorsPython(
  { launcher }: Pick<SparkRuntime, "launcher">,
  jsession: JavaObject,
): Promise<void> {
  if (isAbsolute(launcher)) return; // it is the same on every node
  const conf = await jsession.callObject("conf");
  await conf.call("set", PYTHON, launcher);
}
