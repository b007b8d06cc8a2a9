import { makeArray } from "../../gateway/java_convert.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { type JavaArgument, JavaNumber } from "../../gateway/java_value.ts";
import type { Argument, Entries, Items, TypedNumber } from "./argument.ts";
import type { Visit } from "./visit.ts";

/** Most elements that `java.util.List.of` takes without an array. */
const LIST_OF_MAX = 10;

/**
 * What to hand to a method of the JVM's for an argument.
 *
 * @param visit the walk
 * @param argument the argument
 */
export async function argumentToJvm(
  visit: Visit,
  argument: Argument,
): Promise<JavaArgument> {
  if (argument === null || argument instanceof Uint8Array) return argument;
  switch (typeof argument) {
    case "boolean":
    case "string":
      return argument;
    case "number":
      return plainNumber(argument);
    case "object":
      break;
  }
  switch (argument.kind) {
    case "long":
    case "double":
      return typedNumber(argument);
    case "items":
      return await itemsToJvm(visit, argument);
    case "entries":
      return await entriesToJvm(visit, argument);
    case "type":
      return await visit.gateway.callStaticObject(
        "org.apache.spark.sql.types.DataType",
        "fromJson",
        argument.json,
      );
    case "storage":
      return await visit.gateway.callStaticObject(
        "org.apache.spark.storage.StorageLevel",
        "apply",
        ...argument.flags,
      );
    case "object":
      return await argument.make(visit.gateway);
    case "relation":
      return await visit.relation(argument);
    default:
      return await visit.column(argument);
  }
}

/** A whole number as an int or, beyond 32 bits, a long; any other as a double. */
function plainNumber(value: number): JavaArgument {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
    ? value
    : JavaNumber.double(value);
}

function typedNumber({ kind, value }: TypedNumber): JavaNumber {
  return kind === "long"
    ? JavaNumber.long(value)
    : JavaNumber.double(Number(value));
}

async function itemsToJvm(visit: Visit, items: Items): Promise<JavaArgument> {
  const values = await Promise.all(
    items.items.map((item) => visit.argument(item)),
  );
  if (typeof items.as === "object") {
    return await makeArray(visit.gateway, items.as.arrayOf, values);
  }
  const list = await listToJvm(visit, values);
  if (items.as === "list") return list;
  return await visit.gateway.callStaticObject(
    "org.apache.spark.api.python.PythonUtils",
    items.as === "seq" ? "toSeq" : "toList",
    list,
  );
}

/** A `java.util.List`: up to ten elements take one call. Peer: `java.util.List.of`, Java 9. */
async function listToJvm(
  visit: Visit,
  values: readonly JavaArgument[],
): Promise<JavaObject> {
  const { gateway } = visit;
  if (values.length <= LIST_OF_MAX && !values.includes(null)) {
    return await gateway.callStaticObject("java.util.List", "of", ...values);
  }
  const list = await gateway.construct("java.util.ArrayList");
  await Promise.all(values.map((value) => list.call("add", value)));
  return list;
}

async function entriesToJvm(
  visit: Visit,
  { as, entries }: Entries,
): Promise<JavaObject> {
  const { gateway } = visit;
  const map = await gateway.construct("java.util.LinkedHashMap");
  for (const [key, value] of entries) {
    await map.call(
      "put",
      await visit.argument(key),
      await visit.argument(value),
    );
  }
  if (as === "java") return map;
  return await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonUtils",
    "toScalaMap",
    map,
  );
}
