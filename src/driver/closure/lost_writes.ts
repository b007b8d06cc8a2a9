/**
 * Tells which writes of captured functions are lost: a program that adds up in
 * a variable, as it would in a loop, finds it unchanged.
 *
 * @module
 */

import type { ClosureValue } from "../../protocol/closure_record.ts";
import type { CaptureGraph } from "./capture_graph.ts";
import type { CaptureUse } from "./capture_path.ts";
import { type CapturedWrite, capturedWrites } from "./captured_writes.ts";
import type { FunctionDraft, VariableDraft } from "./function_draft.ts";
import type { ScriptPlace } from "./function_facts.ts";
import { isOwnScript, packageOf } from "./package_name.ts";

/** A write whose result the program never sees. */
export interface LostWrite {
  /** The variable's name. */
  readonly name: string;
  /** Whether the variable itself gets a value, or something that it holds. */
  readonly isAssigned: boolean;
  /** Such as `"foreach()"`. */
  readonly operation: string;
  /** Where the write stands. */
  readonly place: ScriptPlace;
}

/**
 * Finds the first lost write to each variable. Caches that functions fill at
 * first use, and variables that get a value before each use, are none.
 *
 * @param drafts the captured functions
 * @param graph what they name
 * @param use the user's calls that need them
 */
export function lostWrites(
  drafts: readonly FunctionDraft[],
  graph: CaptureGraph,
  use: readonly CaptureUse[],
): LostWrite[] {
  const found: LostWrite[] = [];
  for (const draft of drafts) {
    const link = graph.links[draft.id];
    const { operation } = use[link?.root ?? 0] ?? use[0] ?? { operation: "" };
    // What these functions give is dropped: they run for what they do.
    const isForEach = operation.startsWith("foreach");
    const { url } = draft.place.script;
    if (isOwnScript(url) || packageOf(url) !== null) continue;
    // Functions further away may well keep state of their own.
    if (link?.parent !== null && !isForEach) continue;
    const names = new Set<string>();
    for (const write of writesOf(draft, graph, isForEach)) {
      if (names.has(write.name)) continue;
      names.add(write.name);
      found.push({
        name: write.name,
        isAssigned: write.kind === "adds" || write.kind === "sets",
        operation,
        place: placeOf(draft, write.start),
      });
    }
  }
  return found;
}

/**
 * What the user is told.
 *
 * @param at the write's place in the user's file, such as `"app.ts:12"`
 */
export function lostWriteText(write: LostWrite, at: string): string {
  const what = write.isAssigned ? "assigned" : "changed";
  return `Warning: "${write.name}" is ${what} at ${at}, in the function of ${write.operation}: each task has a copy of its own, and the program's stays as it is; add up with an accumulator (sc.accumulator), or return the values\n`;
}

function writesOf(
  { source, parsed, place, variables }: FunctionDraft,
  { nodes }: CaptureGraph,
  isForEach: boolean,
): CapturedWrite[] {
  const { writes, read, scratch } = capturedWrites(
    source,
    parsed,
    place.strict,
  );
  return writes.filter(({ name, kind }) => {
    const variable = variables.find((own) => own.name === name);
    if (variable === undefined || variable.scope === null) return false;
    const node = kindOf(variable, nodes);
    switch (kind) {
      case "adds":
        return !scratch.has(name);
      case "sets":
        return !read.has(name) || (!scratch.has(name) && hasValue(variable));
      case "changes":
        return node !== "shared";
      case "puts":
        return isForEach && node !== "shared";
      case "collects":
        return isForEach && COLLECTIONS.has(node);
    }
  });
}

const COLLECTIONS: ReadonlySet<string> = new Set(["array", "map", "set"]);

function kindOf(
  { value }: VariableDraft,
  nodes: CaptureGraph["nodes"],
): string {
  return isObject(value) && "ref" in value ? nodes[value.ref]?.kind ?? "" : "";
}

/** A variable without a value waits for its first one. */
function hasValue({ value }: VariableDraft): boolean {
  return value !== null &&
    !(isObject(value) && "special" in value && value.special === "undefined");
}

function isObject(value: ClosureValue): value is ClosureValue & object {
  return typeof value === "object" && value !== null;
}

function placeOf({ source, place }: FunctionDraft, start: number): ScriptPlace {
  const lines = source.slice(0, start).split("\n");
  const last = lines.at(-1)?.length ?? 0;
  return {
    script: place.script,
    line: place.line + lines.length - 1,
    column: lines.length === 1 ? place.column + last : last,
  };
}
