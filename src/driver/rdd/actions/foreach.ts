/**
 * Actions that call a function on the workers for what it does there.
 *
 * @module
 */
import type { Step } from "../../../protocol/step.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import type { AsyncOptions } from "../async_options.ts";
import { checkAnyFunction, checkFunction, isAsyncFunction } from "../checks.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { asyncStep } from "../transformations/async.ts";
import { collectStep } from "./collect.ts";

/** Calls a function with each record. */
export async function foreach(
  plan: RddPlan,
  f: unknown,
  options?: ActionOptions,
): Promise<void> {
  checkFunction("foreach()", f);
  const step = { op: "foreach", f } as const;
  await collectStep(plan, step, callSite("foreach()"), options);
}

/** Calls a function once for each partition. */
export async function foreachPartition(
  plan: RddPlan,
  f: unknown,
  options?: ActionOptions,
): Promise<void> {
  const operation = "foreachPartition()";
  checkAnyFunction(operation, f);
  const op = isAsyncFunction(f) ? "foreachPartitionAsync" : "foreachPartition";
  await collectStep(plan, { op, f }, callSite(operation), options);
}

/** Calls a function that awaits with each record. */
export async function foreachAsync(
  plan: RddPlan,
  f: unknown,
  options: AsyncOptions & ActionOptions,
): Promise<void> {
  const step: Step<unknown> = {
    ...asyncStep("foreachAsync", f, options),
    ordered: false,
  };
  await collectStep(plan, step, callSite("foreachAsync()"), options);
}
