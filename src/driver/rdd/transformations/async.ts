import type { AsyncStep } from "../../../protocol/step.ts";
import { type AsyncOptions, fullAsyncOptions } from "../async_options.ts";
import { checkAnyFunction } from "../checks.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";

/** The operations that call a function with each record and await what it returns. */
const KINDS = {
  mapAsync: "map",
  flatMapAsync: "flatMap",
  foreachAsync: "foreach",
} as const;

/**
 * The step of an operation whose function awaits.
 *
 * @throws TypeError for what is not a function
 * @throws RangeError for an option out of range
 */
export function asyncStep(
  name: keyof typeof KINDS,
  f: unknown,
  options: AsyncOptions,
): Extract<AsyncStep<unknown>, { op: "mapAsync" }> {
  const operation = `${name}()`;
  checkAnyFunction(operation, f);
  const others = name === "foreachAsync" ? ["signal"] : [];
  const how = fullAsyncOptions(operation, options, others);
  return { op: "mapAsync", f, kind: KINDS[name], ...how };
}

/** A plan and one step more whose function awaits. */
export function applyAsync(
  node: PlanNode,
  name: "mapAsync" | "flatMapAsync",
  f: unknown,
  options: AsyncOptions,
): PlanNode {
  return addStep(node, `${name}()`, asyncStep(name, f, options));
}
