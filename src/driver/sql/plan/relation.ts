/**
 * How plans are made: see `plan/nodes.ts` for what they are.
 *
 * @module
 */
import type { CallSite } from "../../runtime/call_site.ts";
import type { SessionState } from "../session_state.ts";
import type { Argument, OpenSource, Relation } from "./nodes.ts";
import { RelationState } from "./nodes.ts";

export type { OpenSource, Relation } from "./nodes.ts";
export { RelationState };

/**
 * An operation on another node.
 *
 * @param input what it works on
 * @param operation its name in Spark
 * @param args what it is given, in Spark's order
 * @param site where the program wrote it
 * @throws TypeError for an argument that is undefined, in a program that nobody
 *   compiles, and for a frame of another application
 */
export function relation(
  input: Relation,
  operation: string,
  args: readonly Argument[],
  site: CallSite,
): Relation {
  checkGiven(site, args);
  checkApplication(site, input, args);
  return Object.freeze({
    kind: "relation",
    operation,
    input,
    args: Object.freeze([...args]),
    site,
    session: input.session,
    state: new RelationState(),
  });
}

/**
 * A plan's beginning: files, a table, a query, the program's own rows.
 *
 * @param session whose it is
 * @param operation its name, such as `sql`
 * @param args what it reads, for people
 * @param open makes its object in the JVM
 * @param site where the program wrote it
 */
export function source(
  session: SessionState,
  operation: string,
  args: readonly Argument[],
  open: OpenSource,
  site: CallSite,
): Relation {
  return Object.freeze({
    kind: "relation",
    operation,
    input: null,
    args: Object.freeze([...args]),
    open,
    site,
    session,
    state: new RelationState(),
  });
}

function checkGiven(
  { operation }: CallSite,
  args: readonly (Argument | undefined)[],
): void {
  const at = args.indexOf(undefined);
  if (at < 0) return;
  throw new TypeError(
    `Cannot run ${operation} with undefined for argument ${
      at + 1
    }: give a value`,
  );
}

/** A frame of an application that was stopped has nothing in the JVM of the next one. */
function checkApplication(
  { operation }: CallSite,
  { session }: Relation,
  args: readonly Argument[],
): void {
  const isForeign = (argument: Argument): boolean =>
    isRelation(argument) && argument.session.runtime !== session.runtime;
  if (!args.some(isForeign)) return;
  throw new TypeError(
    `Cannot run ${operation} over frames of two applications: make both with the same session`,
  );
}

/** Whether an argument is a node of a plan. */
export function isRelation(argument: Argument): argument is Relation {
  return typeof argument === "object" && argument !== null &&
    !(argument instanceof Uint8Array) && argument.kind === "relation";
}
