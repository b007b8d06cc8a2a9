import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import type { Evaluation } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import { TaskIterator } from "../task/task_iterator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { callWithRows } from "./call_with_rows.ts";
import { type GroupReader, groupReader } from "./group_columns.ts";
import { type Group, groupsOf } from "./group_input.ts";
import type { Udf } from "./load_udf.ts";
import { drainRows, requireIterable } from "./row_results.ts";
import { StreamOutput } from "./stream_output.ts";
import { StructOutput } from "./struct_output.ts";
import { evaluation, onlyUdf, readCommand } from "./udf_task.ts";

/**
 * Makes a function over groups ready: it gives any number of rows for each.
 *
 * Peer: `FlatMapGroupsInPandasExec`, kind 201, Spark 3.5 – 4.3. Layout: groups
 * as `groupsOf` reads them; back an Arrow stream of one column of structs.
 *
 * @param tools what the worker keeps
 * @param header of kind 201
 */
export function evaluateGroups(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { udf, call } = onlyUdf(tools, readCommand(tools, header), [
    "groupRows",
    "groupBatches",
    "groupTables",
  ]);
  const columns = groupReader(call, udf.record.values);
  return Promise.resolve(evaluation(udf, () => runGroups(tools, udf, columns)));
}

async function runGroups(
  tools: WorkerTools,
  udf: Udf,
  columns: GroupReader,
): Promise<Record<never, never>> {
  const { form } = udf.record;
  const rows = new StructOutput(udf.returnType);
  const output = new StreamOutput(tools, () => rows.schemaMessage());
  const flush = (): void => {
    if (rows.isFull) output.add([rows], rows.length);
  };
  const run = form === "groupBatches"
    ? await tableFunction(udf, columns, rows)
    : form === "groupTables"
    ? await tablesFunction(udf, columns, rows, flush)
    : rowFunction(udf, columns, rows, flush);
  try {
    const isKept = form !== "groupRows"; // a function may keep its tables
    for (const group of groupsOf(tools, tools.dialect, isKept)) {
      await run(group);
      if (rows.isFull) output.add([rows], rows.length);
    }
    if (rows.length > 0) output.add([rows], rows.length);
  } finally {
    output.end();
  }
  return {};
}

type GroupFunction = (...args: unknown[]) => unknown;

function rowFunction(
  { record, functions }: Udf,
  columns: GroupReader,
  out: StructOutput,
  flush: () => void,
): (group: Group) => Promise<void> {
  const f = functions[0] as GroupFunction;
  return async (group) => {
    const first = group.next();
    if (first === null) return;
    const key = columns.keyOf(group.schema, first);
    await callWithRows(
      record,
      key,
      rowsOf(group, first, columns),
      (rows) =>
        drainRows(f(key, rows), record.name, (row) => {
          out.append(row);
          flush();
        }),
    );
  };
}

function* rowsOf(
  group: Group,
  first: ArrowBatch,
  columns: GroupReader,
): Generator<object> {
  for (const batch of batchesOf(group, first)) {
    yield* columns.rowsOf(group.schema, batch);
  }
}

function* batchesOf(group: Group, first: ArrowBatch): Generator<ArrowBatch> {
  for (
    let batch: ArrowBatch | null = first;
    batch !== null;
    batch = group.next()
  ) yield batch;
}

async function tableFunction(
  { record, functions }: Udf,
  columns: GroupReader,
  out: StructOutput,
): Promise<(group: Group) => Promise<void>> {
  const { arrowTable } = await import("../../src/serde/arrow/arrow_table.ts");
  const { resultColumns } = await import("./table_values.ts");
  const f = functions[0] as GroupFunction;
  return async (group) => {
    const batches = allBatches(group);
    const [first] = batches;
    if (first === undefined) return;
    const key = columns.keyOf(group.schema, first);
    const table = arrowTable(
      columns.valueSchema(group.schema),
      batches.map((batch) => columns.valueBatch(batch)),
    );
    try {
      const result = resultColumns(
        await f(table, key),
        out.struct,
        record.name,
      );
      out.appendColumns(result.columns, result.length);
    } catch (error) {
      throw new FailedCall(error, record, [key]);
    }
  };
}

/** As {@link tableFunction}, of a function that is given one batch after the other, and gives some. */
async function tablesFunction(
  { record, functions }: Udf,
  columns: GroupReader,
  out: StructOutput,
  flush: () => void,
): Promise<(group: Group) => Promise<void>> {
  const { arrowTable } = await import("../../src/serde/arrow/arrow_table.ts");
  const { resultColumns } = await import("./table_values.ts");
  const f = functions[0] as GroupFunction;
  const take = (table: unknown): void => {
    const result = resultColumns(table, out.struct, record.name);
    out.appendColumns(result.columns, result.length);
    flush();
  };
  return async (group) => {
    const first = group.next();
    if (first === null) return;
    const key = columns.keyOf(group.schema, first);
    const schema = columns.valueSchema(group.schema);
    const tables = new TaskIterator(
      batchesOf(group, first).map((batch) =>
        arrowTable(schema, [columns.valueBatch(batch)])
      ),
    );
    try {
      const given = requireIterable(f(key, tables), record.name);
      await drainRows(given, record.name, take);
    } catch (error) {
      throw new FailedCall(error, record, [key]);
    } finally {
      tables.close();
    }
  };
}

/** All batches of a group that have rows. */
export function allBatches(group: Group): ArrowBatch[] {
  const batches: ArrowBatch[] = [];
  for (let batch = group.next(); batch !== null; batch = group.next()) {
    if (batch.length > 0) batches.push(batch);
  }
  return batches;
}
