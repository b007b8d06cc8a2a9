/**
 * What a DataFrame is before anything runs: a frozen tree of operations with
 * nothing of the JVM in it, so that it can be printed, compared and tested
 * without one. Only {@link RelationState} changes.
 *
 * @module
 */
import type { JavaObject } from "../../gateway/java_object.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { SessionState } from "../session_state.ts";
import type { Argument } from "./argument.ts";

/** What was made for a node once. */
export class RelationState {
  /** The node's object in the JVM, once something needed it. */
  object: Promise<JavaObject> | null = null;
}

/**
 * One operation of a plan. Its object in the JVM is a `Dataset`, or what a
 * `Dataset` leads to: a `RelationalGroupedDataset`, its `na` and `stat`
 * functions, a `TableArg`.
 */
export interface Relation {
  readonly kind: "relation";
  /** The operation by the name that it has in Spark, such as `filter`. */
  readonly operation: string;
  /** What it works on; null for a source. */
  readonly input: Relation | null;
  /** What it is given, in Spark's order. */
  readonly args: readonly Argument[];
  /** Makes a source's object in the JVM; absent for everything else. */
  readonly open?: OpenSource;
  /** Where the program wrote it. */
  readonly site: CallSite;
  /** The session whose JVM object it becomes. */
  readonly session: SessionState;
  readonly state: RelationState;
}

/** Makes a source's object, given the JVM's session. */
export type OpenSource = (session: JavaObject) => Promise<JavaObject>;

/**
 * An operation on another node.
 *
 * @param input what it works on
 * @param operation its name in Spark
 * @param args what it is given, in Spark's order
 * @param site where the program wrote it
 */
export function relation(
  input: Relation,
  operation: string,
  args: readonly Argument[],
  site: CallSite,
): Relation {
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

/** Whether an argument is a node of a plan. */
export function isRelation(argument: Argument): argument is Relation {
  return typeof argument === "object" && argument !== null &&
    !(argument instanceof Uint8Array) && argument.kind === "relation";
}
