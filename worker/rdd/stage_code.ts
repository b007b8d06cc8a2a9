import {
  type JoinKind,
  type PartitionStep,
  type RecordStep,
  type Step,
  STEP_ROOTS,
  type TableStep,
} from "../../src/protocol/step.ts";

/** A step as the code generator sees it: its functions are reached by name at run time. */
export type StepShape = Step<unknown>;

/**
 * Writes the program of one fused stage: one loop in which a record passes
 * all its steps as nested statements, so that V8 can inline them. A step that
 * must see the whole partition (`combine`, `count`, …) ends the loop and the
 * next one runs over its results; a step of {@link PartitionStep} gets the
 * records before it as one generator.
 *
 * The text is the body of a function of `steps` (functions revived) and
 * `tools` ({@link ./stage_tools.ts}), and returns
 * `(index, batches, emit) => void`.
 *
 * @example
 * ```ts
 * stageCode([{ op: "map", f: null }, { op: "count" }]);
 * ```
 */
export function stageCode(steps: readonly StepShape[]): string {
  const parts: string[] = [];
  let source = "batches";
  let isBatched = true;
  let from = 0;
  steps.forEach((step, at) => {
    if (!isPartitionStep(step)) return;
    const loop = loopCode(steps, from, at, isBatched, (v) => `yield ${v};`);
    parts.push(`function* part${at}(source) {\n${loop}\n}`);
    parts.push(callCode(step, at, `part${at}(${source})`));
    source = `records${at}`;
    isBatched = false;
    from = at + 1;
  });
  const last = loopCode(
    steps,
    from,
    steps.length,
    isBatched,
    (v) => `emit(${v});`,
  );
  return `"use strict";
return function stage(index, batches, emit) {
${parts.join("\n")}
const source = ${source};
${last}
};`;
}

/** The call of a step over a whole partition, its result in `records…`. */
function callCode(
  step: PartitionStep<unknown>,
  at: number,
  records: string,
): string {
  if (step.op === "foreachPartition") {
    return `steps[${at}].f(${records}); const records${at} = [];`;
  }
  if (step.op === "mapPartitions") {
    const index = step.indexed ? "index, " : "";
    return `const records${at} = tools.iterable(steps[${at}].f(${index}${records}), ${at});`;
  }
  return `const records${at} = tools.partition(steps[${at}], index, ${records}, ${at});`;
}

