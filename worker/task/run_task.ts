import type { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import type { Kernels } from "../../src/bridge/kernels.ts";
import type { WorkerFiles } from "../../src/bridge/worker_files.ts";
import type { WorkerIo } from "../../src/bridge/worker_io.ts";
import {
  checkCommand,
  commandInvalid,
  DRIVER_VERSION,
  type StageCommand,
} from "../../src/protocol/command.ts";
import type { Dialect } from "../../src/protocol/dialect.ts";
import { formatFailure } from "../../src/protocol/failure_text.ts";
import { EVAL_TYPE } from "../../src/protocol/marker.ts";
import {
  readTaskHeader,
  type TaskHeader,
} from "../../src/protocol/task_header.ts";
import {
  readTaskEnd,
  writeTaskEnd,
  writeTaskFailure,
  writeTaskTrailer,
} from "../../src/protocol/task_trailer.ts";
import type { CborCodec } from "../../src/serde/cbor/cbor.ts";
import type { KeyHasher } from "../../src/serde/keys/key_hasher.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { type AsyncRest, runAsyncTask } from "../rdd/async_task.ts";
import { describeError, type TaskPlace } from "./describe_error.ts";
import { systemClock } from "./event_loop.ts";
import type { CrashReport } from "../daemon/crash_report.ts";
import type { UnhandledErrors } from "./unhandled_errors.ts";
import {
  budgetWithin,
  isOverMemory,
  type MemoryLimits,
} from "../daemon/memory_watch.ts";
import { explainDenial } from "../confine/permission_denied.ts";
import { openInput, skipInput } from "../rdd/record_input.ts";
import { openOutput, type RecordOutput } from "../rdd/record_output.ts";
import type { SharedValues } from "./shared_values.ts";
import { taskSpill } from "../spill/task_spill.ts";
import type { StageLoader } from "../rdd/stage.ts";

/** What a worker keeps from task to task. */
export interface WorkerTools {
  readonly dialect: Dialect;
  readonly reader: ByteReader;
  readonly write: (bytes: Uint8Array) => void;
  readonly io: WorkerIo;
  readonly leftovers: UnhandledErrors;
  readonly crashReport: CrashReport;
  /** What memory this process may hold. */
  readonly limits: MemoryLimits;
  readonly kernels: Kernels;
  readonly cbor: CborCodec;
  readonly codec: RecordCodec;
  readonly hasher: KeyHasher;
  readonly stages: StageLoader;
  /** Stands for the handles that functions name. */
  readonly shared: SharedValues;
  /** V8's garbage collector; null where it is not exposed. */
  readonly collect: (() => void) | null;
  /** Where records may go that do not fit into memory. */
  readonly spillFolders: readonly string[];
  readonly files: WorkerFiles;
  /** What functions may do, by the setting; null: everything. */
  readonly permissions: string | null;
}

/**
 * Runs the next task of a connection.
 *
 * Peer: `BasePythonRunner`, Spark 3.5 – 4.3.
 *
 * @param tools what the worker keeps
 * @returns whether the connection can carry another task
 */
export async function runTask(tools: WorkerTools): Promise<boolean> {
  let place: TaskPlace = { partition: -1, stage: -1, attempt: -1 };
  try {
    if (!tools.reader.fill(1)) return false;
    const bootMs = Date.now();
    const header = readTaskHeader(
      tools.reader,
      tools.dialect,
      (delta) => tools.shared.broadcasts.apply(delta),
    );
    if (header === null) return false;
    place = {
      partition: header.context.partitionId,
      stage: header.context.stageId,
      attempt: header.context.attemptNumber,
    };
    tools.crashReport.begin(place);
    tools.shared.environment.begin(header);
    tools.shared.accumulators.begin();
    return await evaluate(tools, header, bootMs);
  } catch (error) {
    if (isPeerGone(error)) return false; // Spark needs the task no more
    const writer = new ByteWriter();
    writeTaskFailure(
      writer,
      formatFailure(describeError(explain(error, tools), place)),
    );
    tools.write(writer.view());
    return false;
  } finally {
    tools.crashReport.end();
  }
}

async function evaluate(
  tools: WorkerTools,
  header: TaskHeader,
  bootMs: number,
): Promise<boolean> {
  const command = decodeCommand(tools, header);
  const spill = taskSpill(
    budgetWithin(tools.limits, command.memoryBytes),
    tools.codec,
    tools.collect,
    tools.spillFolders,
    tools.files,
  );
  using space = spill.space;
  const stage = tools.stages.load(command, spill);
  const batches = watched(await openInput(tools, stage.input, stage.isCount));
  const index = header.partitionIndex;
  const openTo = (write: WorkerTools["write"]): RecordOutput => {
    const pair = (record: unknown): void => stage.tools.pair(record, -1);
    return openOutput(
      { ...tools, write, partition: index, pair },
      stage.output,
    );
  };
  const initMs = Date.now();
  tools.leftovers.begin();
  let rest: AsyncRest | null = null;
  if (stage.awaiting === null) {
    const output = openTo(tools.write);
    stage.run(index, batches, output.emit);
    output.finish();
  } else {
    rest = await runAsyncTask({
      ...tools,
      ...stage.awaiting,
      index,
      clock: systemClock(),
      batches,
      output: stage.output,
      openOutput: openTo,
      iterable: (value) => stage.tools.iterable(value, 0),
      failed: tools.leftovers.failed,
    });
  }
  await tools.leftovers.end();
  tools.shared.environment.end();
  const finishMs = Date.now();
  const writer = new ByteWriter();
  writeTaskTrailer(writer, tools.dialect, {
    timings: { bootMs, initMs, finishMs, processingMs: finishMs - initMs },
    memoryBytesSpilled: BigInt(space.memoryBytes),
    diskBytesSpilled: BigInt(space.diskBytes),
    accumulatorUpdates: tools.shared.accumulators.updates(),
  });
  tools.write(writer.view());
  const reusable = !rest?.hasCalls && await isInputDone(tools, batches, rest) &&
    readTaskEnd(tools.reader) && !isOverMemory(tools.limits);
  writer.clear();
  writeTaskEnd(writer, reusable);
  tools.write(writer.view());
  return reusable;
}

/** Reads what the stage has left of its input, where that is worth it. */
async function isInputDone(
  { reader }: WorkerTools,
  batches: { readonly ended: boolean },
  rest: AsyncRest | null,
): Promise<boolean> {
  await rest?.settled;
  return batches.ended || skipInput(reader);
}

/** What Deno refused, in words of the setting that has it refuse. */
function explain(error: unknown, { permissions }: WorkerTools): unknown {
  return permissions === null ? error : explainDenial(error, permissions);
}

function decodeCommand(tools: WorkerTools, header: TaskHeader): StageCommand {
  if (header.driverVersion !== DRIVER_VERSION) {
    throw new ProtocolError(
      "DRIVER_VERSION_MISMATCH",
      `Cannot run a task of driver "${header.driverVersion}": this worker is "${DRIVER_VERSION}"; install the same TSpark on the driver and the executors`,
      { driver: header.driverVersion, worker: DRIVER_VERSION },
    );
  }
  if (header.evalType !== EVAL_TYPE.NON_UDF || header.command === null) {
    throw new ProtocolError(
      "EVAL_TYPE_UNSUPPORTED",
      `Cannot run a task of kind ${header.evalType}: this TSpark runs functions of RDDs only`,
      { evalType: header.evalType },
    );
  }
  const sent = checkCommand(tools.cbor.decode(header.command));
  if (!("command" in sent)) return sent;
  const bytes = tools.shared.broadcasts.bytes(sent.command);
  const stage = checkCommand(tools.cbor.decode(bytes));
  if ("command" in stage) throw commandInvalid("a broadcast of a broadcast");
  return stage;
}

/** Batches that remember whether they were read to their end. */
function watched(
  batches: Iterable<unknown[]>,
): Iterable<unknown[]> & { readonly ended: boolean } {
  let ended = false;
  return {
    get ended() {
      return ended;
    },
    *[Symbol.iterator]() {
      yield* batches;
      ended = true;
    },
  };
}

function isPeerGone(error: unknown): boolean {
  return error instanceof ProtocolError &&
    (error.condition === "PEER_GONE" || error.condition === "BYTES_TRUNCATED" ||
      error.condition === "FRAME_TRUNCATED");
}
