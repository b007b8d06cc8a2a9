import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import type { Table } from "../../src/serde/arrow/arrow_table.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import type { Evaluation } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { allBatches } from "./evaluate_groups.ts";
import { groupOffsets, GroupReader } from "./group_columns.ts";
import { cogroupsOf, type Group } from "./group_input.ts";
import type { Udf } from "./load_udf.ts";
import { drainRows } from "./row_results.ts";
import { StreamOutput } from "./stream_output.ts";
import { StructOutput } from "./struct_output.ts";
import { evaluation, onlyUdf, readCommand } from "./udf_task.ts";

/**
 * Makes a function over pairs of groups ready, the left and the right one of
 * each key: it gives any number of rows for each.
 *
 * Peer: `FlatMapCoGroupsInPandasExec`, kind 206, Spark 3.5 – 4.3. Layout:
 * groups as `cogroupsOf` reads them; back an Arrow stream of one column of
 * structs.
 *
 * @param tools what the worker keeps
 * @param header of kind 206
 */
export function evaluateCogroups(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { udf, call } = onlyUdf(tools, readCommand(tools, header), [
    "cogroupRows",
    "cogroupBatches",
  ]);
  const [left, right] = groupOffsets(call);
  if (left === undefined || right === undefined) {
    throw udfInvalid("it has not two sides");
  }
  const sides = [left, right].map((offsets) =>
    new GroupReader(offsets, udf.record.values)
  ) as [GroupReader, GroupReader];
  return Promise.resolve(evaluation(udf, () => runCogroups(tools, udf, sides)));
}

/** One side of a pair, read whole. */
interface Side {
  readonly group: Group;
  readonly reader: GroupReader;
  readonly batches: readonly ArrowBatch[];
}

async function runCogroups(
  tools: WorkerTools,
  udf: Udf,
  readers: readonly [GroupReader, GroupReader],
): Promise<Record<never, never>> {
  const rows = new StructOutput(udf.returnType);
  const output = new StreamOutput(tools, () => rows.schemaMessage());
  const run = udf.record.form === "cogroupBatches"
    ? await tableFunction(udf, rows)
    : rowFunction(udf, rows);
  try {
    for (const { left, right } of cogroupsOf(tools)) {
      // In this order: the right one's rows come behind the left one's.
      const sides = [sideOf(left, readers[0]), sideOf(right, readers[1])];
      await run(sides as [Side, Side]);
      if (rows.isFull) output.add([rows], rows.length);
    }
    if (rows.length > 0) output.add([rows], rows.length);
  } finally {
    output.end();
  }
  return {};
}

function sideOf(group: Group, reader: GroupReader): Side {
  return { group, reader, batches: allBatches(group) };
}

/** The key, from the side that has rows. */
function keyOf(sides: readonly Side[]): object {
  for (const { group, reader, batches: [first] } of sides) {
    if (first !== undefined) return reader.keyOf(group.schema, first);
  }
  return {};
}

type CogroupFunction = (...args: unknown[]) => unknown;

function rowFunction(
  { record, functions }: Udf,
  out: StructOutput,
): (sides: readonly [Side, Side]) => Promise<void> {
  const f = functions[0] as CogroupFunction;
  return async (sides) => {
    const key = keyOf(sides);
    const [left, right] = sides.map(({ group, reader, batches }) =>
      batches.flatMap((batch) => reader.rowsOf(group.schema, batch))
    );
    try {
      await drainRows(
        f(key, left, right),
        record.name,
        (row) => out.append(row),
      );
    } catch (error) {
      throw new FailedCall(error, record, [key]);
    }
  };
}

async function tableFunction(
  { record, functions }: Udf,
  out: StructOutput,
): Promise<(sides: readonly [Side, Side]) => Promise<void>> {
  const { arrowTable } = await import("../../src/serde/arrow/arrow_table.ts");
  const { resultColumns } = await import("./table_values.ts");
  const f = functions[0] as CogroupFunction;
  const tableOf = ({ group, reader, batches }: Side): Table =>
    arrowTable(
      reader.valueSchema(group.schema),
      batches.map((batch) => reader.valueBatch(batch)),
    );
  return async (sides) => {
    const key = keyOf(sides);
    const [left, right] = sides.map(tableOf);
    try {
      const result = resultColumns(
        await f(left, right, key),
        out.struct,
        record.name,
      );
      out.appendColumns(result.columns, result.length);
    } catch (error) {
      throw new FailedCall(error, record, [key]);
    }
  };
}
