import { ByteWriter } from "../../src/common/byte_writer.ts";
import { isError } from "../../src/common/describe_value.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import { DRIVER_VERSION } from "../../src/protocol/command.ts";
import { formatFailure } from "../../src/protocol/failure_text.ts";
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
import { explainDenial } from "../confine/permission_denied.ts";
import { isOverMemory } from "../daemon/memory_watch.ts";
import { describeError, type TaskPlace } from "./describe_error.ts";
import { evaluatorOf } from "./evaluators.ts";
import type { WorkerTools } from "./worker_tools.ts";

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
    tools.shared.begin(header);
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
    tools.shared.end();
    tools.crashReport.end();
  }
}

async function evaluate(
  tools: WorkerTools,
  header: TaskHeader,
  bootMs: number,
): Promise<boolean> {
  requireOwnVersion(header);
  const prepare = await evaluatorOf(header.evalType);
  using evaluation = await prepare(tools, header);
  const initMs = Date.now();
  tools.leftovers.begin();
  const result = await evaluation.run();
  await tools.leftovers.end();
  const updates = tools.shared.accumulators.updates();
  tools.shared.end();
  const finishMs = Date.now();
  const writer = new ByteWriter();
  writeTaskTrailer(writer, tools.dialect, {
    timings: { bootMs, initMs, finishMs, processingMs: finishMs - initMs },
    memoryBytesSpilled: BigInt(result.memoryBytes),
    diskBytesSpilled: BigInt(result.diskBytes),
    accumulatorUpdates: updates,
  });
  tools.write(writer.view());
  const reusable = !result.hasCalls && await result.finishInput() &&
    readTaskEnd(tools.reader) && !isOverMemory(tools.limits);
  writer.clear();
  writeTaskEnd(writer, reusable);
  tools.write(writer.view());
  return reusable;
}

/** What Deno refused, in words of the setting that has it refuse. */
function explain(error: unknown, { permissions }: WorkerTools): unknown {
  return permissions === null ? error : explainDenial(error, permissions);
}

function requireOwnVersion({ driverVersion }: TaskHeader): void {
  if (driverVersion === DRIVER_VERSION) return;
  throw new ProtocolError(
    "DRIVER_VERSION_MISMATCH",
    `Cannot run a task of driver "${driverVersion}": this worker is "${DRIVER_VERSION}"; install the same TSpark on the driver and the executors`,
    { driver: driverVersion, worker: DRIVER_VERSION },
  );
}

function isPeerGone(error: unknown): boolean {
  return isError(error) && error instanceof ProtocolError &&
    (error.condition === "PEER_GONE" || error.condition === "BYTES_TRUNCATED" ||
      error.condition === "FRAME_TRUNCATED");
}
