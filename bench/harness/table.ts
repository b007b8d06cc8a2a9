/**
 * Prints results as a table that is also Markdown.
 *
 * @module
 */
import type { Timings } from "./statistics.ts";

/** Timings of one job by engine. */
export interface JobResult {
  /** What the job does. */
  readonly title: string;
  /** Timings by engine's name. */
  readonly engines: Readonly<Record<string, Timings>>;
  /** Engines that gave no result. */
  readonly failed?: readonly string[];
  /** Most memory that one worker held, in MiB, by engine. */
  readonly workerMiB?: Readonly<Record<string, number>>;
  /** What is wanted of it. */
  readonly target?: { readonly pyspark?: number; readonly scala?: number };
}

/** The engine that the others are measured against. */
const OURS = "tspark";

/**
 * Formats results: median and spread in seconds for each engine, how much of
 * each other engine's time ours takes and how much it shall take at most, and
 * the most memory of one worker, where any is known.
 */
export function formatTable(
  results: readonly JobResult[],
  engines: readonly string[],
): string {
  const others = engines.includes(OURS)
    ? engines.filter((engine) => engine !== OURS)
    : [];
  const measured = engines.filter((engine) =>
    results.some(({ workerMiB }) => workerMiB?.[engine] !== undefined)
  );
  const rows = [
    [
      "job",
      ...engines.map((engine) => `${engine} (s)`),
      ...others.map((engine) => `${OURS} ÷ ${engine} (wanted)`),
      ...measured.map((engine) => `${engine} worker (MiB)`),
    ],
    ...results.map((result) => [
      result.title,
      ...engines.map((engine) =>
        result.failed?.includes(engine) === true
          ? "failed"
          : formatTimings(result.engines[engine])
      ),
      ...others.map((engine) =>
        formatRatio(result.engines[OURS], result.engines[engine]) +
        formatTarget(result.target, engine)
      ),
      ...measured.map((engine) =>
        result.workerMiB?.[engine]?.toFixed(0) ?? "–"
      ),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0))
  );
  const lines = rows.map((row) =>
    `| ${
      row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")
    } |`
  );
  lines.splice(
    1,
    0,
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
  );
  return lines.join("\n");
}

function formatTimings(timings: Timings | undefined): string {
  if (timings === undefined) return "–";
  const [median, min, max] = [timings.median, timings.min, timings.max]
    .map((seconds) => seconds.toFixed(2));
  return `${median} (${min}–${max})`;
}

function formatRatio(
  ours: Timings | undefined,
  theirs: Timings | undefined,
): string {
  if (ours === undefined || theirs === undefined) return "–";
  return (ours.median / theirs.median).toFixed(2);
}

/** PySpark's target is a speed-up, Scala's a share of its time. */
function formatTarget(target: JobResult["target"], engine: string): string {
  const share = engine === "pyspark" && target?.pyspark !== undefined
    ? 1 / target.pyspark
    : engine === "scala"
    ? target?.scala
    : undefined;
  return share === undefined ? "" : ` (${share.toFixed(2)})`;
}
