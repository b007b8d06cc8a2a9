import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import { systemClock } from "../task/event_loop.ts";
import type { Evaluation, EvaluationResult } from "../task/evaluator.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import {
  argumentOffsets,
  ArgumentReaders,
  type ReadColumns,
  type Values,
} from "./argument_reader.ts";
import { StreamInput } from "./stream_input.ts";
import { StreamOutput } from "./stream_output.ts";
import { loadUdf, type Udf } from "./load_udf.ts";
import { evaluation, readCommand } from "./udf_task.ts";
import { resultSchema } from "./result_schema.ts";
import { RowFunction } from "./row_function.ts";

/** One column of the answer. */
interface ResultColumn {
  readonly chain: readonly Udf[];
  readonly offsets: readonly number[];
}

/** A column of the answer, where the columns that come are known. */
interface ReadyColumn {
  readonly function: RowFunction;
  readonly read: (batch: ArrowBatch, known: ReadColumns) => Values[];
}

/**
 * Makes row functions ready: each gives a column, one value for each row.
 *
 * Peer: `ArrowEvalPythonExec`, kind 101, Spark 3.5 – 4.3. Layout: an Arrow
 * stream with a column for each distinct argument; back one with a column for
 * each function.
 *
 * @param tools what the worker keeps
 * @param header of kind 101
 */
export function evaluateRows(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const { calls } = readCommand(tools, header);
  const columns = calls.map((call): ResultColumn => {
    const chain = call.chain.map((bytes) => loadUdf(tools, bytes, FORMS));
    const [innermost] = chain;
    if (innermost === undefined) throw udfInvalid("it has no functions");
    return { chain, offsets: argumentOffsets(call, innermost.record) };
  });
  return Promise.resolve(
    evaluation(columns[0]?.chain[0], () => runRows(tools, columns)),
  );
}

const FORMS = ["row", "asyncRow"] as const;

async function runRows(
  tools: WorkerTools,
  columns: readonly ResultColumn[],
): Promise<Partial<EvaluationResult>> {
  const input = new StreamInput(tools);
  const ready = readyColumns(columns, input);
  const output = new StreamOutput(
    tools,
    () => resultSchema(columns.map(({ chain }) => chain.at(-1) as Udf)),
  );
  try {
    if (ready.some((column) => column.function.isAsync)) {
      await Promise.race([
        awaitBatches(tools, ready, input, output),
        tools.leftovers.failed,
      ]);
    } else runBatches(tools, ready, input, output);
  } finally {
    output.end();
  }
  return { hasCalls: ready.some((column) => column.function.hasCalls) };
}

function readyColumns(
  columns: readonly ResultColumn[],
  input: StreamInput,
): ReadyColumn[] {
  const readers = new ArgumentReaders(input.readSchema());
  const clock = systemClock();
  return columns.map(({ chain, offsets }): ReadyColumn => {
    const [innermost] = chain;
    if (innermost === undefined) throw udfInvalid("it has no functions");
    return {
      function: new RowFunction(chain, offsets.length, clock),
      read: readers.ofFunction(offsets, innermost.record),
    };
  });
}

function runBatches(
  { builtins }: WorkerTools,
  columns: readonly ReadyColumn[],
  input: StreamInput,
  output: StreamOutput,
): void {
  const results = columns.map((column) => column.function.results);
  for (let batch = input.next(); batch !== null; batch = input.next()) {
    const known: ReadColumns = new Map();
    for (const column of columns) {
      const given = builtins.restored(() => column.read(batch, known));
      column.function.run(given, batch.length);
    }
    output.add(results, batch.length);
  }
}

/** As {@link runBatches}, with the event loop free while a batch is waited for. */
async function awaitBatches(
  { io, builtins }: WorkerTools,
  columns: readonly ReadyColumn[],
  input: StreamInput,
  output: StreamOutput,
): Promise<void> {
  const results = columns.map((column) => column.function.results);
  for (;;) {
    await input.ready(io);
    const batch = input.next();
    if (batch === null) return;
    const known: ReadColumns = new Map();
    for (const column of columns) {
      const given = builtins.restored(() => column.read(batch, known));
      await column.function.runAsync(given, batch.length);
    }
    output.add(results, batch.length);
  }
}
