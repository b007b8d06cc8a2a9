import { compile } from "../../src/common/compile.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import {
  FORMAT_VERSION,
  type StageCommand,
  type StageInput,
  type StageOutput,
  type WireStep,
} from "../../src/protocol/command.ts";
import {
  type AsyncStep,
  isAsyncStep,
  mapStepRoots,
  type Step,
  stepRoots,
} from "../../src/protocol/step.ts";
import type { ClosureReviver } from "../closure/revive_closure.ts";
import type { SharedValues } from "../task/shared_values.ts";
import type { SpillTools } from "../spill/spill_tools.ts";
import { ownRecords } from "./own_records.ts";
import type { OwnArrays } from "../../src/protocol/own_arrays.ts";
import { stageCode } from "./stage_code.ts";
import { type StageTools, stageTools } from "./stage_tools.ts";

/** A stage that is ready to run over one partition. */
export interface Stage {
  /** Its last operation and where the user wrote it. */
  readonly site: string;
  readonly input: StageInput;
  /** Whether the first step only counts: what the records are does not matter. */
  readonly isCount: boolean;
  readonly output: StageOutput<unknown>;
  /** Which arrays of the records that leave TSpark made itself. */
  readonly own: OwnArrays;
  readonly tools: StageTools;
  /** Where the user wrote the steps that have functions of the program. */
  readonly callers: readonly string[];
  /** The stage's step where its function awaits, where the user wrote it, and how many results are wanted (null: all); null otherwise. */
  readonly awaiting: {
    readonly step: AsyncStep<unknown>;
    readonly site: string;
    readonly limit: number | null;
  } | null;
  /**
   * Runs all steps over a partition.
   *
   * @param index the partition's index
   * @param batches the partition's records, a list at a time
   * @param emit takes each resulting record
   */
  readonly run: (
    index: number,
    batches: Iterable<unknown[]>,
    emit: (record: unknown) => void,
  ) => void;
}

/** Runs steps over a partition; see {@link Stage.run}. */
type Program = (
  steps: readonly Step<unknown>[],
  tools: StageTools,
  ...partition: Parameters<Stage["run"]>
) => void;

type Revive = (record: ClosureRecord) => unknown[];

/** Turns commands into stages. */
export class StageLoader {
  readonly #reviver: ClosureReviver;
  readonly #shared: SharedValues;

  /**
   * @param reviver makes functions of closure records, new ones for each stage
   * @param shared stands for the handles that they name
   */
  constructor(reviver: ClosureReviver, shared: SharedValues) {
    this.#reviver = reviver;
    this.#shared = shared;
  }

  /**
   * Makes a stage whose captured values are its own.
   *
   * @param command what the driver sent
   * @param spill where its records go when memory runs short
   * @throws ProtocolError `FORMAT_MISMATCH` when driver and worker are of different versions
   */
  load(command: StageCommand, spill: SpillTools): Stage {
    if (command.version !== FORMAT_VERSION) {
      throw new ProtocolError(
        "FORMAT_MISMATCH",
        `Cannot run a stage in format ${command.version}: this worker knows format ${FORMAT_VERSION}; install the same TSpark on the driver and the executors`,
        { driver: command.version, worker: FORMAT_VERSION },
      );
    }
    const revive = this.#shared.reviving(this.#reviver, command);
    const steps = command.steps.map((step) => reviveStep(step, revive));
    const sites = sitesOf(command);
    const tools = stageTools(sites, spill);
    const output = reviveOutput(command, revive);
    // Our own text, made of step names and numbers: no user's source is in it.
    const program = compile<Program>(
      stageCode(command.steps.map(({ step }) => step)),
      calleesOf(steps),
    );
    return {
      site: sites.at(-1) ?? "an action",
      input: command.input,
      isCount: steps[0]?.op === "count",
      output,
      own: ownRecords(command.input, steps, output),
      tools,
      callers: callersOf(command),
      awaiting: awaitingStep(steps, command),
      run: (...partition) => program(steps, tools, ...partition),
    };
  }
}

/** Where the user wrote each step, and last a shuffle behind them. */
function sitesOf({ steps, output }: StageCommand): string[] {
  const sites = steps.map(({ site }) => site);
  return output.kind === "shuffle" ? [...sites, output.site] : sites;
}

function callersOf({ steps }: StageCommand): string[] {
  const sites = steps.filter(({ step }) => stepRoots(step).length > 0)
    .map(({ site }) => site);
  return [...new Set(sites)];
}

/** The functions of the program's that steps call. */
function calleesOf(steps: readonly Step<unknown>[]): unknown[] {
  return steps.flatMap((step) =>
    stepRoots(step).map((name): unknown => Reflect.get(step, name))
  );
}

/** The driver makes a stage of its own of each step that awaits, at most with a `take` behind it. */
function awaitingStep(
  [step, behind]: readonly Step<unknown>[],
  command: StageCommand,
): Stage["awaiting"] {
  if (step === undefined || !isAsyncStep(step)) return null;
  const limit = behind?.op === "take" ? behind.count : null;
  return { step, site: command.steps[0]?.site ?? "a step", limit };
}

function isPrimitive(value: unknown): boolean {
  return value === null ||
    (typeof value !== "object" && typeof value !== "function");
}

/** A step with its functions. */
function reviveStep(
  { step, closure }: WireStep,
  revive: Revive,
): Step<unknown> {
  const roots = closure === null ? [] : revive(closure);
  const revived = mapStepRoots(step, (at) => roots[at]);
  if (
    revived.op !== "combineFrom" || step.op !== "combineFrom" ||
    closure === null
  ) return revived;
  // Each key begins with a zero of its own, which its function may change.
  const zero = isPrimitive(revived.zero)
    ? () => revived.zero
    : () => revive(closure)[step.zero];
  return { ...revived, zero };
}

function reviveOutput(
  { output, outputClosure }: StageCommand,
  revive: Revive,
): StageOutput<unknown> {
  if (output.kind !== "shuffle") return output;
  const [f = null] = outputClosure === null ? [] : revive(outputClosure);
  switch (output.rule.kind) {
    case "hash":
    case "record":
    case "roundRobin":
    case "own":
      return { ...output, rule: output.rule };
    case "function":
      return { ...output, rule: { kind: "function", f } };
    case "range":
      return { ...output, rule: { ...output.rule, key: f } };
  }
}
