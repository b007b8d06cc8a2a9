import { JavaError } from "../../../common/errors.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type CallSite, describeSite } from "../../runtime/call_site.ts";
import { failedFile } from "./failed_file.ts";
import { parentsOf } from "../plan/parents_of.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";

const MOST_FILES = 3; // that an error names

/**
 * Runs an action over a plan; see `SparkRuntime.action`. Where the JVM fails
 * while it reads files, the error names them: Hadoop's own seldom does.
 *
 * @param plan what the action is over
 * @param site the action
 * @param body what it does
 * @param options what the user asked of it
 */
export async function act<T>(
  plan: RddPlan,
  site: CallSite,
  body: () => Promise<T>,
  options?: ActionOptions,
): Promise<T> {
  const { runtime, node } = plan;
  try {
    return await runtime.action(site, body, options);
  } catch (error) {
    if (!(error instanceof JavaError) || !isReading(error)) throw error;
    const file = await failedFile(plan, site, error);
    throw withFiles(error, filesOf(node), file);
  }
}

/** Whether a task was reading by one of Hadoop's input formats. */
function isReading({ javaStack }: JavaError): boolean {
  return /\.rdd\.(?:New)?HadoopRDD\$\$anon/.test(javaStack);
}

/** The files that a plan begins with, each with the operation that reads it. */
function filesOf(node: PlanNode): string[] {
  const files = new Set<string>();
  const seen = new Set<PlanNode>([node]);
  for (const each of seen) { // grows as it goes
    if (each.kind === "source" && each.path !== null) {
      files.add(`${JSON.stringify(each.path)} by ${describeSite(each.site)}`);
    }
    for (const parent of parentsOf(each)) seen.add(parent);
  }
  return [...files];
}

function withFiles(
  error: JavaError,
  files: readonly string[],
  file: string | null,
): JavaError {
  if (files.length === 0) return error;
  const { condition, message, javaClass, javaStack, sqlState, site } = error;
  const others = files.length > MOST_FILES
    ? [`${files.length - MOST_FILES} more`]
    : [];
  const told = [...files.slice(0, MOST_FILES), ...others].join(", ");
  const named = new (error.constructor as typeof JavaError)(
    condition,
    `${message}\n  reading ${
      file === null ? "" : `${JSON.stringify(file)} of `
    }${told}`,
    { javaClass, javaStack, sqlState, ...site === undefined ? {} : { site } },
    error.parameters,
    error.cause === undefined ? undefined : { cause: error.cause },
  );
  if (error.stack !== undefined) named.stack = error.stack;
  return named;
}
