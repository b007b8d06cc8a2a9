/**
 * Collections between the two sides: what TypeScript passes becomes java.util
 * objects, and these and Scala's are read back.
 *
 * @module
 */

import { expectBoolean, expectNumber, expectObject } from "./expect.ts";
import type {
  JavaArgument,
  JavaCalls,
  JavaObject,
  JavaValue,
  PlainArgument,
} from "./java_object.ts";
import { isPlainArgument, noJavaForm } from "./value_syntax.ts";

/**
 * Makes the Java objects that stand for arguments which no command can hold.
 *
 * @param gateway where to make them
 * @param args any arguments
 * @param made gets each new object: the caller releases them
 */
export async function makePlain(
  gateway: JavaCalls,
  args: readonly JavaArgument[],
  made: JavaObject[],
): Promise<PlainArgument[]> {
  const plain: PlainArgument[] = [];
  for (const arg of args) {
    plain.push(
      isPlainArgument(arg) ? arg : await makeObject(gateway, arg, made),
    );
  }
  return plain;
}

/**
 * Reads a `java.util.List` or any other `Collection`, in its own order.
 *
 * @param collection the collection
 */
export async function readCollection(
  collection: JavaObject,
): Promise<JavaValue[]> {
  const { gateway } = collection;
  const array = await collection.callObject("toArray");
  try {
    return await gateway.arrayElements(array);
  } finally {
    array.release();
  }
}

/**
 * Reads a `java.util.Map` in its own order.
 *
 * @param map the map; must not change meanwhile
 */
export async function readMap(
  map: JavaObject,
): Promise<Map<JavaValue, JavaValue>> {
  const keySet = await map.callObject("keySet");
  const valueList = await map.callObject("values");
  try {
    const keys = await readCollection(keySet);
    const values = await readCollection(valueList);
    return new Map(keys.map((key, i) => [key, values[i] ?? null]));
  } finally {
    map.gateway.release(keySet, valueList);
  }
}

/**
 * Reads a `scala.collection.Seq`.
 *
 * @param seq the sequence
 */
export async function readSeq(seq: JavaObject): Promise<JavaValue[]> {
  const { gateway } = seq;
  // An index on a linked list costs its length: an array is made first.
  const length = expectNumber(await seq.call("size"), "size");
  const array = await gateway.newArray("java.lang.Object", length);
  try {
    await seq.call("copyToArray", array);
    return await gateway.arrayElements(array);
  } finally {
    array.release();
  }
}

/**
 * Reads a `scala.Option`.
 *
 * @param option the option
 * @returns its value; null when it is empty
 */
export async function readOption(option: JavaObject): Promise<JavaValue> {
  if (expectBoolean(await option.call("isEmpty"), "isEmpty")) return null;
  return await option.call("get");
}

/**
 * Makes a `scala.collection.immutable.Seq` (in 3.5: `scala.collection.Seq`).
 *
 * Peer: `org.apache.spark.api.python.PythonUtils.toSeq`.
 *
 * @param gateway where to make it
 * @param values its elements
 */
export async function makeSeq(
  gateway: JavaCalls,
  values: readonly JavaArgument[],
): Promise<JavaObject> {
  const seq = await gateway.callStatic(
    "org.apache.spark.api.python.PythonUtils",
    "toSeq",
    values,
  );
  return expectObject(seq, "toSeq");
}

/**
 * Makes a Java array, as variable arguments need it.
 *
 * @param gateway where to make it
 * @param className full name of the element's class, or a primitive type
 * @param values its elements
 */
export async function makeArray(
  gateway: JavaCalls,
  className: string,
  values: readonly JavaArgument[],
): Promise<JavaObject> {
  const array = await gateway.newArray(className, values.length);
  for (const [i, value] of values.entries()) {
    await gateway.arraySet(array, i, value);
  }
  return array;
}

type Composite = Exclude<JavaArgument, PlainArgument> | bigint;

async function makeObject(
  gateway: JavaCalls,
  arg: Composite,
  made: JavaObject[],
): Promise<JavaObject> {
  if (typeof arg === "bigint") {
    const big = await gateway.construct("java.math.BigInteger", String(arg));
    made.push(big);
    return big;
  }
  if (arg instanceof Map) {
    const map = await gateway.construct("java.util.HashMap");
    made.push(map);
    const keys = await makePlain(gateway, [...arg.keys()], made);
    const values = await makePlain(gateway, [...arg.values()], made);
    for (const [i, key] of keys.entries()) {
      await map.call("put", key, values[i] ?? null);
    }
    return map;
  }
  const isSet = arg instanceof Set;
  const className = isSet ? "java.util.HashSet" : "java.util.ArrayList";
  const collection = await gateway.construct(className);
  made.push(collection);
  const items = await makePlain(gateway, [...iterate(arg)], made);
  for (const item of items) await collection.call("add", item);
  return collection;
}

function iterate(arg: Exclude<Composite, bigint>): Iterable<JavaArgument> {
  if (Array.isArray(arg) || arg instanceof Set) return arg;
  throw noJavaForm(arg);
}
