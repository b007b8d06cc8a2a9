import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { UdfForm } from "../../src/protocol/udf_record.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import type { Table } from "../../src/serde/arrow/arrow_table.ts";
import type { Evaluation, EvaluationResult } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import { TaskIterator } from "../task/task_iterator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import type { Udf } from "./load_udf.ts";
import { mapPartials } from "./map_partials.ts";
import { drainRows, eachRow, requireIterable } from "./row_results.ts";
import { StreamInput } from "./stream_input.ts";
import { StreamOutput } from "./stream_output.ts";
import { StructOutput } from "./struct_output.ts";
import { rowsReader, structBatch, structSchema } from "./struct_rows.ts";
import { readSource, writeSource } from "./source_functions.ts";
import { evaluation, onlyUdf, readCommand } from "./udf_task.ts";

/**
 * Makes a function over a partition's rows ready: row by row, all rows in turn,
 * or batch by batch.
 *
 * Peer: `MapInBatchExec`, kind 207, Spark 3.5 – 4.3. Layout: an Arrow stream
 * of one column of structs; back one as well, of any number of rows.
 *
 * @param tools what the worker keeps
 * @param header of kind 207
 */
export function evaluateMap(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { udf } = onlyUdf(tools, readCommand(tools, header), [
    "mapRow",
    "flatMapRow",
    "mapPartition",
    "mapBatches",
    "mapPartials",
    "readSource",
    "readSourceBetween",
    "writeSource",
    "writeSourceTables",
  ]);
  return Promise.resolve(evaluation(udf, () => runMap(tools, udf)));
}

/** Functions that get batches, which outlive the next. */
const KEEPS_BATCHES: readonly UdfForm[] = ["mapBatches", "writeSourceTables"];

async function runMap(
  tools: WorkerTools,
  udf: Udf,
): Promise<Partial<EvaluationResult>> {
  const isTables = KEEPS_BATCHES.includes(udf.record.form);
  const input = new StreamInput(tools, isTables);
  const schema = structSchema(input.readSchema());
  const rows = new StructOutput(udf.returnType);
  const output = new StreamOutput(tools, () => rows.schemaMessage());
  const flush = (): void => {
    if (rows.length > 0) output.add([rows], rows.length);
  };
  try {
    switch (udf.record.form) {
      case "mapRow":
      case "flatMapRow":
        mapRows(udf, input, schema, rows, flush);
        break;
      case "mapPartition":
        await mapPartition(udf, input, schema, rows, flush);
        break;
      case "mapPartials":
        mapPartials(udf, input, schema, rows, flush);
        break;
      case "readSource":
      case "readSourceBetween":
        await readSource(udf, input, schema, rows, flush);
        break;
      case "writeSource":
        await writeSource(
          udf,
          rowsOf(input, rowsReader(schema.fields, udf.record.values)),
          rows,
        );
        break;
      case "writeSourceTables": {
        const { arrowTable } = await import(
          "../../src/serde/arrow/arrow_table.ts"
        );
        const tables = tablesOf(input, (batch) => arrowTable(schema, [batch]));
        await writeSource(udf, tables, rows);
        break;
      }
      default:
        await mapTables(udf, input, schema, rows, flush);
    }
    flush();
  } finally {
    output.end();
  }
  return { finishInput: () => Promise.resolve(input.skip()) };
}

type RowFunction = (...args: unknown[]) => unknown;

function mapRows(
  { record, functions }: Udf,
  input: StreamInput,
  { fields }: ArrowSchema,
  out: StructOutput,
  flush: () => void,
): void {
  const read = rowsReader(fields, record.values);
  const f = functions[0] as RowFunction;
  const isFlat = record.form === "flatMapRow";
  for (let next = input.next(); next !== null; next = input.next()) {
    const { columns, length } = structBatch(next);
    const rows = read(columns, length);
    let at = 0;
    try {
      for (; at < rows.length; at++) {
        const result = f(rows[at]);
        if (isFlat) eachRow(result, record.name, (row) => out.append(row));
        else out.append(result);
        if (out.isFull) flush();
      }
    } catch (error) {
      throw new FailedCall(error, record, [rows[at]]);
    }
  }
}

async function mapPartition(
  { record, functions }: Udf,
  input: StreamInput,
  { fields }: ArrowSchema,
  out: StructOutput,
  flush: () => void,
): Promise<void> {
  const read = rowsReader(fields, record.values);
  const f = functions[0] as RowFunction;
  const rows = new TaskIterator(rowsOf(input, read));
  try {
    await drainRows(f(rows), record.name, (row) => {
      out.append(row);
      if (out.isFull) flush();
    });
  } catch (error) {
    throw new FailedCall(error, record, rows.lastGiven);
  } finally {
    rows.close();
  }
}

function* rowsOf(
  input: StreamInput,
  read: ReturnType<typeof rowsReader>,
): Generator<object> {
  for (let next = input.next(); next !== null; next = input.next()) {
    const { columns, length } = structBatch(next);
    yield* read(columns, length);
  }
}

async function mapTables(
  { record, functions }: Udf,
  input: StreamInput,
  schema: ArrowSchema,
  out: StructOutput,
  flush: () => void,
): Promise<void> {
  const { arrowTable } = await import("../../src/serde/arrow/arrow_table.ts");
  const { resultColumns } = await import("./table_values.ts");
  const f = functions[0] as RowFunction;
  const tables = new TaskIterator(
    tablesOf(input, (batch) => arrowTable(schema, [batch])),
  );
  try {
    await drainRows(
      requireIterable(f(tables), record.name),
      record.name,
      (table) => {
        const { columns, length } = resultColumns(
          table,
          out.struct,
          record.name,
        );
        out.appendColumns(columns, length);
        flush();
      },
    );
  } catch (error) {
    throw new FailedCall(error, record, []);
  } finally {
    tables.close();
  }
}

function* tablesOf(
  input: StreamInput,
  tableOf: (batch: ArrowBatch) => Table,
): Generator<Table> {
  for (let next = input.next(); next !== null; next = input.next()) {
    yield tableOf(structBatch(next));
  }
}
