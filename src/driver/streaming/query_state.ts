import { describeValue } from "../../common/describe_value.ts";
import { checkOptions } from "../rdd/checks.ts";
import { readJavaError } from "../gateway/java_error.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { JavaNumber } from "../gateway/java_value.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import { askJvm } from "./ask_jvm.ts";
import type { BatchFunction } from "./batch_function.ts";
import { explainQuery } from "./query_failure.ts";

/** How long one question waits in the JVM for the end of a query: so long may an abort go unnoticed there. */
const WAIT_MS = 500;

/** A query that runs, or has ended. */
export interface QueryState {
  readonly session: SessionState;
  /** The JVM's `StreamingQuery`. */
  readonly java: JavaObject;
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  /** Where the program started it; empty for a query that was found. */
  readonly site: CallSite | null;
  /** What it does with each batch in this program. */
  readonly batch: BatchFunction | null;
  /** Where it notes how far it is, as the program said. */
  readonly checkpoint: string | null;
}

/**
 * What is to be known of a query.
 *
 * @param java the JVM's `StreamingQuery`; kept
 * @param known what this program knows of it
 */
export async function openQuery(
  session: SessionState,
  java: JavaObject,
  known: Pick<QueryState, "site" | "batch" | "checkpoint">,
): Promise<QueryState> {
  const id = await (await java.callObject("id")).callString("toString");
  const runId = await (await java.callObject("runId")).callString("toString");
  const name = await java.call("name");
  return Object.freeze({
    session,
    java: java.keep(),
    id,
    runId,
    name: typeof name === "string" ? name : null,
    ...known,
  });
}

/** Asks something of a query, over a connection that no action holds. */
export function ask<T>(
  query: QueryState,
  operation: string,
  body: () => Promise<T>,
): Promise<T> {
  // What fails is the query: its own line says more than the question's.
  const site = query.site ?? callSite(operation);
  return askJvm(query.session.runtime, site, body).catch((error) => {
    throw explainQuery(error, site, query.checkpoint);
  });
}

/** As {@link ask}, of what the program waits for. */
export function askAndContinue<T>(
  query: QueryState,
  operation: string,
  body: () => Promise<T>,
): Promise<T> {
  const { actions } = query.session.runtime;
  return ask(query, operation, body).finally(() => actions.programContinues());
}

/**
 * Waits for a query's end.
 *
 * @param timeoutMs most milliseconds to wait; null: any number
 * @returns whether it has ended
 * @throws StreamingQueryException the query's error
 * @throws the signal's reason
 */
export function awaitEnd(
  query: QueryState,
  timeoutMs: number | null,
  options: ActionOptions,
): Promise<boolean> {
  return waitInTurns(
    timeoutMs,
    options,
    (ms) =>
      ask(
        query,
        "awaitTermination()",
        () => query.java.callBoolean("awaitTermination", JavaNumber.long(ms)),
      ),
  ).finally(() => query.session.runtime.actions.programContinues());
}

/**
 * Asks again and again whether something has ended, each time for a while.
 *
 * @param timeoutMs most milliseconds in all; null: any number
 * @param wait waits in the JVM for so many milliseconds
 * @throws the signal's reason
 */
export async function waitInTurns(
  timeoutMs: number | null,
  options: ActionOptions,
  wait: (ms: number) => Promise<boolean>,
): Promise<boolean> {
  checkOptions("awaitTermination()", options, ["timeoutMs", "signal"]);
  checkTimeout(timeoutMs);
  const { signal } = options;
  const end = performance.now() + (timeoutMs ?? Infinity);
  for (;;) {
    signal?.throwIfAborted();
    const left = Math.max(1, Math.min(WAIT_MS, end - performance.now()));
    if (await wait(Math.ceil(left))) return true;
    if (performance.now() >= end) return false;
  }
}

function checkTimeout(timeoutMs: unknown): void {
  if (timeoutMs === null) return;
  if (typeof timeoutMs === "number" && timeoutMs >= 0) return;
  throw new TypeError(
    `Cannot wait with timeoutMs ${
      describeValue(timeoutMs)
    }: give a number of milliseconds, 0 or more`,
  );
}

/**
 * Stops a query, and what it does in this program: a batch's function is told
 * to the JVM as ended once the query counts as stopped, whatever it waits for.
 */
export async function stopQuery(query: QueryState): Promise<void> {
  const { java, batch } = query;
  const stopping = askAndContinue(query, "stop()", () => java.call("stop"));
  const ended = stopping.then(() => true, () => true);
  if (batch !== null) {
    let isOver = false;
    while (!isOver) isOver = await Promise.race([ended, hasEnded(query)]);
    batch.stop();
  }
  await stopping;
}

/** Whether a query has been stopped, or has failed. */
export async function hasEnded(query: QueryState): Promise<boolean> {
  return !await ask(
    query,
    "isActive",
    () => query.java.callBoolean("isActive"),
  );
}

/** The error that ended a query, as `awaitTermination()` throws it; null when none did. */
export function queryError(query: QueryState): Promise<unknown> {
  return askAndContinue(query, "exception()", async () => {
    const { runtime } = query.session;
    const option = await query.java.callObject("exception");
    if (await option.callBoolean("isEmpty")) return null;
    const thrown = await option.callObject("get");
    const error = await readJavaError(runtime.gateway, thrown);
    const site = query.site ?? callSite("exception()");
    return explainQuery(
      runtime.explain(error, site),
      site,
      query.checkpoint,
    );
  });
}
