import { ByteWriter } from "../../src/common/byte_writer.ts";
import { isError } from "../../src/common/describe_value.ts";
import { ProtocolError, WorkerError } from "../../src/common/errors.ts";
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
import type { KnownBuiltins } from "./builtins.ts";
import type { EvaluationResult } from "./evaluator.ts";
import { evaluatorOf } from "./evaluators.ts";
import type { TaskOwner } from "./task_owners.ts";
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
  const { builtins, shared } = tools;
  let place: TaskPlace = { partition: -1, stage: -1, attempt: -1 };
  try {
    if (!tools.reader.fill(1)) return false;
    const bootMs = Date.now();
    const header = builtins.restored(() =>
      readTaskHeader(
        tools.reader,
        tools.dialect,
        (delta) => shared.broadcasts.apply(delta),
      )
    );
    if (header === null) return false;
    place = {
      partition: header.context.partitionId,
      stage: header.context.stageId,
      attempt: header.context.attemptNumber,
    };
    shared.begin(header);
    tools.output.begin(place);
    requireIntact(builtins);
    tools.crashReport.begin(place);
    const owner: TaskOwner = { place, site: null };
    return await tools.owners.run(
      owner,
      () => evaluate(tools, header, owner, bootMs),
    );
  } catch (error) {
    return builtins.restored(() => fail(tools, error, place));
  } finally {
    shared.end();
    builtins.restored(() => {
      tools.output.end();
      tools.crashReport.end();
    });
  }
}

/** Tells the JVM what went wrong. */
function fail(tools: WorkerTools, error: unknown, place: TaskPlace): false {
  if (isPeerGone(error)) return false; // Spark needs the task no more
  const writer = new ByteWriter();
  const output = tools.output.lastOfFailed();
  const failure = describeError(explain(error, tools), place);
  writeTaskFailure(
    writer,
    formatFailure(output === null ? failure : { ...failure, output }),
  );
  try {
    tools.write(writer.view());
  } catch (unwritten) {
    tools.crashReport.failed(failure); // Spark reads it in place of that
    throw unwritten;
  }
  return false;
}

async function evaluate(
  tools: WorkerTools,
  header: TaskHeader,
  owner: TaskOwner,
  bootMs: number,
): Promise<boolean> {
  requireOwnVersion(header);
  const prepare = await evaluatorOf(header.evalType);
  using evaluation = await prepare(tools, header);
  owner.site = evaluation.site;
  const initMs = Date.now();
  tools.leftovers.begin(owner);
  const { profile, accumulators } = tools.shared;
  const result = await profile.run(() => evaluation.run());
  await tools.leftovers.end();
  profile.end(accumulators, header.context.stageId);
  tools.builtins.restored(() => tools.output.bring(accumulators));
  return await finish(tools, result, { bootMs, initMs });
}

/** Writes what follows the output. */
async function finish(
  tools: WorkerTools,
  result: EvaluationResult,
  { bootMs, initMs }: { readonly bootMs: number; readonly initMs: number },
): Promise<boolean> {
  const { builtins, shared, leftovers } = tools;
  const writer = new ByteWriter();
  builtins.restored(() => {
    const finishMs = Date.now();
    writeTaskTrailer(writer, tools.dialect, {
      timings: { bootMs, initMs, finishMs, processingMs: finishMs - initMs },
      memoryBytesSpilled: BigInt(result.memoryBytes),
      diskBytesSpilled: BigInt(result.diskBytes),
      accumulatorUpdates: shared.accumulators.updates(),
    });
    shared.end();
    tools.write(writer.view());
  });
  // Asked last: what is still running may have changed them just now.
  const isRead = !result.hasCalls && await result.finishInput();
  const isIntact = builtins.areIntact;
  return builtins.restored(() => {
    const reusable = isRead && readTaskEnd(tools.reader) &&
      !leftovers.hasStrays && isIntact &&
      !isOverMemory(tools.limits);
    writer.clear();
    writeTaskEnd(writer, reusable);
    tools.write(writer.view());
    return reusable;
  });
}

/**
 * Refuses a task where something that an earlier one left running has changed
 * builtins since that one ended.
 */
function requireIntact(builtins: KnownBuiltins): void {
  if (builtins.areIntact) return;
  const name = builtins.changed() ?? "a builtin";
  throw new WorkerError(
    "BUILTINS_CHANGED",
    `Cannot start the task: what an earlier task of this worker left running has changed "${name}" since; await what functions start, and run the job again`,
    { name },
  );
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
