import type { TaskHeader } from "../../src/protocol/task_header.ts";
import type { UdfCall } from "../../src/protocol/udf_command.ts";
import type { Vector } from "../../src/serde/arrow/arrow_table.ts";
import type { ColumnBuilder } from "../../src/serde/arrow/builders/column_builder.ts";
import { columnBuilder } from "../../src/serde/arrow/builders/make_builder.ts";
import type { Evaluation } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { argumentOffsets } from "./argument_reader.ts";
import { loadUdf, type Udf } from "./load_udf.ts";
import { resultSchema } from "./result_schema.ts";
import { StreamInput } from "./stream_input.ts";
import { StreamOutput } from "./stream_output.ts";
import { columnValues, vectorsOf } from "./table_values.ts";
import { evaluation, readCommand } from "./udf_task.ts";

/** Functions that follow one another, over whole columns. */
interface VectorColumn {
  readonly chain: readonly Udf[];
  readonly offsets: readonly number[];
  readonly out: ColumnBuilder;
}

/**
 * Makes functions over whole columns ready: each gives a column as long.
 *
 * Peer: `ArrowEvalPythonExec`, kind 200, Spark 3.5 – 4.3. Layout: as of kind 101.
 *
 * @param tools what the worker keeps
 * @param header of kind 200
 */
export function evaluateVectors(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { calls } = readCommand(tools, header);
  const columns = calls.map((call) => vectorColumn(tools, call));
  return Promise.resolve(
    evaluation(columns[0]?.chain[0], () => runVectors(tools, columns)),
  );
}

function vectorColumn(tools: WorkerTools, call: UdfCall): VectorColumn {
  const chain = call.chain.map((bytes) => loadUdf(tools, bytes, ["vector"]));
  const { returnType, record } = chain.at(-1) as Udf;
  return {
    chain,
    offsets: argumentOffsets(call, (chain[0] as Udf).record),
    out: columnBuilder(returnType, record.name),
  };
}

async function runVectors(
  tools: WorkerTools,
  columns: readonly VectorColumn[],
): Promise<Record<never, never>> {
  const input = new StreamInput(tools, true);
  const schema = input.readSchema();
  const output = new StreamOutput(
    tools,
    () => resultSchema(columns.map(({ chain }) => chain.at(-1) as Udf)),
  );
  try {
    for (let batch = input.next(); batch !== null; batch = input.next()) {
      const vectors = vectorsOf(schema, batch);
      for (const column of columns) {
        await runColumn(column, vectors, batch.length);
      }
      output.add(columns.map(({ out }) => out), batch.length);
    }
  } finally {
    output.end();
  }
  return {};
}

type VectorFunction = (...vectors: unknown[]) => unknown;

async function runColumn(
  { chain, offsets, out }: VectorColumn,
  vectors: readonly Vector[],
  length: number,
): Promise<void> {
  let given: unknown[] = offsets.map((offset) => vectors[offset]);
  for (const { record, functions } of chain) {
    try {
      const result = await (functions[0] as VectorFunction)(...given);
      if (record === chain.at(-1)?.record) {
        out.appendAll(columnValues(result, length, record.name));
      } else given = [result];
    } catch (error) {
      throw new FailedCall(error, record, given);
    }
  }
}
