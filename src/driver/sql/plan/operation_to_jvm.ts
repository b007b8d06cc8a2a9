import { expectObject } from "../../gateway/expect.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { Argument, Entries, Items } from "./argument.ts";
import type { Visit } from "./visit.ts";

/** Makes an operation's object of its input's. */
export type MakeOperation = (
  visit: Visit,
  input: JavaObject,
  args: readonly Argument[],
) => Promise<JavaObject>;

/**
 * How an operation is made in the JVM: by the method of its name, unless the
 * versions of Spark differ in it.
 *
 * @param name the operation's name
 */
export function operationOf(name: string): MakeOperation {
  return DIFFERING.get(name) ??
    (async (visit, input, args) => {
      const values = await Promise.all(args.map((arg) => visit.argument(arg)));
      return await input.callObject(name, ...values);
    });
}

const DIFFERING: ReadonlyMap<string, MakeOperation> = new Map<
  string,
  MakeOperation
>([
  ["withColumnsRenamed", renameColumns],
  ["observe", observe],
  ["elementAt", elementAt],
  ["withMetadata", withMetadata],
]);

/** One of several frames. */
async function elementAt(
  visit: Visit,
  input: JavaObject,
  args: readonly Argument[],
): Promise<JavaObject> {
  const element = await visit.gateway.arrayGet(input, Number(args[0]));
  return expectObject(element, "randomSplit");
}

/** Metadata is an object of the JVM's. */
async function withMetadata(
  visit: Visit,
  input: JavaObject,
  args: readonly Argument[],
): Promise<JavaObject> {
  const metadata = await visit.gateway.callStaticObject(
    "org.apache.spark.sql.types.Metadata",
    "fromJson",
    String(args[1]),
  );
  return await input.callObject("withMetadata", String(args[0]), metadata);
}

/** 3.5 takes a `java.util.Map`, 4.x two `Seq`s. */
async function renameColumns(
  visit: Visit,
  input: JavaObject,
  args: readonly Argument[],
): Promise<JavaObject> {
  const { entries } = args[0] as Entries;
  if (visit.dialect === "3.5") {
    return await input.callObject(
      "withColumnsRenamed",
      await visit.argument(args[0] ?? null),
    );
  }
  const [from, to] = [0, 1].map((side): Items => ({
    kind: "items",
    as: "seq",
    items: entries.map((entry) => entry[side] ?? null),
  }));
  return await input.callObject(
    "withColumnsRenamed",
    await visit.argument(from ?? null),
    await visit.argument(to ?? null),
  );
}

/** 3.5 asks the observation, 4.x the `Dataset`. */
async function observe(
  visit: Visit,
  input: JavaObject,
  args: readonly Argument[],
): Promise<JavaObject> {
  const [observation, ...rest] = await Promise.all(
    args.map((arg) => visit.argument(arg)),
  );
  if (visit.dialect !== "3.5" || typeof observation === "string") {
    return await input.callObject("observe", observation ?? null, ...rest);
  }
  return await (observation as JavaObject).callObject("on", input, ...rest);
}
