import process from "node:process";
import { inspect } from "node:util";
import { SparkError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import {
  functions,
  type SparkContext,
  SparkSession,
  types,
} from "../../../mod.ts";
import { EXIT_CODE } from "../exit_code.ts";
import { ShellInterrupts } from "./shell_interrupts.ts";
import { note } from "../terminal.ts";

/** What the prompt offers by name. */
export interface ShellSession {
  /** The session. */
  readonly spark: SparkSession;
  /** Its context. */
  readonly sc: SparkContext;
  /** Spark's functions over columns. */
  readonly F: typeof functions;
  /** Types of columns. */
  readonly types: typeof types;
}

/** A prompt's session, and what Ctrl-C does in it. */
export interface OpenedShell extends ShellSession {
  /** What Ctrl-C does. */
  readonly interrupts: ShellInterrupts;
}

/**
 * Starts Spark for a prompt and tells what there is. Ends the process when
 * Spark does not start: a prompt without it is of no use.
 */
export async function openShellSession(): Promise<OpenedShell> {
  try {
    const spark = await SparkSession.builder.getOrCreate();
    const sc = spark.sparkContext;
    const interrupts = new ShellInterrupts(sc);
    process.on("SIGINT", () => interrupts.press());
    tellRejections();
    note(banner(spark));
    return { spark, sc, F: functions, types, interrupts };
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    note(`tspark: ${error.message}`);
    process.exit(EXIT_CODE.failed);
  }
}

/** Tells errors of what was not awaited: Deno's prompt says "Uncaught undefined" of them, Node's tells them itself. */
function tellRejections(): void {
  if (platform.runtime !== "deno") return;
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    note(`Uncaught ${inspect(event.reason)}`);
  });
}

function banner(spark: SparkSession): string {
  const sc = spark.sparkContext;
  const lines = [
    `TSpark on Spark ${spark.version}, master ${sc.master}, application ${sc.applicationId}`,
    sc.uiWebUrl === null ? "Web page: off" : `Web page: ${sc.uiWebUrl}`,
    "spark, sc, F (functions) and types are there; await works, Tab completes, Ctrl-C ends a job, Ctrl-D the shell",
  ];
  return lines.join("\n");
}
