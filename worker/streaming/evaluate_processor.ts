import { readProcessorCommand } from "../../src/protocol/state_command.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import { udfInvalid, type ValueForms } from "../../src/protocol/udf_record.ts";
import { PickledRows } from "../../src/serde/pickle/pickled_rows.ts";
import { parseSchemaJson } from "../../src/types/spark_types.ts";
import type { Evaluation } from "../task/evaluator.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { callWithRows } from "../udf/call_with_rows.ts";
import { type GroupOffsets, groupOffsets } from "../udf/group_columns.ts";
import { EXACT_FORMS } from "../udf/key_text.ts";
import type { Udf } from "../udf/load_udf.ts";
import { drainRows } from "../udf/row_results.ts";
import { StreamOutput } from "../udf/stream_output.ts";
import { StructOutput } from "../udf/struct_output.ts";
import { evaluation, onlyUdf } from "../udf/udf_task.ts";
import { ProcessorHandle } from "./processor_handle.ts";
import { type KeyedGroup, keyedGroups } from "./processor_input.ts";
import {
  makeProcessor,
  type Processor,
} from "../../src/common/make_processor.ts";
import { StateClient } from "./state_client.ts";

/**
 * Makes a processor ready that keeps states for each key in Spark's state
 * server.
 *
 * Peer: `TransformWithStateInPandasExec`, kinds 211 and 212, Spark 4.0, and
 * `TransformWithStateInPySparkExec`, kinds 213 and 214, 4.1 – 4.3.
 * Layout: rows as `keyedGroups` reads them; back one column of structs.
 *
 * @param tools what the worker keeps
 * @param header of kinds 211 to 214
 */
export function evaluateProcessor(
  tools: WorkerTools,
  { commandReader, evalType, confs }: TaskHeader,
): Promise<Evaluation> {
  if (commandReader === null) throw udfInvalid("there is none");
  const command = readProcessorCommand(
    commandReader,
    tools.dialect,
    evalType,
    confs,
  );
  const { udf, call } = onlyUdf(tools, command, ["processor"]);
  const task: ProcessorTask = {
    udf,
    sides: groupOffsets(call),
    keys: keyRowsOf(command.keySchema, udf.record.values),
    timeMode: String(udf.functions[1]),
  };
  return Promise.resolve(evaluation(udf, async () => {
    using client = new StateClient(
      tools.connectState(command.server),
      command.lists,
      tools.builtins,
    );
    const handle = new ProcessorHandle(
      client,
      udf.record.values,
      task.timeMode,
    );
    await new ProcessorRun(tools, task, handle).run();
    return {};
  }));
}

interface ProcessorTask {
  readonly udf: Udf;
  readonly sides: readonly GroupOffsets[];
  readonly keys: KeyRows;
  readonly timeMode: string;
}

/** Keys as the state server has them. */
interface KeyRows {
  /** In forms that lose nothing. */
  readonly exact: PickledRows;
  /** As programs have them. */
  readonly own: PickledRows;
}

function keyRowsOf(schema: string, forms: ValueForms): KeyRows {
  const struct = parseSchemaJson(schema);
  return {
    exact: new PickledRows(struct, EXACT_FORMS, "the key"),
    own: new PickledRows(struct, forms, "the key"),
  };
}

const { control } = ProcessorHandle;

/** One task of a processor, from its states' declaration to its end. */
class ProcessorRun {
  readonly #tools: WorkerTools;
  readonly #task: ProcessorTask;
  readonly #handle: ProcessorHandle;
  readonly #rows: StructOutput;
  readonly #output: StreamOutput;
  #times: { readonly processing: number; readonly watermark: number } | null =
    null;

  constructor(
    tools: WorkerTools,
    task: ProcessorTask,
    handle: ProcessorHandle,
  ) {
    this.#tools = tools;
    this.#task = task;
    this.#handle = handle;
    const rows = new StructOutput(task.udf.returnType);
    this.#rows = rows;
    this.#output = new StreamOutput(tools, () => rows.schemaMessage());
  }

  async run(): Promise<void> {
    const { udf, sides } = this.#task;
    const handle = this.#handle;
    try {
      const processor = await this.#called("init", [], async () => {
        const made = makeProcessor(udf.functions[0], udf.record.name);
        await made.init(handle);
        return made;
      });
      control.initialized(handle);
      for (const group of keyedGroups(this.#tools, sides, udf.record.values)) {
        await this.#group(processor, group);
      }
      control.dataProcessed(handle);
      await this.#timers(processor);
      control.timersProcessed(handle);
      await this.#called("close", [], () => processor.close?.());
      control.closed(handle);
      if (this.#rows.length > 0) this.#flush();
    } finally {
      this.#output.end();
    }
  }

  async #group(processor: Processor, group: KeyedGroup): Promise<void> {
    const { key, exactKey } = group;
    control.beginKey(this.#handle, this.#task.keys.exact.write(exactKey));
    for (const row of group.initial()) {
      await this.#called(
        "handleInitialState",
        [key, row],
        () => processor.handleInitialState?.(key, row, this.#timerValues()),
      );
    }
    const given = group.rows();
    if (given === null) return;
    await callWithRows(
      this.#method("handleInputRows"),
      key,
      given,
      (rows) =>
        this.#take(processor.handleInputRows(key, rows, this.#timerValues())),
    );
  }

  async #timers(processor: Processor): Promise<void> {
    const { timeMode, keys } = this.#task;
    if (timeMode === "none") return;
    const { processing, watermark } = this.#readTimes();
    const before = timeMode === "eventTime" ? watermark : processing;
    const handle = this.#handle;
    for (const { key: bytes, expiryMs } of control.expired(handle, before)) {
      const key = keys.own.read(bytes);
      control.beginKey(handle, keys.exact.write(keys.exact.read(bytes)));
      await this.#called("handleExpiredTimer", [key], async () => {
        const result = processor.handleExpiredTimer?.(
          key,
          this.#timerValues(),
          { getExpiryTimeInMs: () => expiryMs },
        );
        await this.#take(result ?? []);
      });
      handle.deleteTimer(expiryMs);
    }
  }

  #readTimes(): { readonly processing: number; readonly watermark: number } {
    return this.#times ??= {
      processing: control.time(this.#handle, "processing"),
      watermark: control.time(this.#handle, "watermark"),
    };
  }

  #timerValues(): object {
    const { timeMode } = this.#task;
    const none = { processing: -1, watermark: -1 };
    const times = timeMode === "none" ? none : this.#readTimes();
    return {
      getCurrentProcessingTimeInMs: () => times.processing,
      getCurrentWatermarkInMs: () => times.watermark,
    };
  }

  async #take(result: unknown): Promise<void> {
    const { name } = this.#task.udf.record;
    await drainRows(result, name, (row) => {
      this.#rows.append(row);
      if (this.#rows.isFull) this.#flush();
    });
  }

  #flush(): void {
    this.#output.add([this.#rows], this.#rows.length);
  }

  async #called<T>(
    method: string,
    args: readonly unknown[],
    body: () => T,
  ): Promise<Awaited<T>> {
    try {
      return await body();
    } catch (error) {
      throw new FailedCall(error, this.#method(method), args);
    }
  }

  #method(method: string): { readonly name: string; readonly site: string } {
    const { name, site } = this.#task.udf.record;
    return { name: `${name}.${method}`, site };
  }
}
