/**
 * Finds the variables that several captured functions share and one of them
 * writes: on the worker they must be one variable too.
 *
 * The engine shows copies of scopes, never a scope's identity. Two functions
 * are taken to share one when it stands at the same place of the same script
 * and all its variables are equal, unless both are the same function literal
 * evaluated twice, which has a scope of its own each time. A variable that
 * nobody writes needs no such care.
 *
 * @module
 */

import type {
  FunctionDraft,
  ScopeDraft,
  VariableDraft,
} from "./function_draft.ts";

/** One variable with all the functions that use it. */
export interface SharedVariable {
  readonly name: string;
  readonly users: readonly VariableUse[];
}

/** A variable as one function uses it. */
export interface VariableUse {
  readonly draft: FunctionDraft;
  readonly variable: VariableDraft;
}

/** The variables that need to be shared on the worker. */
export function findSharedVariables(
  drafts: readonly FunctionDraft[],
): SharedVariable[] {
  const written = new Set<string>();
  for (const draft of drafts) {
    for (const variable of draft.variables) {
      if (variable.assigned && variable.scope !== null) {
        written.add(variable.name);
      }
    }
  }
  if (written.size === 0) return [];
  const instances = new Map<string, VariableUse[][]>();
  for (const draft of drafts) {
    for (const variable of draft.variables) {
      if (variable.scope === null || !written.has(variable.name)) continue;
      const key = placeKey(draft, variable.scope, variable.name);
      const known = instances.get(key) ?? [];
      instances.set(key, known);
      const use = { draft, variable };
      const own = known.find((uses) => isSameScope(uses, use, variable.scope));
      if (own === undefined) known.push([use]);
      else own.push(use);
    }
  }
  return [...instances.values()].flat()
    .filter((users) =>
      users.length > 1 && users.some((use) => use.variable.assigned)
    )
    .map((users) => ({ name: users[0]?.variable.name ?? "", users }));
}

function placeKey(
  draft: FunctionDraft,
  scope: ScopeDraft,
  name: string,
): string {
  return JSON.stringify([
    draft.place.script.id,
    scope.level,
    scope.copy.description,
    scope.copy.names(),
    name,
  ]);
}

function isSameScope(
  uses: readonly VariableUse[],
  use: VariableUse,
  scope: ScopeDraft | null,
): boolean {
  const first = uses[0]?.variable.scope;
  if (scope === null || first === null || first === undefined) return false;
  if (MODULE_SCOPES.has(scope.copy.description)) return true;
  if (
    scope.isInnermost &&
    uses.some((other) => isSamePlace(other.draft, use.draft))
  ) return false;
  return scope.copy.equals(first.copy);
}

/** Scopes of which a script has one. */
const MODULE_SCOPES: ReadonlySet<string> = new Set(["Module", "Script"]);

function isSamePlace(a: FunctionDraft, b: FunctionDraft): boolean {
  return a.place.line === b.place.line && a.place.column === b.place.column &&
    a.source === b.source;
}
