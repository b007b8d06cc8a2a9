import { expectObject } from "../../gateway/expect.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { JavaArgument } from "../../gateway/java_value.ts";
import { type JvmDialect, requireSpark } from "../../runtime/jvm_dialect.ts";
import type { PipelineObject } from "../../gateway/pipeline.ts";
import { requireMethod } from "../spark_versions.ts";
import type { Argument, Entries, Items } from "./argument.ts";
import type { Relation } from "./relation.ts";
import type { Visit } from "./visit.ts";

/** Makes an operation's object of its input's. */
type MakeOperation = (
  visit: Visit,
  input: PipelineObject,
  args: readonly Argument[],
) => PipelineObject;

/**
 * Makes an operation's object in the JVM: by the method of its name, unless
 * the versions of Spark differ in it.
 *
 * @param visit the walk
 * @param node the operation
 * @param input its input's object
 */
export function operationToJvm(
  visit: Visit,
  { operation, args }: Relation,
  input: PipelineObject,
): PipelineObject {
  requireMethod(visit.calls.dialect, "DataFrame", operation);
  const make = DIFFERING.get(operation);
  if (make !== undefined) return make(visit, input, args);
  const values = args.map((arg) => visit.argument(arg));
  return input.call(operation, ...values);
}

/**
 * Whether making an operation's object does more than to build a plan: runs a
 * job, which belongs to the action that needs it, or changes an object that
 * others know. Such a call goes alone, when all before it has succeeded.
 */
export function hasEffect({ operation, args }: Relation): boolean {
  switch (operation) {
    case "checkpoint":
    case "localCheckpoint":
    case "crosstab":
    case "transpose":
      return true;
    case "pivot":
      return args.length === 1; // the values are looked for
    case "observe":
      return typeof args[0] === "object"; // an Observation takes one frame
    default:
      return false;
  }
}

/**
 * Makes the object of an operation that has an effect.
 *
 * @param operation its name
 * @param input its input's object
 * @param args what it is given
 * @param calls the JVM's
 */
export function effectToJvm(
  operation: string,
  input: JavaObject,
  args: readonly JavaArgument[],
  calls: JvmDialect,
): Promise<JavaObject> {
  requireMethod(calls.dialect, "DataFrame", operation);
  if (operation === "localCheckpoint" && args.length > 1) {
    requireSpark(
      calls.dialect,
      "4.0",
      "DataFrame.localCheckpoint() with a level",
    );
  }
  const [first = null, ...rest] = args;
  return operation === "observe" && !calls.framesTakeObservations
    ? expectObject(first as JavaObject, operation).callObject(
      "on",
      input,
      ...rest,
    )
    : input.callObject(operation, ...args);
}

const DIFFERING: ReadonlyMap<string, MakeOperation> = new Map([
  ["withColumnsRenamed", renameColumns],
  ["elementAt", elementAt],
  ["withMetadata", withMetadata],
]);

/** One of several frames. */
function elementAt(
  visit: Visit,
  input: PipelineObject,
  args: readonly Argument[],
): PipelineObject {
  return visit.pipeline.element(input, Number(args[0]));
}

/** Metadata is an object of the JVM's. */
function withMetadata(
  visit: Visit,
  input: PipelineObject,
  args: readonly Argument[],
): PipelineObject {
  const metadata = visit.pipeline.callStatic(
    "org.apache.spark.sql.types.Metadata",
    "fromJson",
    String(args[1]),
  );
  return input.call("withMetadata", String(args[0]), metadata);
}

function renameColumns(
  visit: Visit,
  input: PipelineObject,
  args: readonly Argument[],
): PipelineObject {
  const { entries } = args[0] as Entries;
  if (!visit.calls.renamesBySeqs) {
    return input.call("withColumnsRenamed", visit.argument(args[0] ?? null));
  }
  const sides = [0, 1].map((side): Items => ({
    kind: "items",
    as: "seq",
    items: entries.map((entry) => entry[side] ?? null),
  }));
  return input.call(
    "withColumnsRenamed",
    ...sides.map((side) => visit.argument(side)),
  );
}
