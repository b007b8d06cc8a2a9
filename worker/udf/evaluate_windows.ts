import { windowBounds } from "../../src/protocol/group_stream.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { UdfCall } from "../../src/protocol/udf_command.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
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

/** An aggregate over windows. */
interface WindowFunction {
  readonly aggregate: AggregateFunction;
  /** The columns where each row's window begins and ends; null: all rows of the group. */
  readonly bounds: readonly [begin: number, end: number] | null;
}

/**
 * Makes aggregates over windows ready: each gives a value for each row.
 *
 * Peer: `WindowInPandasExec` (3.5, 4.0), `ArrowWindowPythonExec` (from 4.1),
 * kind 203. Layout: groups as `groupsOf` reads them, first the columns of the
 * bounds, as row numbers, the end outside; back a batch for each group, as long.
 *
 * @param tools what the worker keeps
 * @param header of kind 203
 */
export function evaluateWindows(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { calls } = readCommand(tools, header);
  const bounded = windowBounds(tools.dialect, header.confs, calls.length);
  const windows = calls.map((call, at) =>
    windowFunction(tools, call, bounded[at] ?? false)
  );
  return Promise.resolve(
    evaluation(windows[0]?.aggregate.udf, () => runWindows(tools, windows)),
  );
}

function windowFunction(
  tools: WorkerTools,
  call: UdfCall,
  isBounded: boolean,
): WindowFunction {
  const [bytes] = call.chain;
  const bounds = isBounded ? call.arguments.slice(0, 2) : [];
  const [begin, end] = bounds.map(({ offset }) => offset);
  if (bytes === undefined) throw udfInvalid("it has no function");
  if (isBounded && (begin === undefined || end === undefined)) {
    throw udfInvalid("a window has no bounds");
  }
  const udf = loadUdf(tools, bytes, ["aggregate"]);
  const given = { arguments: call.arguments.slice(bounds.length) };
  return {
    aggregate: new AggregateFunction(udf, argumentOffsets(given, udf.record)),
    bounds: isBounded ? [begin as number, end as number] : null,
  };
}

async function runWindows(
  tools: WorkerTools,
  windows: readonly WindowFunction[],
): Promise<Record<never, never>> {
  const output = new StreamOutput(
    tools,
    () => resultSchema(windows.map(({ aggregate }) => aggregate.udf)),
  );
  const columns = windows.map(({ aggregate }) => aggregate.out);
  try {
    for (const group of groupsOf(tools, tools.dialect, true)) {
      const batches = allBatches(group);
      const length = batches.reduce((sum, batch) => sum + batch.length, 0);
      if (length === 0) continue;
      for (const window of windows) {
        await runWindow(window, group.schema, batches, length);
      }
      output.add(columns, length);
    }
  } finally {
    output.end();
  }
  return {};
}

async function runWindow(
  { aggregate, bounds }: WindowFunction,
  schema: ArrowSchema,
  batches: readonly ArrowBatch[],
  length: number,
): Promise<void> {
  const columns = aggregate.argumentsOf(schema, batches);
  if (bounds === null) {
    const result = await aggregate.call(columns);
    for (let row = 0; row < length; row++) aggregate.append(result, columns);
    return;
  }
  const [begins, ends] = bounds.map((column) => intsOf(batches, column));
  for (let row = 0; row < length; row++) {
    const [begin, end] = [begins?.[row] ?? 0, ends?.[row] ?? 0];
    const given = columns.map((column) => column.slice(begin, end));
    aggregate.append(await aggregate.call(given), given);
  }
}

function intsOf(batches: readonly ArrowBatch[], column: number): number[] {
  return batches.flatMap(({ columns, length }) => {
    const view = columns[column];
    if (!(view?.values instanceof Int32Array)) {
      throw udfInvalid("a window's bounds are no ints");
    }
    return Array.from(view.values.subarray(0, length));
  });
}
