import { SparkError } from "../../src/common/errors.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { Vector } from "../../src/serde/arrow/arrow_table.ts";
import { columnBuilder } from "../../src/serde/arrow/builders/make_builder.ts";
import type { Evaluation, EvaluationResult } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import { TaskIterator } from "../task/task_iterator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { argumentOffsets } from "./argument_reader.ts";
import type { Udf } from "./load_udf.ts";
import { resultSchema } from "./result_schema.ts";
import { drainRows } from "./row_results.ts";
import { StreamInput } from "./stream_input.ts";
import { StreamOutput } from "./stream_output.ts";
import { anyColumnValues, vectorsOf } from "./table_values.ts";
import { evaluation, onlyUdf, readCommand } from "./udf_task.ts";

/**
 * Makes a function over an iterator of columns ready: it is called once a
 * task, and gives columns that together are as long as those it is given.
 *
 * Peer: `ArrowEvalPythonExec`, kind 204, Spark 3.5 – 4.3. Layout: as of kind 101.
 *
 * @param tools what the worker keeps
 * @param header of kind 204
 */
export function evaluateVectorIterator(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { udf, call } = onlyUdf(tools, readCommand(tools, header), [
    "vectorIterator",
  ]);
  const offsets = argumentOffsets(call, udf.record);
  return Promise.resolve(
    evaluation(udf, () => runIterator(tools, udf, offsets)),
  );
}

async function runIterator(
  tools: WorkerTools,
  udf: Udf,
  offsets: readonly number[],
): Promise<Partial<EvaluationResult>> {
  const { name } = udf.record;
  const input = new StreamInput(tools, true);
  const schema = input.readSchema();
  const out = columnBuilder(udf.returnType, name);
  const output = new StreamOutput(tools, () => resultSchema([udf]));
  const rows = { taken: 0, given: 0 };
  const batches = new TaskIterator(batchesOf(input, schema, offsets, rows));
  const f = udf.functions[0] as (batches: unknown) => unknown;
  try {
    await drainRows(f(batches), name, (column) => {
      const values = anyColumnValues(column, name);
      out.appendAll(values);
      rows.given += values.length;
      output.add([out], values.length);
    });
    if (!batches.next().done || rows.taken !== rows.given) {
      throw lengthsDiffer(name, rows);
    }
  } catch (error) {
    throw new FailedCall(error, udf.record, []);
  } finally {
    batches.close();
    output.end();
  }
  return { finishInput: () => Promise.resolve(input.skip()) };
}

interface RowCounts {
  taken: number;
  given: number;
}

function* batchesOf(
  input: StreamInput,
  schema: ArrowSchema,
  offsets: readonly number[],
  rows: RowCounts,
): Generator<Vector[]> {
  for (let batch = input.next(); batch !== null; batch = input.next()) {
    rows.taken += batch.length;
    const vectors = vectorsOf(schema, batch);
    yield offsets.map((offset) => vectors[offset] as Vector);
  }
}

function lengthsDiffer(name: string, { taken, given }: RowCounts): SparkError {
  return new SparkError(
    "COLUMN_INVALID",
    `Cannot take the results of "${name}": it gave ${given} values after it was given ${taken} rows, or left some unread; read all batches, and give one value for each row`,
    { function: name, values: given, rows: taken },
  );
}
