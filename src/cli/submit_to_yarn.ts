import { platform } from "../common/platform/deno.ts";
import { makeTemporaryFolder } from "../common/temporary_folder.ts";
import { withPackProgress } from "../driver/launch/pack_progress.ts";
import { packWorker } from "../driver/launch/worker_archive.ts";
import { WORKER_PROGRAM } from "../driver/launch/worker_program.ts";
import { runAtTerminal } from "./child_process.ts";
import { packProgram, RUN_PROGRAM } from "./program_archive.ts";
import { submitArguments } from "./submit_arguments.ts";
import { ARCHIVES, DRIVER_RUNTIME, type SubmitWords } from "./submit_words.ts";
import { YarnReport } from "./yarn_report.ts";
import { showYarnOutput } from "./yarn_output.ts";

/** In the folder of each container. */
const PROGRAM = "tspark_program";
const WORKER = "tspark_worker";
const WORKER_SETTING = "spark.tspark.worker";
const WAITS = "spark.yarn.submit.waitAppCompletion";

/**
 * Submits a program to YARN in cluster mode: sends it with all that it needs,
 * waits for its end, and brings its output back.
 *
 * Peer: `org.apache.spark.deploy.yarn.Client`.
 *
 * @param sparkHome the Spark whose spark-submit does it
 * @param submitted the command line
 * @returns the program's exit code where YARN tells it, else spark-submit's
 * @throws SparkError `PROGRAM_NOT_PACKED`, and as `packWorker`
 */
export async function submitToYarn(
  sparkHome: string,
  submitted: SubmitWords,
): Promise<number> {
  const folder = await makeTemporaryFolder("submit");
  const env = { ...platform.environment(), SPARK_HOME: sparkHome };
  const report = new YarnReport();
  try {
    const archive = `${folder}/program.tar.gz`;
    await packProgram(
      submitted.program,
      { program: PROGRAM, worker: WORKER },
      archive,
    );
    const worker = await withPackProgress((onProgress) =>
      packWorker({ onProgress })
    );
    const code = await runAtTerminal(
      `${sparkHome}/bin/spark-submit`,
      submitArguments(
        submitted,
        runtimeOptions(submitted, [
          `${archive}#${PROGRAM}`,
          `${worker}#${WORKER}`,
        ]),
      ),
      env,
      (line) => report.read(line),
    );
    if (submitted.settings.get(WAITS) === "false") return code;
    if (report.application !== null || code === 0) {
      await platform.makeFolder(`${folder}/logs`);
      await showYarnOutput(sparkHome, `${folder}/logs`, report.application);
    }
    return code === 0 ? 0 : report.exitCode ?? code;
  } finally {
    await platform.remove(folder);
  }
}

/** Archives beside those of the user, and what runs the program and its functions. */
function runtimeOptions(
  { settings }: SubmitWords,
  archives: readonly string[],
): string[] {
  const given = settings.get(ARCHIVES);
  const worker = settings.get(WORKER_SETTING) ??
    `./${WORKER}/${WORKER_PROGRAM}`;
  return [
    "--archives",
    [...given === undefined ? [] : [given], ...archives].join(","),
    ...["--conf", `${WORKER_SETTING}=${worker}`],
    ...["--conf", `${DRIVER_RUNTIME}=./${PROGRAM}/${RUN_PROGRAM}`],
  ];
}
