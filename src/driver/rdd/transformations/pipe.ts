import { errorMessage } from "../../../common/error_message.ts";
import { split } from "shlex";
import { checkOptions } from "../checks.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";

/** How `RDD.pipe` runs a program. */
export interface PipeOptions {
  /** The program's environment, all of it; empty by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether a program that ends with another code than 0 fails the task; false by default. */
  readonly checkCode?: boolean;
}

/**
 * The lines of a program that is given the records as lines.
 *
 * @throws RangeError for a command without a program, or with an open quote
 */
export function pipe(
  node: PlanNode,
  command: string | readonly string[],
  options: PipeOptions,
): PlanNode {
  checkOptions("pipe()", options, ["env", "checkCode"]);
  const { env = {}, checkCode = false } = options;
  return addStep(node, "pipe()", {
    op: "pipe",
    command: commandParts(command),
    env: Object.entries(env),
    checkCode,
  });
}

function commandParts(command: string | readonly string[]): readonly string[] {
  const parts = typeof command === "string" ? splitCommand(command) : command;
  if (parts[0] === undefined || parts[0] === "") {
    throw new RangeError(
      `Cannot run pipe() with the command ${
        JSON.stringify(command)
      }: it names no program; give one, and its arguments behind it`,
    );
  }
  return [...parts];
}

function splitCommand(command: string): string[] {
  try {
    return split(command);
  } catch (error) {
    const reason = errorMessage(error);
    throw new RangeError(
      `Cannot run pipe() with the command ${
        JSON.stringify(command)
      }: ${reason}; close it, or give a list of program and arguments`,
      { cause: error },
    );
  }
}
