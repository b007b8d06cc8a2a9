import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import { readLimitedText } from "./limits.ts";
import { checkPort, type LocalEndpoint } from "./local_endpoint.ts";
import type { TaskContextInfo, TaskResource } from "./task_context.ts";

/**
 * Reads a task context that is sent as one JSON text.
 *
 * Peer: `PythonWorkerUtils.writeTaskContext`, Spark 4.2 and 4.3.
 * Layout: string of a JSON object with isBarrier, connInfo (port, -1 without
 * barrier, or a path), secret (or null), stageId, partitionId, attemptNumber,
 * taskAttemptId, cpus, cpuAmount (4.3, text), resources (key to name and
 * addresses) and localProperties.
 *
 * @param reader where the text's length is next
 * @throws ProtocolError `TASK_CONTEXT_INVALID` when it is no JSON or a field
 *   is missing or of another type; `LENGTH_INVALID`, `PORT_INVALID`, `BYTES_TRUNCATED`
 */
export function readTaskContextJson(reader: ByteReader): TaskContextInfo {
  const context = parseObject(readLimitedText(reader, "the task context"));
  const isBarrier = context["isBarrier"];
  if (typeof isBarrier !== "boolean") {
    throw invalid("isBarrier", "a boolean", isBarrier);
  }
  const cpus = integer(context, "cpus");
  return {
    isBarrier,
    barrier: isBarrier
      ? barrierEndpoint(context["connInfo"], context["secret"])
      : null,
    stageId: integer(context, "stageId"),
    partitionId: integer(context, "partitionId"),
    attemptNumber: integer(context, "attemptNumber"),
    taskAttemptId: BigInt(integer(context, "taskAttemptId")),
    cpus,
    cpuAmount: cpuAmount(context["cpuAmount"], cpus),
    resources: resources(context["resources"]),
    localProperties: textMap("localProperties", context["localProperties"]),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError(
      "TASK_CONTEXT_INVALID",
      // Nothing of the text, nor of the parser's own words: a secret is in it.
      `Cannot read the task context: its ${text.length} characters are not JSON; the worker may be set to another Spark version than the one that started it`,
      { length: text.length },
    );
  }
  return object("the whole", value);
}

function barrierEndpoint(connInfo: unknown, secret: unknown): LocalEndpoint {
  if (typeof connInfo === "string") return { kind: "unix", path: connInfo };
  if (typeof connInfo !== "number") {
    throw invalid("connInfo", "a port or a path", connInfo);
  }
  checkPort(connInfo, "the barrier's address");
  return { kind: "tcp", port: connInfo, secret: text("secret", secret) };
}

function cpuAmount(value: unknown, cpus: number): string {
  return value === undefined ? String(cpus) : text("cpuAmount", value);
}

function resources(value: unknown): ReadonlyMap<string, TaskResource> {
  const entries = Object.entries(object("resources", value));
  return new Map(entries.map(([key, resource]) => {
    const { name, addresses } = object(`resources.${key}`, resource);
    if (!Array.isArray(addresses)) {
      throw invalid(`resources.${key}.addresses`, "an array", addresses);
    }
    return [key, {
      name: text(`resources.${key}.name`, name),
      addresses: addresses.map((address: unknown) =>
        text(`resources.${key}.addresses`, address)
      ),
    }];
  }));
}

function textMap(field: string, value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(object(field, value));
  return new Map(
    entries.map(([key, entry]) => [key, text(`${field}.${key}`, entry)]),
  );
}

function integer(context: JsonObject, field: string): number {
  const value = context[field];
  // Past 2^53 JSON.parse would have rounded: an id that is not exact is refused.
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw invalid(field, "an integer below 2^53", value);
}

function text(field: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw invalid(field, "a text", value);
}

function object(field: string, value: unknown): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw invalid(field, "an object", value);
}

function invalid(
  field: string,
  expected: string,
  value: unknown,
): ProtocolError {
  // Of arrays and objects only that they are: what is in them may be the secret.
  const found = value === undefined
    ? "missing"
    : typeof value !== "object" || value === null
    ? JSON.stringify(value).slice(0, 80)
    : Array.isArray(value)
    ? "an array"
    : "an object";
  return new ProtocolError(
    "TASK_CONTEXT_INVALID",
    `Cannot read the task context: "${field}" is ${found} in place of ${expected}; the worker may be set to another Spark version than the one that started it`,
    { field, expected, found },
  );
}
