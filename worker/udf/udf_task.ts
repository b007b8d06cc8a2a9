import type { TaskHeader } from "../../src/protocol/task_header.ts";
import {
  readUdfCommand,
  type UdfCall,
  type UdfCommand,
} from "../../src/protocol/udf_command.ts";
import { type UdfForm, udfInvalid } from "../../src/protocol/udf_record.ts";
import type { Evaluation, EvaluationResult } from "../task/evaluator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { loadUdf, type Udf } from "./load_udf.ts";

/**
 * Reads the command of a task over Arrow.
 *
 * @param tools what the worker keeps
 * @param header what came before it
 * @throws ProtocolError `UDF_INVALID`; see also `readUdfCommand`
 */
export function readCommand(
  tools: WorkerTools,
  { commandReader, evalType }: TaskHeader,
): UdfCommand {
  if (commandReader === null) throw udfInvalid("there is none");
  return readUdfCommand(commandReader, tools.dialect, evalType);
}

/**
 * The one function of a command.
 *
 * @param tools what the worker keeps
 * @param command the command
 * @param forms what the task can evaluate
 * @throws ProtocolError `UDF_INVALID` when there are more
 */
export function onlyUdf(
  tools: WorkerTools,
  { calls }: UdfCommand,
  forms: readonly UdfForm[],
): { readonly udf: Udf; readonly call: UdfCall } {
  const [call] = calls;
  const bytes = call?.chain[0];
  if (
    call === undefined || bytes === undefined || calls.length !== 1 ||
    call.chain.length !== 1
  ) throw udfInvalid(`a task for "${forms[0]}" has ${calls.length} functions`);
  return { udf: loadUdf(tools, bytes, forms), call };
}

/**
 * A task that holds nothing beyond its run.
 *
 * @param udf a function of it
 * @param run reads the input, calls the functions, writes the output, and says
 *   whether calls may still be under way, and how the rest of the input is read
 */
export function evaluation(
  udf: Pick<Udf, "record"> | undefined,
  run: () => Partial<EvaluationResult> | Promise<Partial<EvaluationResult>>,
): Evaluation {
  return {
    site: udf?.record.site ?? "a query",
    run: async () => ({ ...NOTHING_LEFT, ...await run() }),
    [Symbol.dispose]() {},
  };
}

const NOTHING_LEFT: EvaluationResult = {
  memoryBytes: 0,
  diskBytes: 0,
  hasCalls: false,
  finishInput: () => Promise.resolve(true),
};
