import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { Evaluation } from "../task/evaluator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { AggregateFunction } from "./aggregate_function.ts";
import { argumentOffsets } from "./argument_reader.ts";
import { allBatches } from "./evaluate_groups.ts";
import { groupsOf } from "./group_input.ts";
import { loadUdf } from "./load_udf.ts";
import { resultSchema } from "./result_schema.ts";
import { StreamOutput } from "./stream_output.ts";
import { evaluation, readCommand } from "./udf_task.ts";

/**
 * Makes aggregates over groups ready: each gives one value for each group.
 *
 * Peer: `AggregateInPandasExec` (3.5, 4.0), `ArrowAggregatePythonExec` (from
 * 4.1), kind 202. Layout: groups as `groupsOf` reads them; back an Arrow
 * stream with a batch of one row for each group.
 *
 * @param tools what the worker keeps
 * @param header of kind 202
 */
export function evaluateAggregates(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { calls } = readCommand(tools, header);
  const aggregates = calls.map((call) => {
    const [bytes = NOTHING] = call.chain;
    const udf = loadUdf(tools, bytes, FORMS);
    return new AggregateFunction(udf, argumentOffsets(call, udf.record));
  });
  return Promise.resolve(
    evaluation(aggregates[0]?.udf, () => runAggregates(tools, aggregates)),
  );
}

const FORMS = ["aggregate", "aggregateVectors", "mergeBuffers"] as const;
const NOTHING = new Uint8Array(0);

async function runAggregates(
  tools: WorkerTools,
  aggregates: readonly AggregateFunction[],
): Promise<Record<never, never>> {
  const output = new StreamOutput(
    tools,
    () => resultSchema(aggregates.map(({ udf }) => udf)),
  );
  const columns = aggregates.map(({ out }) => out);
  const vectors =
    aggregates.some(({ udf }) => udf.record.form === "aggregateVectors")
      ? await import("./table_values.ts")
      : null;
  try {
    for (const group of groupsOf(tools, tools.dialect, true)) {
      const batches = allBatches(group);
      for (const aggregate of aggregates) {
        const given = vectors !== null &&
            aggregate.udf.record.form === "aggregateVectors"
          ? vectors.groupVectors(group.schema, batches, aggregate.offsets)
          : aggregate.argumentsOf(group.schema, batches);
        aggregate.append(await aggregate.call(given), given);
      }
      output.add(columns, 1);
    }
  } finally {
    output.end();
  }
  return {};
}
