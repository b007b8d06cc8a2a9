import type { ClosureRecord } from "../../../protocol/closure_record.ts";
import type { PartitionRule, WireStep } from "../../../protocol/command.ts";
import { mapStepRoots } from "../../../protocol/step.ts";
import { returnedArrays } from "../../closure/returned_arrays.ts";
import { type CallSite, describeSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { memoizeAsync } from "../../../common/memoize_async.ts";
import type { CapturedRule, CapturedStep, StageNode } from "./plan_node.ts";

/**
 * A node's step as workers get it: what it needs a job for is found, and its
 * functions are captured, once, by the first action.
 */
export async function captureStep(
  runtime: SparkRuntime,
  node: StageNode,
): Promise<WireStep> {
  const step = await memoizeAsync(
    node.state,
    "step",
    () => capture(runtime, node),
  );
  return { ...step, site: describeSite(node.site) };
}

/**
 * A rule with its function captured. Rules are the same when their functions
 * are with all that they captured: one function may have seen other values of
 * its variables before.
 */
export async function captureRule(
  runtime: SparkRuntime,
  rule: PartitionRule<unknown>,
  site: CallSite,
): Promise<CapturedRule> {
  const root = rule.kind === "function"
    ? rule.f
    : rule.kind === "range"
    ? rule.key
    : null;
  const roots = root === null ? [] : [root];
  const closure = await captureRoots(runtime, roots, site);
  const captured = nameRoot(rule);
  const id = runtime.partitionerId(captured, closure);
  return Object.freeze({ kind: "captured", rule: captured, closure, id });
}

/** A rule whose function is named by its place among the closure's roots. */
function nameRoot(rule: PartitionRule<unknown>): PartitionRule<number> {
  switch (rule.kind) {
    case "hash":
    case "record":
    case "roundRobin":
    case "own":
      return rule;
    case "function":
      return { kind: "function", f: 0 };
    case "range":
      return { ...rule, key: rule.key === null ? null : 0 };
  }
}

async function capture(
  runtime: SparkRuntime,
  node: StageNode,
): Promise<CapturedStep> {
  const step = typeof node.step === "function"
    ? await node.step(runtime)
    : node.step;
  const roots: unknown[] = [];
  const named = mapStepRoots(step, (root) => roots.push(root) - 1);
  return {
    step: named.op === "map" && step.op === "map"
      ? { ...named, makes: returnedArrays(step.f) }
      : named,
    closure: await captureRoots(runtime, roots, node.site),
  };
}

async function captureRoots(
  runtime: SparkRuntime,
  roots: readonly unknown[],
  site: CallSite,
): Promise<ClosureRecord | null> {
  if (roots.length === 0) return null;
  return await runtime.capturer.capture(roots, [site]);
}
