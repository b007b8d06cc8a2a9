import { ProtocolError } from "../../src/common/errors.ts";
import { EVAL_TYPE } from "../../src/protocol/marker.ts";
import { evaluateStage } from "../rdd/evaluate_stage.ts";
import type { Evaluator } from "./evaluator.ts";

/** One entry for each kind of evaluation. Only an RDD's is loaded with the worker: start-up time is task time. */
const EVALUATORS: ReadonlyMap<number, () => Promise<Evaluator>> = new Map<
  number,
  () => Promise<Evaluator>
>([
  [EVAL_TYPE.NON_UDF, () => Promise.resolve(evaluateStage)],
  [
    EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
    async () => (await import("../udf/evaluate_rows.ts")).evaluateRows,
  ],
]);

/**
 * The evaluator of a kind.
 *
 * @param evalType one of `EVAL_TYPE`
 * @throws ProtocolError `EVAL_TYPE_UNSUPPORTED`
 */
export function evaluatorOf(evalType: number): Promise<Evaluator> {
  const load = EVALUATORS.get(evalType);
  if (load !== undefined) return load();
  throw new ProtocolError(
    "EVAL_TYPE_UNSUPPORTED",
    `Cannot run a task of kind ${evalType}: this TSpark has no evaluator for it; update TSpark`,
    { evalType },
  );
}
