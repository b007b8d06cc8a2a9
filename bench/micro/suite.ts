/**
 * What a file `bench/micro/<name>.bench.ts` gives, and how it is timed.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { Bench } from "tinybench";

/**
 * One way to do the work of a row. What it returns must depend on all of that
 * work, so that the compiler cannot leave any out.
 */
export type Variant = () => unknown;

/** One kind of work, done in one or several ways. */
export interface MicroRow {
  /** What is done, such as "decode strings". */
  readonly name: string;
  /** How many items one call of a variant works on. */
  readonly items: number;
  /** The ways to do it, by name; the suite's first is what the others are measured against. */
  readonly variants: Readonly<Record<string, Variant>>;
  /** What all variants must agree on, made of what a variant returned; they need not agree without it. */
  readonly digest?: (result: unknown) => unknown;
  /** Whether variants time themselves and return tinybench's `overriddenDuration`; such rows are not warmed up. */
  readonly isSelfTimed?: boolean;
}

/** The rows of one table. */
export interface MicroSuite {
  /** What an item is, such as "record". */
  readonly item: string;
  readonly rows: readonly MicroRow[];
  /** What a reader of the table has to know, such as why a variant is missing. */
  readonly note?: string;
  /** Closes what the suite opened. */
  readonly close?: () => Promise<void>;
}

/** What a file of `bench/micro/` exports. */
export interface MicroModule {
  /** Makes the suite. */
  default(): MicroSuite | Promise<MicroSuite>;
}

/** How long a suite is timed. */
export interface Effort {
  /** Each variant runs for at least this long before any is timed, in milliseconds. */
  readonly warmUpMs: number;
  /** Each variant is timed for at least this long, in milliseconds. */
  readonly timeMs: number;
  /** Each variant is timed at least so many times. */
  readonly runs: number;
}

/** Enough for medians that repeat. */
export const FULL_EFFORT: Effort = { warmUpMs: 150, timeMs: 400, runs: 8 };
/** Enough to see that everything runs; its times say nothing. */
export const QUICK_EFFORT: Effort = { warmUpMs: 0, timeMs: 0, runs: 2 };

/** Time of one variant, in nanoseconds for each item. */
export interface Timing {
  readonly median: number;
  /** Median distance from the median. */
  readonly deviation: number;
  /** How many calls were timed. */
  readonly runs: number;
}

/** Times of one row. */
export interface RowTimes {
  readonly name: string;
  readonly items: number;
  /** By the variant's name, in the order of the row. */
  readonly variants: Readonly<Record<string, Timing>>;
}

/**
 * Times the rows of a suite. First it checks that variants agree, then it
 * warms all of them up in turn, so that the times do not depend on the order:
 * code that several rows share has seen the data of each.
 *
 * @param rows what to time
 * @param effort how long
 * @throws Error when two variants of a row disagree
 */
export async function timeRows(
  rows: readonly MicroRow[],
  effort: Effort,
): Promise<RowTimes[]> {
  const sink = new Sink();
  const awaiting = new Set<Variant>();
  for (const row of rows) {
    if (row.isSelfTimed !== true) await checkRow(row, awaiting);
  }
  for (const row of rows) {
    if (row.isSelfTimed !== true) await warmUp(row, effort.warmUpMs, sink);
  }
  const times: RowTimes[] = [];
  for (const row of rows) {
    times.push(await timeRow(row, effort, sink, awaiting));
  }
  return times;
}

/** Takes results where the compiler cannot see that nobody reads them. */
class Sink {
  value: unknown = undefined;
}

/** Calls each variant once, and notes which of them give promises. */
async function checkRow(
  { name, variants, digest }: MicroRow,
  awaiting: Set<Variant>,
): Promise<void> {
  let first: { readonly variant: string; readonly digest: unknown } | null =
    null;
  for (const [variant, run] of Object.entries(variants)) {
    const given = run();
    if (given instanceof Promise) awaiting.add(run);
    const result = await given;
    if (digest === undefined) continue;
    const made = digest(result);
    first ??= { variant, digest: made };
    if (!isDeepStrictEqual(first.digest, made)) {
      throw new Error(
        `Cannot time "${name}": "${first.variant}" and "${variant}" give different results; make them do the same work`,
      );
    }
  }
}

async function warmUp(row: MicroRow, ms: number, sink: Sink): Promise<void> {
  for (const run of Object.values(row.variants)) {
    const end = performance.now() + ms;
    while (performance.now() < end) sink.value = await run();
  }
}

async function timeRow(
  row: MicroRow,
  effort: Effort,
  sink: Sink,
  awaiting: ReadonlySet<Variant>,
): Promise<RowTimes> {
  const bench = new Bench({
    warmup: false,
    time: row.isSelfTimed === true ? 0 : effort.timeMs,
    iterations: effort.runs,
    throws: true,
  });
  for (const [variant, run] of Object.entries(row.variants)) {
    if (row.isSelfTimed === true) {
      bench.add(variant, run, { async: true });
    } else if (awaiting.has(run)) {
      bench.add(variant, async () => {
        sink.value = await run();
      }, { async: true });
    } else {
      bench.add(variant, () => {
        sink.value = run();
      }, { async: false });
    }
  }
  await bench.run();
  const variants: Record<string, Timing> = {};
  for (const { name, result } of bench.tasks) {
    if (result.state !== "completed") {
      throw new Error(
        `Cannot time "${row.name}": "${name}" is ${result.state}`,
      );
    }
    const { p50, mad, samplesCount } = result.latency;
    const scale = 1e6 / row.items; // milliseconds to nanoseconds for each item
    variants[name] = {
      median: p50 * scale,
      deviation: mad * scale,
      runs: samplesCount,
    };
  }
  return { name: row.name, items: row.items, variants };
}
