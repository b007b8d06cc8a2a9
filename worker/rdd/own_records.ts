import type { StageInput, StageOutput } from "../../src/protocol/command.ts";
import { makesOf, type Step } from "../../src/protocol/step.ts";
import type { OwnArrays } from "../../src/protocol/own_arrays.ts";

/**
 * Which arrays of the records that leave a stage TSpark made itself.
 *
 * A function of the program may add a property to any record that it is given,
 * so that only what was made, or read, behind the last of them is known.
 */
export function ownRecords(
  input: StageInput,
  steps: readonly Step<unknown>[],
  output: StageOutput<unknown>,
): OwnArrays {
  const made = steps.map(makesOf).findLast((made) => made !== "same");
  // Rows may share what they hold.
  const own = made ?? (made === null || input.kind === "arrow" ? null : "all");
  if (own === null || !seesKeys(output)) return own;
  return own === "all" ? null : [null, ...own.slice(1)];
}

/** Whether a function of the program is given the keys of what leaves. */
function seesKeys(output: StageOutput<unknown>): boolean {
  if (output.kind !== "shuffle") return false;
  const { rule } = output;
  return rule.kind === "function" || rule.kind === "range" && rule.key !== null;
}
