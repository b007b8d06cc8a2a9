import { ProtocolError } from "../../src/common/errors.ts";
import { EVAL_TYPE } from "../../src/protocol/marker.ts";
import { evaluateStage } from "../rdd/evaluate_stage.ts";
import type { Evaluator } from "./evaluator.ts";

/** One entry for each kind of evaluation. Only an RDD's is loaded with the worker: start-up time is task time. */
const EVALUATORS: ReadonlyMap<number, () => Promise<Evaluator>> = new Map([
  [EVAL_TYPE.NON_UDF, () => Promise.resolve(evaluateStage)],
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
    `Cannot run a task of kind ${evalType}: this TSpark runs functions of RDDs only`,
    { evalType },
  );
}
