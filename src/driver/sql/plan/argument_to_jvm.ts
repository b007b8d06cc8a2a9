import { JavaNumber } from "../../gateway/java_value.ts";
import type { PlainArgument } from "../../gateway/java_object.ts";
import type { PipelineObject } from "../../gateway/pipeline.ts";
import type {
  Argument,
  Entries,
  Items,
  PlainValue,
  TypedNumber,
} from "./argument.ts";
import type { Visit } from "./visit.ts";

/** An argument that a walk makes: objects of the JVM's own are made before it. */
export type VisitedArgument = Exclude<Argument, { readonly kind: "object" }>;

/**
 * What to hand to a method of the JVM's for an argument.
 *
 * @param visit the walk
 * @param argument the argument
 */
export function argumentToJvm(
  visit: Visit,
  argument: VisitedArgument,
): PlainArgument | PipelineObject {
  const plain = plainToJvm(argument);
  if (plain !== undefined) return plain;
  const composed = argument as Exclude<VisitedArgument, PlainValue>;
  switch (composed.kind) {
    case "items":
      return itemsToJvm(visit, composed);
    case "entries":
      return entriesToJvm(visit, composed);
    case "type":
      return visit.pipeline.callStatic(
        "org.apache.spark.sql.types.DataType",
        "fromJson",
        composed.json,
      );
    case "storage":
      return visit.pipeline.callStatic(
        "org.apache.spark.storage.StorageLevel",
        "apply",
        ...composed.flags,
      );
    case "relation":
      return visit.relation(composed);
    case "long":
    case "double":
      return typedNumber(composed);
    default:
      return visit.column(composed);
  }
}

/** What to hand over for an argument that takes no call; undefined for any other. */
export function plainToJvm(argument: Argument): PlainArgument | undefined {
  if (argument === null || argument instanceof Uint8Array) return argument;
  switch (typeof argument) {
    case "boolean":
    case "string":
      return argument;
    case "number":
      return plainNumber(argument);
    case "object":
      return argument.kind === "long" || argument.kind === "double"
        ? typedNumber(argument)
        : undefined;
  }
}

/** A whole number as an int or, beyond 32 bits, a long; any other as a double. */
function plainNumber(value: number): PlainArgument {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
    ? value
    : JavaNumber.double(value);
}

function typedNumber({ kind, value }: TypedNumber): JavaNumber {
  return kind === "long"
    ? JavaNumber.long(value)
    : JavaNumber.double(Number(value));
}

function itemsToJvm(visit: Visit, { as, items }: Items): PipelineObject {
  const { pipeline } = visit;
  const values = items.map((item) => visit.argument(item));
  if (typeof as === "object") return pipeline.array(as.arrayOf, values);
  if (as === "seq") return pipeline.seq(values);
  const list = pipeline.list(values);
  if (as === "list") return list;
  return pipeline.callStatic(
    "org.apache.spark.api.python.PythonUtils",
    "toList",
    list,
  );
}

function entriesToJvm(
  visit: Visit,
  { as, entries }: Entries,
): PipelineObject {
  const { pipeline } = visit;
  const map = pipeline.construct("java.util.LinkedHashMap");
  for (const [key, value] of entries) {
    map.value("put", visit.argument(key), visit.argument(value));
  }
  if (as === "java") return map;
  return pipeline.callStatic(
    "org.apache.spark.api.python.PythonUtils",
    "toScalaMap",
    map,
  );
}
