/**
 * Random programs that a seed determines.
 *
 * @module
 */
import { Dice } from "./dice.ts";
import { CHOOSE_ACTION } from "./final_actions.ts";
import {
  type Action,
  ACTIONS,
  type FinalAction,
  type Program,
  type Step,
  type Transformation,
  TRANSFORMATIONS,
} from "./program.ts";
import { DeadEnd, ProgramBuilder } from "./program_builder.ts";
import { ADD_TRANSFORMATION } from "./transformations.ts";

/** Fewest and most transformations of a program. */
export const TRANSFORMATION_LIMITS = { least: 3, most: 8 } as const;
const MAX_ATTEMPTS = 1000;

/**
 * Makes programs. Each has one transformation whose turn it is, so that all of
 * them come equally often at least; two programs of five end in `collect()`,
 * the others in the other actions by turns.
 *
 * @param seed a 32-bit integer
 * @param count how many
 */
export function generatePrograms(seed: number, count: number): Program[] {
  return Array.from({ length: count }, (_, i) => generateProgram(seed, i));
}

/** The program of a seed with the given number. */
export function generateProgram(seed: number, index: number): Program {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    // Large odd factors, so that neighbors in number are none in seed.
    const mixed = Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b) +
      Math.imul(attempt, 0x27d4eb2f);
    const program = tryProgram(new Dice(mixed | 0), seed, index);
    if (program !== null) return program;
  }
  throw new Error(`Cannot make program ${index} of seed ${seed}`);
}

function tryProgram(dice: Dice, seed: number, index: number): Program | null {
  const turn = TRANSFORMATIONS[index % TRANSFORMATIONS.length] ?? "map";
  const builder = new ProgramBuilder(dice);
  try {
    const last = addTransformations(builder, turn);
    const chosen = CHOOSE_ACTION[actionOfTurn(index)](builder, last);
    const { steps, action } = prune(builder.steps, chosen.action);
    const ops = steps.map((step) => step.op)
      .filter((op) => op !== "parallelize");
    const isFit = ops.includes(turn) &&
      ops.length >= TRANSFORMATION_LIMITS.least &&
      ops.length <= TRANSFORMATION_LIMITS.most;
    if (!isFit) return null;
    return { seed, index, steps, action, result: chosen.result };
  } catch (error) {
    if (error instanceof DeadEnd) return null;
    throw error;
  }
}

/** Adds a source and some transformations, one of them the given one; returns the last RDD. */
function addTransformations(b: ProgramBuilder, turn: Transformation): number {
  const length = b.dice.int(3, 5);
  const turnAt = b.dice.int(0, length - 1);
  let id = b.source();
  for (let i = 0; i < length; i++) {
    // Until its turn has come, the program may go back and branch off.
    if (i <= turnAt && b.dice.percent(25)) {
      id = b.dice.pick([...b.steps.keys()]);
    }
    const op = i === turnAt ? turn : b.dice.pick(TRANSFORMATIONS);
    id = ADD_TRANSFORMATION[op](b, id);
  }
  return id;
}

function actionOfTurn(index: number): Action {
  const others = ACTIONS.filter((action) => action !== "collect");
  const [round, place] = [Math.floor(index / 5), index % 5];
  if (place < 2) return "collect";
  return others[(round * 3 + place - 2) % others.length] ?? "count";
}

/** Leaves out the RDDs that the action does not need. */
function prune(
  steps: readonly Step[],
  action: FinalAction,
): { steps: Step[]; action: FinalAction } {
  const needed = new Set([action.of]);
  for (let id = steps.length - 1; id >= 0; id--) {
    if (needed.has(id)) steps[id]?.of.forEach((input) => needed.add(input));
  }
  const kept = [...steps.keys()].filter((id) => needed.has(id));
  const renumber = (id: number): number => kept.indexOf(id);
  return {
    steps: steps.filter((_, id) => needed.has(id))
      .map((step) => ({ ...step, of: step.of.map(renumber) })),
    action: { ...action, of: renumber(action.of) },
  };
}
