import { normalize, type Outcome } from "./normalize.ts";
import { printProgram, type Program } from "./program.ts";
import { printType } from "./record_type.ts";

/** Of a longer result, the beginning tells enough. */
const MAX_RESULT_LENGTH = 4000;

/** A program whose outcomes differ: how to make it again, what it does, and each outcome. */
export function describeMismatch(
  program: Program,
  outcomes: Readonly<Record<string, Outcome | undefined>>,
): string {
  const { seed, index, result } = program;
  return [
    `Program ${index} of seed ${seed}, with a result of type ${
      printType(result)
    }:`,
    printProgram(program),
    ...Object.entries(outcomes)
      .map(([name, outcome]) => `${name}: ${printOutcome(outcome, program)}`),
  ].join("\n");
}

function printOutcome(outcome: Outcome | undefined, program: Program): string {
  if (outcome === undefined) return "no outcome";
  const text = outcome.kind === "failure"
    ? `failure: ${outcome.text}`
    : printResult(outcome.value, program);
  return text.slice(0, MAX_RESULT_LENGTH);
}

function printResult(value: unknown, program: Program): string {
  try {
    return JSON.stringify(normalize(value, program.result)) ?? "nothing";
  } catch (error) {
    return `${String(error)}: ${JSON.stringify(value)}`;
  }
}
