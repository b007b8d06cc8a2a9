import type { ClosureRecord } from "../../../protocol/closure_record.ts";
import type { PartitionRule, WireStep } from "../../../protocol/command.ts";
import { mapStepRoots } from "../../../protocol/step.ts";
import { type CallSite, describeSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { memoizeAsync } from "../../../common/memoize_async.ts";
import type { CapturedStep, StageNode } from "./plan_node.ts";

/**
 * A node's step as it travels: what it needs a job for is found, and its
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

/** A rule as it travels. */
export async function captureRule(
  runtime: SparkRuntime,
  rule: PartitionRule<unknown>,
  site: CallSite,
): Promise<{ rule: PartitionRule<number>; closure: ClosureRecord | null }> {
  switch (rule.kind) {
    case "hash":
    case "record":
    case "roundRobin":
      return { rule, closure: null };
    case "function": {
      const closure = await captureRoots(runtime, [rule.f], site);
      return { rule: { kind: "function", f: 0 }, closure };
    }
    case "range": {
      if (rule.key === null) {
        return { rule: { ...rule, key: null }, closure: null };
      }
      const closure = await captureRoots(runtime, [rule.key], site);
      return { rule: { ...rule, key: 0 }, closure };
    }
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
    step: named,
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
