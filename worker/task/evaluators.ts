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
  [
    EVAL_TYPE.SQL_SCALAR_PANDAS_UDF,
    async () => (await import("../udf/evaluate_vectors.ts")).evaluateVectors,
  ],
  [
    EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
    async () =>
      (await import("../udf/evaluate_vector_iterator.ts"))
        .evaluateVectorIterator,
  ],
  [
    EVAL_TYPE.SQL_MAP_ARROW_ITER_UDF,
    async () => (await import("../udf/evaluate_map.ts")).evaluateMap,
  ],
  [
    EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF,
    async () => (await import("../udf/evaluate_groups.ts")).evaluateGroups,
  ],
  [
    EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF_WITH_STATE,
    async () =>
      (await import("../streaming/evaluate_group_state.ts")).evaluateGroupState,
  ],
  ...[
    EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PANDAS_UDF,
    EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PANDAS_INIT_STATE_UDF,
    EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_UDF,
    EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_INIT_STATE_UDF,
  ].map((kind): [number, () => Promise<Evaluator>] => [
    kind,
    async () =>
      (await import("../streaming/evaluate_processor.ts")).evaluateProcessor,
  ]),
  [
    EVAL_TYPE.SQL_COGROUPED_MAP_PANDAS_UDF,
    async () => (await import("../udf/evaluate_cogroups.ts")).evaluateCogroups,
  ],
  [
    EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
    async () =>
      (await import("../udf/evaluate_aggregates.ts")).evaluateAggregates,
  ],
  [
    EVAL_TYPE.SQL_WINDOW_AGG_PANDAS_UDF,
    async () => (await import("../udf/evaluate_windows.ts")).evaluateWindows,
  ],
  [
    EVAL_TYPE.SQL_ARROW_TABLE_UDF,
    async () => (await import("../udf/evaluate_table.ts")).evaluateTable,
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
