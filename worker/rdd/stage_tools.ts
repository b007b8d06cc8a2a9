import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { isPair, notAPair } from "../../src/common/pair.ts";
import type { PartitionStep } from "../../src/protocol/step.ts";
import { isOwnStep } from "../../src/protocol/step.ts";
import { compareKeys } from "../../src/serde/keys/compare.ts";
import { TaskLife } from "../task/task_life.ts";
import { runOwnStep } from "./partition_steps.ts";
import { SpillingGroups } from "../spill/spilling_groups.ts";
import { SpillingSort } from "../spill/spilling_sort.ts";
import { SpillingTable, type TableRule } from "../spill/spilling_table.ts";
import type { SpillTools } from "../spill/spill_tools.ts";

/** What the program of a stage calls for all but its innermost work. */
export interface StageTools {
  /** Whether the task goes on. */
  readonly life: TaskLife;
  /** Refuses a record that is not a pair; step -1 is the shuffle behind the steps. */
  pair(record: unknown, step: number): void;
  /** Refuses a function's result that cannot be iterated. */
  iterable(value: unknown, step: number): Iterable<unknown>;
  /** Runs a step over the whole partition. */
  partition(
    step: PartitionStep<unknown>,
    index: number,
    records: Iterable<unknown>,
    at: number,
  ): Iterable<unknown>;
  /** A table of accumulators by key. */
  table(rule: TableRule<unknown, unknown>): SpillingTable;
  /** Lists of values by key, so many for each. */
  groups(parts: number): SpillingGroups;
  /** Sorts records by key, equal ones in their order. */
  sorter(
    keyOf: (record: unknown) => unknown,
    ascending: boolean,
  ): SpillingSort;
  /** Pairs of a key and its groups become pairs of the key and its first group. */
  firstParts(
    groups: Iterable<[unknown, readonly unknown[]]>,
  ): Iterable<[unknown, unknown]>;
  /** A group, or one missing value where it is empty. */
  orMissing(group: ArrayLike<unknown>): unknown;
  /** Whether two keys are equal by value. */
  isSame(a: unknown, b: unknown): boolean;
  /** Its argument. */
  same(value: unknown): unknown;
  /** The sum of two numbers. */
  sum(a: unknown, b: unknown): unknown;
}

/**
 * Makes the tools of one stage.
 *
 * @param sites the operation and place in the user's program of each step, and of the shuffle behind them, for messages
 * @param spill where records go when memory runs short
 */
export function stageTools(
  sites: readonly string[],
  spill: SpillTools,
): StageTools {
  const siteOf = (step: number): string => sites.at(step) ?? "a step";
  const tools: StageTools = {
    life: new TaskLife(),
    pair(record, step) {
      if (!isPair(record)) {
        throw new WorkerError(...notAPair(record, siteOf(step)));
      }
    },
    iterable(value, step) {
      if (typeof value === "string" || isIterable(value)) return value;
      throw notIterable(value, siteOf(step));
    },
    partition(step, index, records, at) {
      if (!isOwnStep(step)) {
        throw new RangeError(`Cannot run ${step.op} as a step of its own`);
      }
      return runOwnStep(step, records, { index, at, tools });
    },
    table: (rule) => new SpillingTable(rule, spill),
    groups: (parts) => new SpillingGroups(parts, spill),
    sorter: (keyOf, ascending) => new SpillingSort(keyOf, ascending, spill),
    *firstParts(groups) {
      for (const [key, parts] of groups) yield [key, parts[0]];
    },
    orMissing: (group) => group.length === 0 ? [undefined] : group,
    isSame: (a, b) => a === b || compareKeys(a, b) === 0,
    same: (value) => value,
    sum: (a, b) => (a as number) + (b as number),
  };
  return tools;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as Iterable<unknown>)[Symbol.iterator] === "function";
}

function notIterable(value: unknown, site: string): WorkerError {
  const remedy = value instanceof Promise
    ? "return the values themselves, an asynchronous function has none yet"
    : "return an array or another iterable";
  return new WorkerError(
    "RESULT_NOT_ITERABLE",
    `Cannot iterate over the result of the function of ${site}: it is ${
      describeValue(value)
    }; ${remedy}`,
    { site, value: describeValue(value) },
  );
}
