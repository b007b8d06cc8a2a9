import process from "node:process";
import { SparkError } from "../common/errors.ts";
import { type SparkContext, SparkSession } from "../../mod.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { note } from "./terminal.ts";

/** What the prompt offers by name. */
export interface ShellSession {
  /** The session. */
  readonly spark: SparkSession;
  /** Its context. */
  readonly sc: SparkContext;
}

/**
 * Starts Spark for a prompt and tells what there is. Ends the process when
 * Spark does not start: a prompt without it is of no use.
 */
export async function openShellSession(): Promise<ShellSession> {
  try {
    const spark = await SparkSession.builder.getOrCreate();
    const sc = spark.sparkContext;
    note(banner(spark));
    return { spark, sc };
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    note(`tspark: ${error.message}`);
    process.exit(EXIT_CODE.failed);
  }
}

function banner(spark: SparkSession): string {
  const sc = spark.sparkContext;
  const lines = [
    `TSpark on Spark ${spark.version}, master ${sc.master}, application ${sc.applicationId}`,
    sc.uiWebUrl === null ? "Web page: off" : `Web page: ${sc.uiWebUrl}`,
    "spark and sc are there; await works, Tab completes, Ctrl-D ends",
  ];
  return lines.join("\n");
}
