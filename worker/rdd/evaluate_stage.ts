import { isError } from "../../src/common/describe_value.ts";
import type { TaskHeader } from "../../src/protocol/task_header.ts";
import {
  checkCommand,
  commandInvalid,
  type StageCommand,
} from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/command_codec.ts";
import { budgetWithin } from "../daemon/memory_watch.ts";
import { taskSpill } from "../spill/task_spill.ts";
import type { Evaluation, EvaluationResult } from "../task/evaluator.ts";
import { ThrownValue } from "../task/failed_call.ts";
import { systemClock } from "../task/event_loop.ts";
import type { KnownBuiltins } from "../task/builtins.ts";
import type { TaskLife } from "../task/task_life.ts";
import type { WorkerTools } from "../task/worker_tools.ts";
import { arrowOutput } from "./arrow_output.ts";
import { type AsyncRest, runAsyncTask } from "./async_task.ts";
import { openInput, skipInput } from "./record_input.ts";
import { openOutput, type RecordOutput } from "./record_output.ts";
import type { Stage } from "./stage.ts";

/**
 * Makes a stage of an RDD's steps ready.
 *
 * Peer: `PythonRunner`, Spark 3.5 – 4.3.
 *
 * @param tools what the worker keeps
 * @param header of kind 0
 * @throws ProtocolError `COMMAND_INVALID`, `FORMAT_MISMATCH`
 */
export async function evaluateStage(
  tools: WorkerTools,
  header: TaskHeader,
): Promise<Evaluation> {
  const command = readStageCommand(tools, header);
  const spill = taskSpill(
    budgetWithin(tools.limits, command.memoryBytes),
    tools.codec,
    tools.collect,
    tools.spillFolders,
    tools.files,
  );
  try {
    const stage = tools.stages.load(command, spill);
    const { life } = stage.tools;
    const batches = watched(
      await openInput(tools, stage.input, stage.isCount),
      life,
      tools.builtins,
    );
    return {
      site: stage.site,
      async run() {
        const { partitionIndex } = header;
        try {
          return await runStage(
            tools,
            stage,
            batches,
            partitionIndex,
            spill.space,
          );
        } catch (error) {
          if (isError(error) || stage.callers.length === 0) throw error;
          throw new ThrownValue(error, stage.callers);
        }
      },
      [Symbol.dispose]() {
        life.end();
        spill.space[Symbol.dispose]();
      },
    };
  } catch (error) {
    spill.space[Symbol.dispose]();
    throw error;
  }
}

type Batches = Iterable<unknown[]> & { readonly ended: boolean };

async function runStage(
  tools: WorkerTools,
  stage: Stage,
  batches: Batches,
  index: number,
  spilled: Pick<EvaluationResult, "memoryBytes" | "diskBytes">,
): Promise<EvaluationResult> {
  const { output: form } = stage;
  const pair = (record: unknown): void => stage.tools.pair(record, -1);
  const openTo = form.kind === "arrow"
    ? await arrowOutput(form)
    : (write: WorkerTools["write"]): RecordOutput =>
      openOutput(
        { ...tools, write, own: stage.own, partition: index, pair },
        form,
      );
  let rest: AsyncRest | null = null;
  if (stage.awaiting === null) {
    const output = openTo(tools.write);
    stage.run(index, batches, output.emit);
    output.finish();
  } else {
    rest = await runAsyncTask({
      ...tools,
      ...stage.awaiting,
      life: stage.tools.life,
      index,
      clock: systemClock(),
      batches,
      output: stage.output,
      openOutput: openTo,
      iterable: (value) => stage.tools.iterable(value, 0),
      failed: tools.leftovers.failed,
    });
  }
  return {
    memoryBytes: spilled.memoryBytes,
    diskBytes: spilled.diskBytes,
    hasCalls: rest?.hasCalls ?? false,
    finishInput: async () => {
      await rest?.settled;
      return batches.ended || skipInput(tools.reader);
    },
  };
}

function readStageCommand(
  tools: WorkerTools,
  header: TaskHeader,
): StageCommand {
  if (header.command === null) throw commandInvalid("there is none");
  const sent = checkCommand(decodeCommand(header.command));
  if (!("command" in sent)) return sent;
  const bytes = tools.shared.broadcasts.bytes(sent.command);
  const stage = checkCommand(decodeCommand(bytes));
  if ("command" in stage) throw commandInvalid("a broadcast of a broadcast");
  return stage;
}

/**
 * Batches that remember whether they were read to their end, that nobody reads
 * after their task, and that are decoded by builtins as they were at first.
 */
function watched(
  batches: Iterable<unknown[]>,
  life: TaskLife,
  builtins: KnownBuiltins,
): Batches {
  const iterator = batches[Symbol.iterator]();
  let ended = false;
  return {
    get ended() {
      return ended;
    },
    *[Symbol.iterator]() {
      for (;;) {
        life.check();
        const { done, value } = builtins.restored(() => iterator.next());
        if (done === true) break;
        yield value;
      }
      ended = true;
    },
  };
}
