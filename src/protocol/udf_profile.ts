/**
 * How functions of queries are measured, and what a task brings home of it.
 *
 * @module
 */

/** What a function's record says where it is to be measured. */
export interface ProfileRule {
  /** The accumulator that takes {@link ProfileItem}s. */
  readonly accumulator: number;
  /** The driver's number of the function. */
  readonly id: number;
  /** Whether the engine's own profile of the task is wanted as well. */
  readonly cpu: boolean;
}

/** What one task measured of one function. */
export interface FunctionItem {
  readonly kind: "function";
  readonly id: number;
  readonly calls: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/** What the engine measured of one task. */
export interface CpuItem {
  readonly kind: "cpu";
  readonly stage: number;
  /** A profile of the inspector's `Profiler.stop`, as JSON. */
  readonly profile: string;
}

/** An item of a task's update. */
export type ProfileItem = FunctionItem | CpuItem;

/** Whether a value is a rule. */
export function isProfileRule(value: unknown): value is ProfileRule {
  if (typeof value !== "object" || value === null) return false;
  const { accumulator, id, cpu } = value as Partial<ProfileRule>;
  return Number.isSafeInteger(accumulator) && Number.isSafeInteger(id) &&
    typeof cpu === "boolean";
}
