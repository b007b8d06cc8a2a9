import { ProtocolError } from "../../src/common/errors.ts";
import { FORMAT_VERSION } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/command_codec.ts";
import {
  checkUdfRecord,
  type UdfForm,
  udfInvalid,
  type UdfRecord,
} from "../../src/protocol/udf_record.ts";
import { type DataType, typeFromJson } from "../../src/types/spark_types.ts";
import type { WorkerTools } from "../task/worker_tools.ts";

/** A function of the program's that a query calls, alive. */
export interface Udf {
  readonly record: UdfRecord;
  readonly returnType: DataType;
  /** The function itself, then what its form needs beside it. */
  readonly functions: readonly unknown[];
}

/**
 * Makes a function of its bytes, with captured values of its own.
 *
 * @param tools what the worker keeps
 * @param bytes as the JVM carries them
 * @param forms what the task can evaluate
 * @throws ProtocolError `UDF_INVALID`, `FORMAT_MISMATCH`, `COMMAND_INVALID`
 */
export function loadUdf(
  tools: WorkerTools,
  bytes: Uint8Array,
  forms: readonly UdfForm[],
): Udf {
  const record = decodeUdf(tools, bytes);
  if (record.version !== FORMAT_VERSION) {
    throw new ProtocolError(
      "FORMAT_MISMATCH",
      `Cannot run a function in format ${record.version}: this worker knows format ${FORMAT_VERSION}; install the same TSpark on the driver and the executors`,
      { driver: record.version, worker: FORMAT_VERSION },
    );
  }
  if (!forms.includes(record.form)) {
    throw udfInvalid(
      `a task for "${forms[0]}" has a function for "${record.form}"`,
    );
  }
  const revive = tools.shared.reviving(tools.reviver, record);
  const functions = revive(record.closure);
  const { profile, form } = record;
  return {
    record,
    returnType: typeFromJson(record.returnType),
    functions: profile === undefined
      ? functions
      : tools.shared.profile.measured(profile, form, functions),
  };
}

function decodeUdf(tools: WorkerTools, bytes: Uint8Array): UdfRecord {
  const sent = checkUdfRecord(decodeCommand(bytes));
  if (!("command" in sent)) return sent;
  const record = checkUdfRecord(
    decodeCommand(tools.shared.broadcasts.bytes(sent.command)),
  );
  if ("command" in record) throw udfInvalid("a broadcast of a broadcast");
  return record;
}
