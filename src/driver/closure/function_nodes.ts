/**
 * Function drafts to nodes and codes, once all of them are known.
 *
 * @module
 */

import {
  type ClosureCode,
  type ClosureValue,
  type FunctionNode,
  PARENT_NAME,
} from "../../protocol/closure_record.ts";
import { INTRINSICS } from "../../protocol/builtin_path.ts";
import type { CaptureGraph } from "./capture_graph.ts";
import { traitsOf } from "./describe_object.ts";
import { isInherent, referPrototype } from "./describe_prototype.ts";
import type { FunctionDraft, VariableDraft } from "./function_draft.ts";
import { rewriteSource } from "./rewrite_source.ts";
import { findSharedVariables } from "./common_variables.ts";

/** What a function node has beside its code and captures. */
export type FunctionTraits = Omit<FunctionNode, "kind" | "code" | "captures">;

/** Everything of a function that hangs on it as on an object. */
export function functionTraits(
  draft: Pick<FunctionDraft, "id" | "value" | "source" | "parsed">,
  graph: CaptureGraph,
): FunctionTraits {
  const { value, source, parsed } = draft;
  const refer = graph.referFrom(draft.id);
  const parent: unknown = Object.getPrototypeOf(value);
  const isUsualParent = parsed.heritage !== null ||
    parent === Function.prototype ||
    FUNCTION_PROTOTYPES.some((make) => make() === parent);
  const prototype = referPrototype(value, refer);
  const name: unknown = Object.getOwnPropertyDescriptor(value, "name")?.value;
  return {
    ...(typeof name === "string" ? { name } : {}),
    ...traitsOf(
      value,
      isUsualParent ? Object.getPrototypeOf(value) : Function.prototype,
      (key) =>
        INHERENT_KEYS.has(key) ||
        (parsed.form === "class" && isInherent(value, key, source)),
      refer,
    ),
    ...(prototype === null ? {} : { prototype }),
  };
}

const FUNCTION_PROTOTYPES: readonly (() => object)[] = Object.entries(
  INTRINSICS,
).filter(([name]) => name.endsWith("Function%")).map(([, make]) => make);

const INHERENT_KEYS: ReadonlySet<string | symbol> = new Set([
  "length",
  "name",
  "prototype",
  "arguments",
  "caller",
]);

/** Fills the graph's places of all these functions, and gives the codes that they name. */
export function addFunctionNodes(
  drafts: readonly (FunctionDraft & { readonly traits: FunctionTraits })[],
  graph: CaptureGraph,
): ClosureCode[] {
  const cells = new Map<VariableDraft, ClosureValue>();
  for (const { users, name } of findSharedVariables(drafts)) {
    const [first] = users;
    if (first === undefined) continue;
    const cell = {
      ref: graph.add({ kind: "cell", value: first.variable.value }, {
        parent: first.draft.id,
        root: graph.links[first.draft.id]?.root ?? 0,
        step: { kind: "variable", name },
      }),
    };
    for (const use of users) cells.set(use.variable, cell);
  }
  const codes = new CodeList();
  for (const draft of drafts) {
    const variables = draft.variables.toSorted((a, b) =>
      Number(b.eager) - Number(a.eager)
    );
    const shared = new Set(
      variables.filter((variable) => cells.has(variable))
        .map((variable) => variable.name),
    );
    graph.nodes[draft.id] = {
      kind: "function",
      code: codes.indexOf({
        form: draft.parsed.form,
        source: rewriteSource(draft.source, draft.parsed, shared),
        url: draft.place.script.url,
        line: draft.place.line,
        column: draft.place.column,
        strict: draft.place.strict,
        names: variables.map((variable) => variable.name),
        eager: variables.filter((variable) => variable.eager).length,
      }),
      captures: variables.map((variable) =>
        cells.get(variable) ?? variable.value
      ),
      ...draft.traits,
    };
  }
  return codes.list;
}

class CodeList {
  readonly list: ClosureCode[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(code: ClosureCode): number {
    const key = JSON.stringify(code);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.list.push(code) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }
}

/** The variable through which a class finds its parent. */
export function parentVariable(value: ClosureValue): VariableDraft {
  return {
    name: PARENT_NAME,
    value,
    assigned: false,
    eager: true,
    scope: null,
  };
}
