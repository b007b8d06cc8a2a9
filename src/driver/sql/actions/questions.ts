import { showValue } from "../../../common/show_value.ts";
import { expectString } from "../../gateway/expect.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { checkFlag } from "../../rdd/checks.ts";
import type { StorageLevel } from "../../rdd/storage_level.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type CallSite, callSite } from "../../runtime/call_site.ts";
import {
  parseSchemaJson,
  simpleString,
  type StructType,
} from "../../../types/spark_types.ts";
import { planToJvm } from "../plan/plan_to_jvm.ts";
import type { Relation } from "../plan/relation.ts";

const SHOWN_CHARACTERS = 20; // of a value, as Spark's show()

/**
 * Asks a plan's object in the JVM.
 *
 * @param node the plan
 * @param operation what the program called, or where
 * @param question what is asked
 */
export async function ask<T>(
  node: Relation,
  operation: string | CallSite,
  question: (object: JavaObject) => Promise<T>,
  options?: ActionOptions,
): Promise<T> {
  const site = typeof operation === "string" ? callSite(operation) : operation;
  const { session } = node;
  return await session.action(
    site,
    async () => await question(await planToJvm(node)),
    options,
  );
}

/** A frame's columns. */
export function schema(node: Relation, site: CallSite): Promise<StructType> {
  return ask(node, site, async (dataset) => {
    const json = await (await dataset.callObject("schema")).callString("json");
    return parseSchemaJson(json);
  });
}

/** Names and types in SQL's words. */
export function dtypes(
  struct: StructType,
): [name: string, type: string][] {
  return struct.fields.map(({ name, type }) => [name, simpleString(type)]);
}

/** What `printSchema` prints. */
export function treeString(
  node: Relation,
  site: CallSite,
  level?: number,
): Promise<string> {
  return ask(node, site, async (dataset) => {
    const struct = await dataset.callObject("schema");
    return level === undefined || level === 0
      ? await struct.callString("treeString")
      : await struct.callString("treeString", level);
  });
}

/** What `explain` prints. Peer: `PythonSQLUtils.explainString`. */
export function explain(
  node: Relation,
  site: CallSite,
  mode: string | boolean,
): Promise<string> {
  const name = mode === true ? "extended" : mode === false ? "simple" : mode;
  return ask(node, site, async (dataset) =>
    expectString(
      await dataset.gateway.callStatic(
        "org.apache.spark.sql.api.python.PythonSQLUtils",
        "explainString",
        await dataset.callObject("queryExecution"),
        name,
      ),
      "explainString",
    ));
}

/** The files that a frame reads. */
export function inputFiles(
  node: Relation,
  site: CallSite,
): Promise<string[]> {
  return ask(node, site, async (dataset) => {
    const array = await dataset.callObject("inputFiles");
    const names = await dataset.gateway.arrayElements(array);
    return names.map((name) => expectString(name, "inputFiles"));
  });
}

/** Whether two plans compute the same. */
export function sameSemantics(
  node: Relation,
  other: Relation,
  site: CallSite,
): Promise<boolean> {
  return ask(node, site, async (dataset) => {
    const right = await planToJvm(other);
    return await dataset.callBoolean("sameSemantics", right);
  });
}

/** The level at which a frame is kept. */
export function storageLevel(
  node: Relation,
  site: CallSite,
): Promise<StorageLevel> {
  return ask(node, site, async (dataset) => {
    const level = await dataset.callObject("storageLevel");
    return Object.freeze({
      useDisk: await level.callBoolean("useDisk"),
      useMemory: await level.callBoolean("useMemory"),
      useOffHeap: await level.callBoolean("useOffHeap"),
      deserialized: await level.callBoolean("deserialized"),
      replication: await level.callNumber("replication"),
    });
  });
}

/** Gives a frame a name for SQL. */
export async function createView(
  node: Relation,
  method: string,
  name: string,
  site: CallSite,
): Promise<void> {
  const { session } = node;
  await session.enqueue(site, async () => {
    const dataset = await planToJvm(node);
    await dataset.call(method, name);
  });
}

/** What `show` prints. Peer: `Dataset.showString`. */
export function show(
  node: Relation,
  site: CallSite,
  n: number,
  truncate: number | boolean,
  vertical: boolean,
  options?: ActionOptions,
): Promise<string> {
  const count = rowCount(n);
  if (typeof truncate !== "number") {
    checkFlag(site.operation, "truncate", truncate);
  }
  checkFlag(site.operation, "vertical", vertical);
  const width = typeof truncate === "number"
    ? truncate
    : truncate
    ? SHOWN_CHARACTERS
    : 0;
  return ask(
    node,
    site,
    (dataset) => dataset.callString("showString", count, width, vertical),
    options,
  );
}

/**
 * A number of rows.
 *
 * @throws RangeError for anything but a whole number from 0 on
 */
export function rowCount(num: number): number {
  if (Number.isInteger(num) && num >= 0 && num < 2 ** 31) return num;
  throw new RangeError(
    `Cannot take ${showValue(num)} rows: give a whole number from 0 on`,
  );
}
