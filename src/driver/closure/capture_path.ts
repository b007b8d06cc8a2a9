/**
 * How the walk came from a user's function to a value, and the error that
 * tells it.
 *
 * @module
 */

import { ClosureError } from "../../common/errors.ts";

/** One step from a thing to another that it holds. */
export type CaptureStep =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "property"; readonly key: string | symbol }
  | { readonly kind: "entry"; readonly key: unknown }
  | {
    readonly kind: "inner";
    /** What is reached, such as `"prototype"`. */
    readonly name:
      | "prototype"
      | "constructor"
      | "parent class"
      | "bound value"
      | "this"
      | "maker"
      | "values";
  };

/** Where a value was first met. */
export interface CaptureLink {
  /** Node that holds it; null for a root. */
  readonly parent: number | null;
  /** Index of the root that it was reached from. */
  readonly root: number;
  /** The step from the parent. */
  readonly step: CaptureStep;
}

/** The user's call that makes the capture necessary. */
export interface CaptureUse {
  /** Such as `"map()"`. */
  readonly operation: string;
  /** Such as `"app.ts:14:9"`. */
  readonly position: string;
  /** What the user gave it; a function by default. */
  readonly given?: "function" | "value";
}

/** What cannot be serialized, and what to do about it. */
export interface Refusal {
  /** Such as `"a Promise cannot leave this process"`. */
  readonly reason: string;
  /** Such as `"await it before the function uses it"`; empty where the reason says it already. */
  readonly remedy: string;
  /** Set where the reason is a declaration that has not run: its place is told with it. */
  readonly isUninitialized?: true;
  /** Set where what the object holds could be captured without it. */
  readonly isOfWhole?: true;
}

/**
 * Ends a capture because of the value of a node, or of what a step from there
 * leads to.
 */
export type Refuse = (
  refusal: Refusal,
  id: number,
  step?: CaptureStep,
) => never;

/** Ends an attempt to capture; what the user reads is made of it. */
export class Refused extends Error {
  /** Why. */
  readonly refusal: Refusal;
  /** Node that cannot be captured, or that the step leads away from. */
  readonly id: number;
  /** The step to what cannot be captured, where that has no node. */
  readonly step: CaptureStep | undefined;

  /** Keeps what {@linkcode Refuse} was told. */
  constructor(refusal: Refusal, id: number, step: CaptureStep | undefined) {
    super(refusal.reason);
    this.refusal = refusal;
    this.id = id;
    this.step = step;
  }
}

/**
 * Makes the error for a value that cannot be serialized.
 *
 * @param links the links from the root's to the value's own, in that order
 * @param places where each linked thing was written if it is a function, such as `"app.ts:3"`, otherwise null
 */
export function captureRefused(
  refusal: Refusal,
  use: CaptureUse,
  links: readonly CaptureLink[],
  places: readonly (string | null)[],
): ClosureError {
  const name = culpritName(use, links);
  const path = describePath(use, links, places);
  return new ClosureError(
    "CAPTURE_REFUSED",
    `Cannot capture "${name}" used by ${use.operation} at ${use.position}: ` +
      [refusal.reason, refusal.remedy].filter(Boolean).join("; ") +
      `\n  path: ${path}`,
    {
      name,
      operation: use.operation,
      position: use.position,
      reason: refusal.reason,
      path,
    },
  );
}

/** The last name on the way that a user has written. */
function culpritName(
  { given = "function" }: CaptureUse,
  links: readonly CaptureLink[],
): string {
  const named = links.findLast((link) =>
    link.parent !== null && link.step.kind !== "inner"
  );
  if (named === undefined) return given;
  const { step } = named;
  switch (step.kind) {
    case "variable":
      return step.name;
    case "property":
      return String(step.key);
    case "entry":
      return describeKey(step.key);
    case "inner":
      return step.name;
  }
}

function describePath(
  use: CaptureUse,
  links: readonly CaptureLink[],
  places: readonly (string | null)[],
): string {
  let path = `${use.operation} ${use.given ?? "function"}`;
  // Between a thing's name and what follows stands where it was written.
  let place: string | null = null;
  links.forEach((link, index) => {
    if (link.parent !== null) {
      const { step } = link;
      const at: string = place === null ? "" : ` (${place})`;
      path += step.kind === "variable"
        ? `${at} → ${step.name}`
        : step.kind === "inner"
        ? `${at} → ${step.name}`
        : `${at}${describeStep(step)}`;
    }
    // The call itself has told where the root was written.
    place = link.parent === null && links.length > 1
      ? null
      : places[index] ?? null;
  });
  return place === null ? path : `${path} (${place})`;
}

function describeStep(
  step: Exclude<CaptureStep, { kind: "variable" | "inner" }>,
): string {
  if (step.kind === "entry") return `.get(${describeKey(step.key)})`;
  if (typeof step.key === "symbol") return `[${String(step.key)}]`;
  if (/^(?:0|[1-9]\d*)$/.test(step.key)) return `[${step.key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(step.key)
    ? `.${step.key}`
    : `[${JSON.stringify(step.key)}]`;
}

function describeKey(key: unknown): string {
  if (typeof key === "string") return JSON.stringify(key);
  if (typeof key === "object" && key !== null) return "{…}";
  return typeof key === "function" ? "function" : String(key);
}