/** The loops for steps `from` to `to`: one, and one more behind each step that needs the whole partition. */
function loopCode(
  steps: readonly StepShape[],
  from: number,
  to: number,
  isBatched: boolean,
  out: (variable: string) => string,
): string {
  const declarations: string[] = [];
  const loops: string[] = [];
  const inner = body(from, "r", "L0");
  const first = isBatched
    ? `for (const batch of source) for (let i = 0; i < batch.length; i++) { const r = batch[i]; ${inner} }`
    : `for (const r of source) { ${inner} }`;
  const functions = steps.slice(from, to).flatMap((step, i) =>
    functionNames(step).map((name) =>
      `const ${name}${from + i} = steps[${from + i}].${name};`
    )
  );
  return [...functions, ...declarations, `L0: { ${first} }`, ...loops]
    .join("\n");

  /** What happens to the record in variable `v` from step `at` on, inside the loop with this label. */
  function body(at: number, v: string, label: string): string {
    const step = at < to ? steps[at] : undefined;
    if (step === undefined) return out(v);
    const r = `r${at}`;
    const next = (variable: string): string => body(at + 1, variable, label);
    switch (step.op) {
      case "map":
        return `const ${r} = f${at}(${v}); ${next(r)}`;
      case "filter":
        return `if (f${at}(${v})) { ${next(v)} }`;
      case "flatMap":
        return `for (const ${r} of tools.iterable(f${at}(${v}), ${at})) { ${
          next(r)
        } }`;
      case "mapValues":
        return `tools.pair(${v}, ${at}); const ${r} = [${v}[0], f${at}(${v}[1])]; ${
          next(r)
        }`;
      case "flatMapValues":
        return `tools.pair(${v}, ${at}); for (const w${at} of tools.iterable(f${at}(${v}[1]), ${at})) { const ${r} = [${v}[0], w${at}]; ${
          next(r)
        } }`;
      case "keys":
        return `tools.pair(${v}, ${at}); const ${r} = ${v}[0]; ${next(r)}`;
      case "values":
        return `tools.pair(${v}, ${at}); const ${r} = ${v}[1]; ${next(r)}`;
      case "keyBy":
        return `const ${r} = [f${at}(${v}), ${v}]; ${next(r)}`;
      case "tag":
        return `tools.pair(${v}, ${at}); const ${r} = [${v}[0], [${step.part}, ${v}[1]]]; ${
          next(r)
        }`;
      case "join":
        return joinCode(step.kind, at, v, next);
      case "lookup":
        return `tools.pair(${v}, ${at}); if (tools.isSame(${v}[0], key${at})) { const ${r} = ${v}[1]; ${
          next(r)
        } }`;
      case "range":
        return `for (let j${at} = 0; j${at} < ${v}[2]; j${at}++) { const ${r} = ${v}[0] + j${at} * ${v}[1]; ${
          next(r)
        } }`;
      case "foreach":
        return `f${at}(${v});`;
      case "take":
        declarations.push(`let taken${at} = 0;`);
        return `if (taken${at} >= ${step.count}) break ${label}; taken${at}++; ${
          next(v)
        } if (taken${at} >= ${step.count}) break ${label};`;
      case "combine":
        return whole(
          at,
          `const t${at} = tools.table({ create: create${at}, merge: merge${at}, join: join${at} });`,
          `tools.pair(${v}, ${at}); t${at}.combine(${v}[0], ${v}[1]);`,
          `t${at}.entries()`,
        );
      case "combineFrom":
        return whole(
          at,
          `const t${at} = tools.table({ create: (v) => merge${at}(zero${at}(), v), merge: merge${at}, join: join${at} });`,
          `tools.pair(${v}, ${at}); t${at}.combine(${v}[0], ${v}[1]);`,
          `t${at}.entries()`,
        );
      case "mergeCombiners":
        return whole(
          at,
          `const t${at} = tools.table({ create: tools.same, merge: merge${at}, join: merge${at} });`,
          `tools.pair(${v}, ${at}); t${at}.combine(${v}[0], ${v}[1]);`,
          `t${at}.entries()`,
        );
      case "group":
        return whole(
          at,
          `const g${at} = tools.groups(1);`,
          `tools.pair(${v}, ${at}); g${at}.add(${v}[0], 0, ${v}[1]);`,
          `tools.firstParts(g${at}.entries())`,
        );
      case "cogroup":
        return whole(
          at,
          `const g${at} = tools.groups(${step.parts});`,
          `tools.pair(${v}, ${at}); g${at}.add(${v}[0], ${v}[1][0], ${v}[1][1]);`,
          `g${at}.entries()`,
        );
      case "countValues":
        return whole(
          at,
          `const t${at} = tools.table({ create: tools.same, merge: tools.sum, join: tools.sum });`,
          `t${at}.combine(${v}, 1);`,
          `t${at}.entries()`,
        );
      case "distinct":
        return whole(
          at,
          `const t${at} = tools.table({ create: tools.same, merge: tools.same, join: tools.same });`,
          `t${at}.combine(${v}, null);`,
          `t${at}.keys()`,
        );
      case "glom":
        return whole(
          at,
          `const a${at} = [];`,
          `a${at}.push(${v});`,
          `[a${at}]`,
        );
      case "count":
        return whole(at, `let n${at} = 0;`, `n${at}++;`, `[n${at}]`);
      case "reduce":
        return whole(
          at,
          `let a${at}, any${at} = false;`,
          `if (any${at}) a${at} = f${at}(a${at}, ${v}); else { a${at} = ${v}; any${at} = true; }`,
          `(any${at} ? [a${at}] : [])`,
        );
      case "aggregate":
        return whole(
          at,
          `let a${at} = zero${at};`,
          `a${at} = f${at}(a${at}, ${v});`,
          `[a${at}]`,
        );
      default:
        throw new RangeError(`Cannot fuse ${step.op}: it ends a part`);
    }
  }

  /** Takes records up in this loop and hands the results to a loop behind it. */
  function whole(
    at: number,
    declaration: string,
    take: string,
    results: string,
  ): string {
    declarations.push(declaration);
    const place = loops.push("") - 1;
    const label = `L${at + 1}`;
    const inside = body(at + 1, `r${at}`, label);
    loops[place] =
      `${label}: { for (const r${at} of ${results}) { ${inside} } }`;
    return take;
  }
}

/** Whether a step is handed all records of the partition as one iterator. */
function isPartitionStep(step: StepShape): step is PartitionStep<unknown> {
  return !(step.op in FUSED);
}

/** The steps that share a loop. */
const FUSED: Readonly<
  Record<(RecordStep<unknown> | TableStep<unknown>)["op"], true>
> = {
  map: true,
  filter: true,
  flatMap: true,
  mapValues: true,
  flatMapValues: true,
  foreach: true,
  keys: true,
  values: true,
  keyBy: true,
  tag: true,
  join: true,
  lookup: true,
  range: true,
  take: true,
  combine: true,
  combineFrom: true,
  mergeCombiners: true,
  group: true,
  cogroup: true,
  distinct: true,
  countValues: true,
  glom: true,
  reduce: true,
  aggregate: true,
  count: true,
};

/** The loops over the two groups of the key in `v`. */
function joinCode(
  kind: JoinKind,
  at: number,
  v: string,
  next: (variable: string) => string,
): string {
  const r = `r${at}`;
  const [left, right] = [`${v}[1][0]`, `${v}[1][1]`];
  if (kind === "subtract") {
    return `if (${right}.length === 0) for (const a${at} of ${left}) { const ${r} = [${v}[0], a${at}]; ${
      next(r)
    } }`;
  }
  if (kind === "intersect") {
    return `if (${left}.length > 0 && ${right}.length > 0) { const ${r} = ${v}[0]; ${
      next(r)
    } }`;
  }
  const isOuter = (side: JoinKind): boolean => kind === side || kind === "full";
  const lefts = isOuter("right") ? `tools.orMissing(${left})` : left;
  const rights = isOuter("left") ? `tools.orMissing(${right})` : right;
  return `for (const a${at} of ${lefts}) for (const b${at} of ${rights}) { const ${r} = [${v}[0], [a${at}, b${at}]]; ${
    next(r)
  } }`;
}

/** The names under which a step's functions and values are reached. */
function functionNames(step: StepShape): readonly string[] {
  return isPartitionStep(step) ? [] : STEP_ROOTS[step.op];
}
