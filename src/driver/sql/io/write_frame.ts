import type { JavaObject } from "../../gateway/java_object.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type CallSite, callSite } from "../../runtime/call_site.ts";
import { activateSession } from "../activate_session.ts";
import { type Argument, seq } from "../plan/argument.ts";
import { argumentForJvm, planToJvm } from "../plan/plan_to_jvm.ts";
import type { Relation } from "../plan/relation.ts";
import { requireMethod, type VersionedClass } from "../spark_versions.ts";
import { tellUnknownOptions } from "./check_options.ts";
import { knownOptions } from "./format_options.ts";

/** A call of a writer in the JVM that gives the writer again. */
export type WriterCall = readonly [method: string, ...args: Argument[]];

/**
 * Makes a writer in the JVM, tells it what the program said, and has it write.
 *
 * @param node what is written
 * @param first the call of the `Dataset` that makes the writer
 * @param calls what the writer is told, in order
 * @param last the call that writes
 */
export async function write(
  node: Relation,
  first: WriterCall,
  calls: readonly WriterCall[],
  last: WriterCall,
  operation: string | CallSite,
  options?: ActionOptions,
): Promise<void> {
  const site = typeof operation === "string" ? callSite(operation) : operation;
  const { session } = node;
  tellUnknownOptions(formatOf(calls, last), optionNames(calls), site);
  const call = async (
    target: JavaObject,
    [method, ...args]: WriterCall,
  ): Promise<unknown> => {
    const values = [];
    for (const arg of args) values.push(await argumentForJvm(session, arg));
    return await target.call(method, ...values);
  };
  const owner = WRITERS[first[0]] ?? "DataFrame";
  const { dialect } = session.runtime;
  requireMethod(dialect, "DataFrame", first[0], site);
  for (const [method] of [...calls, last]) {
    requireMethod(dialect, owner, method, site);
  }
  await session.action(site, async () => {
    let writer = await call(await planToJvm(node), first) as JavaObject;
    for (const each of calls) writer = await call(writer, each) as JavaObject;
    await activateSession(await session.jsession());
    await call(writer, last);
  }, options);
}

/** The classes of writers, by the call that makes one. */
const WRITERS: Readonly<Record<string, VersionedClass>> = {
  write: "DataFrameWriter",
  writeTo: "DataFrameWriterV2",
  mergeInto: "MergeIntoWriter",
};

/** The format that is written: the last call's, such as `csv`, or what was set. */
function formatOf(
  calls: readonly WriterCall[],
  [method]: WriterCall,
): string | null {
  if (knownOptions(method) !== null) return method;
  const [, format] = calls.findLast(([name]) => name === "format") ?? [];
  return typeof format === "string" ? format : null;
}

function optionNames(calls: readonly WriterCall[]): string[] {
  return calls.filter(([method]) => method === "option")
    .map(([, name]) => String(name));
}

/** Names of columns as the JVM's variable arguments: the first by itself. */
export function firstAndRest(
  method: string,
  columns: readonly string[],
  ...before: readonly Argument[]
): WriterCall {
  const [first, ...rest] = columns;
  if (first === undefined) {
    throw new TypeError(
      `Cannot call ${method}() without a column: give at least one name`,
    );
  }
  return [method, ...before, first, seq(rest)];
}
