import { readGroupStateCommand } from "../../src/protocol/state_command.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";
import { parseSchemaJson } from "../../src/types/spark_types.ts";
import type { Evaluation } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import { TaskIterator } from "../task/task_iterator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { callWithRows } from "../udf/call_with_rows.ts";
import { type GroupReader, groupReader } from "../udf/group_columns.ts";
import { EXACT_FORMS } from "../udf/key_text.ts";
import type { Udf } from "../udf/load_udf.ts";
import { drainRows } from "../udf/row_results.ts";
import { evaluation, onlyUdf } from "../udf/udf_task.ts";
import { ChunkReader } from "./chunk_reader.ts";
import { GroupState, type StateRows } from "./group_state.ts";
import { type StateGroup, stateGroupsOf } from "./state_groups.ts";
import { StateOutput } from "./state_output.ts";

/**
 * Makes a function over groups ready that keeps a state for each.
 *
 * Peer: `FlatMapGroupsInPandasWithStateExec`, kind 208, Spark 3.5 – 4.3.
 * Layout: groups as `stateGroupsOf` reads them; back what `StateOutput` writes.
 *
 * @param tools what the worker keeps
 * @param header of kind 208
 */
export function evaluateGroupState(
  tools: WorkerTools,
  { commandReader, evalType, confs }: TaskHeader,
): Promise<Evaluation> {
  if (commandReader === null) throw udfInvalid("there is none");
  const command = readGroupStateCommand(
    commandReader,
    tools.dialect,
    evalType,
    confs,
  );
  const { udf, call } = onlyUdf(tools, command, [
    "groupState",
    "groupStateRow",
    "groupStateBatches",
  ]);
  const columns = groupReader(call, udf.record.values);
  const schema = parseSchemaJson(command.stateSchema);
  const rows: StateRows = {
    rows: new PickledRows(schema, udf.record.values, "the state"),
    exactRows: new PickledRows(schema, EXACT_FORMS, "the state"),
    run: (body) => tools.builtins.restored(body),
  };
  return Promise.resolve(
    evaluation(udf, () => runGroups(tools, udf, columns, rows)),
  );
}

/** Calls the function with a group, and adds what it gives. */
type RunGroup = (
  group: StateGroup,
  key: object,
  state: GroupState,
) => Promise<void>;

async function runGroups(
  tools: WorkerTools,
  udf: Udf,
  columns: GroupReader,
  rows: StateRows,
): Promise<Record<never, never>> {
  const isTables = udf.record.form === "groupStateBatches";
  const output = new StateOutput(tools, udf.returnType);
  const chunks = new ChunkReader(columns);
  const run = isTables
    ? await tableFunction(udf, columns, output)
    : rowFunction(udf, chunks, output);
  try {
    for (const group of stateGroupsOf(tools, isTables)) {
      const key = chunks.keyOf(group.schema, group.first);
      const state = new GroupState(rows, group.properties, group.state);
      await run(group, key, state);
      const [properties, value, oldTimeoutMs] = state.close();
      output.addState({ key: group.key, properties, value, oldTimeoutMs });
    }
    output.finish();
  } finally {
    output.end();
  }
  return {};
}

type GroupFunction = (...args: unknown[]) => unknown;

function rowFunction(
  { record, functions }: Udf,
  chunks: ChunkReader,
  output: StateOutput,
): RunGroup {
  const f = functions[0] as GroupFunction;
  const isOne = record.form === "groupStateRow";
  return (group, key, state) => {
    const given = state.hasTimedOut ? [].values() : rowsOf(group, chunks);
    return callWithRows(record, key, given, async (rows) => {
      const result = f(key, rows, state);
      if (isOne) output.addRow(await result);
      else await drainRows(result, record.name, (row) => output.addRow(row));
    });
  };
}

function* rowsOf(
  { schema, first, rest }: StateGroup,
  chunks: ChunkReader,
): Generator<object> {
  yield* chunks.rowsOf(schema, first);
  for (const chunk of rest()) yield* chunks.rowsOf(schema, chunk);
}

async function tableFunction(
  { record, functions }: Udf,
  columns: GroupReader,
  output: StateOutput,
): Promise<RunGroup> {
  const { arrowTable } = await import("../../src/serde/arrow/arrow_table.ts");
  const { resultColumns } = await import("../udf/table_values.ts");
  const f = functions[0] as GroupFunction;
  function* tablesOf({ schema, first, rest }: StateGroup): Generator<object> {
    const values = columns.valueSchema(schema);
    for (const { batch, start, length } of chain(first, rest())) {
      yield arrowTable(values, [columns.valueBatch(batch)])
        .slice(start, start + length);
    }
  }
  return async (group, key, state) => {
    const tables = new TaskIterator(
      state.hasTimedOut ? [].values() : tablesOf(group),
    );
    try {
      await drainRows(f(key, tables, state), record.name, (table) => {
        const { columns, length } = resultColumns(
          table,
          output.struct,
          record.name,
        );
        output.addColumns(columns, length);
      });
    } catch (error) {
      throw new FailedCall(error, record, [key]);
    } finally {
      tables.close();
    }
  };
}

function* chain<T>(first: T, rest: Iterable<T>): Generator<T> {
  yield first;
  yield* rest;
}
