import {
  isFusedStep,
  type JoinKind,
  type PartitionStep,
  type RecordStep,
  type Step,
  stepRoots,
  type TableStep,
} from "../../src/protocol/step.ts";

/** A step as the code generator sees it: its functions are reached by name at run time. */
export type StepShape = Step<unknown>;

/** Steps nested in one loop; the engine's parser, and its compiler, go only so deep. */
const MAX_NESTED = 64;

/**
 * Writes the program of one fused stage: one loop in which a record passes
 * all its steps as nested statements, so that V8 can inline them. A step that
 * must see the whole partition (`combine`, `count`, …) ends the loop and the
 * next one runs over its results; a step of {@link PartitionStep} gets the
 * records before it as one generator, and so does the rest of a chain of more
 * than {@link MAX_NESTED} steps. A generator ends with its task: a function may
 * have kept it.
 *
 * The text is the body of a function that returns
 * `(steps, tools, index, batches, emit) => void`, of `steps` with their
 * functions and of {@link ./stage_tools.ts}.
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
  /** Ends the loop before step `at`; gives the generator of what comes out of it. */
  const cut = (at: number): string => {
    const loop = loopCode(
      steps,
      from,
      at,
      isBatched,
      (v) => `yield ${v}; if (life.isOver) life.check();`,
    );
    parts.push(
      `function* part${at}(source) {\nlife.check();\n${loop}\n}`,
    );
    isBatched = false;
    return `part${at}(${source})`;
  };
  steps.forEach((step, at) => {
    if (!isFusedStep(step)) {
      parts.push(callCode(step as PartitionStep<unknown>, at, cut(at)));
      source = `records${at}`;
      from = at + 1;
    } else if (at - from === MAX_NESTED) {
      source = cut(at);
      from = at;
    }
  });
  const last = loopCode(
    steps,
    from,
    steps.length,
    isBatched,
    (v) => `emit(${v});`,
  );
  return `"use strict";
return function stage(steps, tools, index, batches, emit) {
const { life } = tools;
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
    const next = (variable: string): string => body(at + 1, variable, label);
    const declare = (code: string): void => {
      declarations.push(code);
    };
    const recordCode = codeIn(RECORD_CODE, step.op);
    if (recordCode !== null) {
      return recordCode(step, { at, v, r: `r${at}`, label, next, declare });
    }
    const tableCode = codeIn(TABLE_CODE, step.op);
    if (tableCode === null) {
      throw new RangeError(`Cannot fuse ${step.op}: it ends a part`);
    }
    return whole(at, tableCode(step, at, v));
  }

  /** Takes records up in this loop and hands the results to a loop behind it. */
  function whole(at: number, { declared, take, results }: TableCode): string {
    declarations.push(declared);
    const place = loops.push("") - 1;
    const label = `L${at + 1}`;
    const inside = body(at + 1, `r${at}`, label);
    loops[place] =
      `${label}: { for (const r${at} of ${results}) { ${inside} } }`;
    return take;
  }
}

/** Where the code of a step over records stands. */
interface Place {
  /** The step's index. */
  readonly at: number;
  /** The variable that holds its record. */
  readonly v: string;
  /** A variable for its result. */
  readonly r: string;
  /** The loop around it. */
  readonly label: string;
  /** What happens to the result in a variable. */
  readonly next: (variable: string) => string;
  /** Puts code before the loops. */
  readonly declare: (code: string) => void;
}

type RecordCodes = {
  readonly [O in RecordStep<unknown>["op"]]: (
    step: Extract<StepShape, { op: O }>,
    place: Place,
  ) => string;
};

/** What each step over records does to the one in `v`. */
const RECORD_CODE: RecordCodes = {
  map: (_, { at, v, r, next }) => `const ${r} = f${at}(${v}); ${next(r)}`,
  filter: (_, { at, v, next }) => `if (f${at}(${v})) { ${next(v)} }`,
  flatMap: (_, { at, v, r, next }) =>
    `for (const ${r} of tools.iterable(f${at}(${v}), ${at})) { ${next(r)} }`,
  mapValues: (_, { at, v, r, next }) =>
    `tools.pair(${v}, ${at}); const ${r} = [${v}[0], f${at}(${v}[1])]; ${
      next(r)
    }`,
  flatMapValues: (_, { at, v, r, next }) =>
    `tools.pair(${v}, ${at}); for (const w${at} of tools.iterable(f${at}(${v}[1]), ${at})) { const ${r} = [${v}[0], w${at}]; ${
      next(r)
    } }`,
  keys: (_, { at, v, r, next }) =>
    `tools.pair(${v}, ${at}); const ${r} = ${v}[0]; ${next(r)}`,
  values: (_, { at, v, r, next }) =>
    `tools.pair(${v}, ${at}); const ${r} = ${v}[1]; ${next(r)}`,
  keyBy: (_, { at, v, r, next }) =>
    `const ${r} = [f${at}(${v}), ${v}]; ${next(r)}`,
  tag: ({ part }, { at, v, r, next }) =>
    `tools.pair(${v}, ${at}); const ${r} = [${v}[0], [${part}, ${v}[1]]]; ${
      next(r)
    }`,
  join: ({ kind }, place) => joinCode(kind, place),
  lookup: (_, { at, v, r, next }) =>
    `tools.pair(${v}, ${at}); if (tools.isSame(${v}[0], key${at})) { const ${r} = ${v}[1]; ${
      next(r)
    } }`,
  // By adding: each sum is a number of the range, while a product may round.
  range: (_, { at, v, r, next }) =>
    `for (let j${at} = 0, n${at} = ${v}[0]; j${at} < ${v}[2]; j${at}++, n${at} += ${v}[1]) { const ${r} = n${at}; ${
      next(r)
    } }`,
  foreach: (_, { at, v }) => `f${at}(${v});`,
  take: ({ count }, { at, v, label, next, declare }) => {
    declare(`let taken${at} = 0;`);
    return `if (taken${at} >= ${count}) break ${label}; taken${at}++; ${
      next(v)
    } if (taken${at} >= ${count}) break ${label};`;
  },
};

/** The code of a step that reads all records before it gives any. */
interface TableCode {
  /** Stands before the loops. */
  readonly declared: string;
  /** Adds the record in `v`. */
  readonly take: string;
  /** An iterable of the results. */
  readonly results: string;
}

type TableCodes = {
  readonly [O in TableStep<unknown>["op"]]: (
    step: Extract<StepShape, { op: O }>,
    at: number,
    v: string,
  ) => TableCode;
};

/** A table of combined values by key, filled by pairs. */
function combineCode(at: number, v: string, rule: string): TableCode {
  return {
    declared: `const t${at} = tools.table({ ${rule} });`,
    take: `tools.pair(${v}, ${at}); t${at}.combine(${v}[0], ${v}[1]);`,
    results: `t${at}.entries()`,
  };
}

const TABLE_CODE: TableCodes = {
  combine: (_, at, v) =>
    combineCode(
      at,
      v,
      `create: create${at}, merge: merge${at}, join: join${at}`,
    ),
  combineFrom: (_, at, v) =>
    combineCode(
      at,
      v,
      `create: (v) => merge${at}(zero${at}(), v), merge: merge${at}, join: join${at}`,
    ),
  mergeCombiners: (_, at, v) =>
    combineCode(
      at,
      v,
      `create: tools.same, merge: merge${at}, join: merge${at}`,
    ),
  group: (_, at, v) => ({
    declared: `const g${at} = tools.groups(1);`,
    take: `tools.pair(${v}, ${at}); g${at}.add(${v}[0], 0, ${v}[1]);`,
    results: `tools.firstParts(g${at}.entries())`,
  }),
  cogroup: ({ parts }, at, v) => ({
    declared: `const g${at} = tools.groups(${parts});`,
    take:
      `tools.pair(${v}, ${at}); g${at}.add(${v}[0], ${v}[1][0], ${v}[1][1]);`,
    results: `g${at}.entries()`,
  }),
  countValues: (_, at, v) => ({
    declared:
      `const t${at} = tools.table({ create: tools.same, merge: tools.sum, join: tools.sum });`,
    take: `t${at}.combine(${v}, 1);`,
    results: `t${at}.entries()`,
  }),
  distinct: (_, at, v) => ({
    declared:
      `const t${at} = tools.table({ create: tools.same, merge: tools.same, join: tools.same });`,
    take: `t${at}.combine(${v}, null);`,
    results: `t${at}.keys()`,
  }),
  glom: (_, at, v) => ({
    declared: `const a${at} = [];`,
    take: `a${at}[a${at}.length] = ${v};`,
    results: `[a${at}]`,
  }),
  count: (_, at) => ({
    declared: `let n${at} = 0;`,
    take: `n${at}++;`,
    results: `[n${at}]`,
  }),
  reduce: (_, at, v) => ({
    declared: `let a${at}, any${at} = false;`,
    take:
      `if (any${at}) a${at} = f${at}(a${at}, ${v}); else { a${at} = ${v}; any${at} = true; }`,
    results: `(any${at} ? [a${at}] : [])`,
  }),
  aggregate: (_, at, v) => ({
    declared: `let a${at} = zero${at};`,
    take: `a${at} = f${at}(a${at}, ${v});`,
    results: `[a${at}]`,
  }),
};

/** A table's entry for an operation that may not be in it, for steps of any kind: the caller looks it up by the step's own name. */
function codeIn<A extends unknown[], R>(
  table: Readonly<Record<string, (step: never, ...args: A) => R>>,
  op: StepShape["op"],
): ((step: StepShape, ...args: A) => R) | null {
  const code = table[op];
  return code === undefined
    ? null
    : code as unknown as (step: StepShape, ...args: A) => R;
}

/** The loops over the two groups of the key in `v`. */
function joinCode(kind: JoinKind, { at, v, r, next }: Place): string {
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
  return isFusedStep(step) ? stepRoots(step) : [];
}
