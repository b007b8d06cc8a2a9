import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { readTableCommand } from "../../src/protocol/table_command.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { StructType, typeFromJson } from "../../src/types/spark_types.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import type { Evaluation } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { argumentOffsets } from "./argument_reader.ts";
import { keyText } from "./key_text.ts";
import { loadUdf, type Udf } from "./load_udf.ts";
import { drainRows } from "./row_results.ts";
import { StreamInput } from "./stream_input.ts";
import { StreamOutput } from "./stream_output.ts";
import { StructOutput } from "./struct_output.ts";
import { type TableArguments, tableArguments } from "./table_arguments.ts";
import { type TableHandler, tableHandlers } from "./table_handler.ts";
import { evaluation } from "./udf_task.ts";

/**
 * Makes a table function ready: it gives any number of rows for each of its
 * arguments' rows, and more at the end of a partition.
 *
 * Peer: `ArrowEvalPythonUDTFExec`, kind 301, Spark 3.5 – 4.3. Layout: an Arrow
 * stream with a column for each argument; back one column of structs, with
 * one batch for each row that came, and those behind them for the last row.
 *
 * @param tools what the worker keeps
 * @param header of kind 301
 */
export function evaluateTable(
  tools: WorkerTools,
  { commandReader, evalType }: TaskHeader,
): Promise<Evaluation> {
  if (commandReader === null) throw udfInvalid("there is none");
  const command = readTableCommand(commandReader, tools.dialect, evalType);
  const udf: TableUdf = {
    ...loadUdf(tools, command.handler, ["table"]),
    // What analyze() told, where the function has it.
    returnType: typeFromJson(command.returnType),
    analysis: analysisOf(command.analysis),
  };
  const offsets = argumentOffsets(command, udf.record);
  return Promise.resolve(
    evaluation(
      udf,
      () => runTable(tools, udf, offsets, command.partitionColumns),
    ),
  );
}

/** A table function, and what its analyze() said of the call. */
interface TableUdf extends Udf {
  readonly analysis: object | null;
}

/** As `planned_table.ts` of the driver writes it. */
function analysisOf(bytes: Uint8Array | null): object | null {
  if (bytes === null) return null;
  const state = createCborCodec().decode(bytes) as { schema: string };
  return { ...state, schema: StructType.fromJson(state.schema) };
}

async function runTable(
  tools: WorkerTools,
  udf: TableUdf,
  offsets: readonly number[],
  partitionColumns: readonly number[],
): Promise<Record<never, never>> {
  const input = new StreamInput(tools);
  const read = tableArguments(
    input.readSchema(),
    offsets,
    partitionColumns,
    udf.record.values,
  );
  const rows = new StructOutput(udf.returnType);
  const output = new StreamOutput(tools, () => rows.schemaMessage());
  const calls = new TableCalls(udf, rows);
  try {
    for (let batch = input.next(); batch !== null; batch = input.next()) {
      const given = read(batch);
      for (let row = 0; row < batch.length; row++) {
        const pending = calls.eval(given, row);
        if (pending !== null) await pending;
        output.gather([rows], rows.length);
      }
      output.flush();
    }
    await calls.terminate();
    if (rows.length > 0) output.add([rows], rows.length);
  } finally {
    output.end();
  }
  return {};
}

/** The calls of a table function, of a new instance for each partition. */
class TableCalls {
  readonly #udf: Udf;
  readonly #out: StructOutput;
  readonly #make: () => TableHandler;
  #handler: TableHandler | null = null;
  #key: string | null = null;
  readonly #append = (row: unknown): void => this.#out.append(row);

  constructor(udf: TableUdf, out: StructOutput) {
    const { record, functions, analysis } = udf;
    this.#udf = udf;
    this.#out = out;
    this.#make = tableHandlers(functions[0], record.name, analysis);
  }

  /** @returns null where nothing is to be awaited: a promise for each row takes its time */
  eval(given: TableArguments, row: number): Promise<void> | null {
    const { columns, keys } = given;
    const args = columns.map((column) => column[row]);
    if (keys !== null) {
      const key = keyText(keys.map((column) => column[row]));
      const isOther = this.#key !== null && this.#key !== key;
      this.#key = key;
      if (isOther) return this.#next(args);
    }
    return this.#call(args);
  }

  async #next(args: readonly unknown[]): Promise<void> {
    await this.terminate();
    await this.#call(args);
  }

  #call(args: readonly unknown[]): Promise<void> | null {
    const failed = (error: unknown): never => {
      throw new FailedCall(error, this.#udf.record, args);
    };
    try {
      this.#handler ??= this.#make();
      const pending = this.#take(this.#handler.eval(...args));
      return pending === null ? null : pending.catch(failed);
    } catch (error) {
      return failed(error);
    }
  }

  /** Ends the instance; its last rows go where the next ones do. */
  async terminate(): Promise<void> {
    const handler = this.#handler;
    this.#handler = null;
    if (handler === null) return;
    try {
      await this.#take(handler.terminate());
    } catch (error) {
      const { name, site } = this.#udf.record;
      throw new FailedCall(error, { name: `${name}.terminate`, site }, []);
    }
  }

  /** A function that gives nothing gives no rows. */
  #take(result: unknown): Promise<void> | null {
    if (result === undefined || result === null) return null;
    return drainRows(result, this.#udf.record.name, this.#append);
  }
}
