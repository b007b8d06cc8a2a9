import type { RunningAction } from "../runtime/running_actions.ts";
import type { StreamBatch } from "../runtime/running_streams.ts";

/** How far a stage is. */
export interface StageProgress {
  /** The stage, as the Spark UI numbers it. */
  readonly stageId: number;
  /** What Spark does in it, such as `"listing files"`; null where the program's own operation runs. */
  readonly activity: string | null;
  /** Number of its tasks. */
  readonly tasks: number;
  /** How many of them are done. */
  readonly done: number;
  /** How many run. */
  readonly running: number;
  /** How many attempts failed. */
  readonly failed: number;
  /** How long ago the stage began, in milliseconds. */
  readonly elapsedMs: number;
}

/** More stages or queries than this are only counted. */
const MAX_SHOWN = 3;
/** A bar shorter than this says nothing. */
const MIN_BAR = 5;

/**
 * One line that tells how far stages are, each with its bar, tasks done, running
 * and failed, and the time left.
 *
 * @param stages the stages that run, in the order in which they are shown
 * @param columns width of the terminal, in characters
 * @returns a line shorter than that
 *
 * @example
 * ```ts
 * import { progressLine } from "./progress_line.ts";
 *
 * progressLine([
 *   { stageId: 2, activity: null, tasks: 8, done: 4, running: 2, failed: 1, elapsedMs: 3000 },
 * ], 60); // "[Stage 2 ======>      4/8, 2 running, 1 failed, 3 s left]"
 * ```
 */
export function progressLine(
  stages: readonly StageProgress[],
  columns: number,
): string {
  const shown = stages.slice(0, MAX_SHOWN);
  const more = stages.length - shown.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  // A character in the last column would move some terminals to the next line.
  const width = Math.floor((columns - 1 - rest.length) / shown.length);
  const line = shown.map((stage) => stagePart(stage, width)).join("") + rest;
  return line.slice(0, Math.max(0, columns - 1));
}

/**
 * One line that tells that an action has no stage that runs: Spark plans it, or
 * its rows pass between the program and the JVM.
 *
 * @param action what waits
 * @param now the time, in milliseconds since 1970
 * @param columns width of the terminal, in characters
 * @returns a line shorter than that
 *
 * @example
 * ```ts
 * import { waitingLine } from "./progress_line.ts";
 *
 * waitingLine({ operation: "count() at app.ts:3:4", startTime: 0 }, 4000, 60); // "[count() at app.ts:3:4, planning for 4 s]"
 * ```
 */
export function waitingLine(
  { operation, startTime, passed }: RunningAction,
  now: number,
  columns: number,
): string {
  const seconds = Math.floor((now - startTime) / 1000);
  const state = passed === undefined
    ? `planning for ${seconds} s`
    : `${passed.rows} rows ${passed.way}, ${seconds} s`;
  const line = `[${operation}, ${state}]`;
  return line.slice(0, Math.max(0, columns - 1));
}

/**
 * One line that tells what the last batch of each streaming query did.
 *
 * @param streams the queries, in the order in which they are shown
 * @param columns width of the terminal, in characters
 * @returns a line shorter than that
 *
 * @example
 * ```ts
 * import { streamsLine } from "./progress_line.ts";
 *
 * streamsLine([
 *   ["words", { batchId: 12, rows: 1204, rowsPerSecond: 310.4 }],
 * ], 60); // "[words: batch 12, 1204 rows, 310 rows/s]"
 * ```
 */
export function streamsLine(
  streams: readonly (readonly [name: string, batch: StreamBatch | null])[],
  columns: number,
): string {
  const room = Math.max(0, columns - 1);
  const parts = streams.map(streamPart);
  for (let count = Math.min(parts.length, MAX_SHOWN); count > 0; count--) {
    const more = parts.length - count;
    const line = parts.slice(0, count).join("") +
      (more > 0 ? ` and ${more} more` : "");
    if (line.length <= room || count === 1) return line.slice(0, room);
  }
  return "";
}

function streamPart(
  [name, batch]: readonly [string, StreamBatch | null],
): string {
  if (batch === null) return `[${name}: no batch yet]`;
  const { batchId, rows, rowsPerSecond } = batch;
  const rate = rowsPerSecond === null
    ? ""
    : `, ${Math.round(rowsPerSecond)} rows/s`;
  return `[${name}: batch ${batchId}, ${rows} row${
    rows === 1 ? "" : "s"
  }${rate}]`;
}

function stagePart(stage: StageProgress, width: number): string {
  const { stageId, activity } = stage;
  const name = activity === null ? "" : `, ${activity}`;
  const before = `[Stage ${stageId}${name} `;
  const after = ` ${counts(stage)}]`;
  const room = width - before.length - after.length;
  if (room < MIN_BAR) return `${before.trimEnd()}${after}`;
  return before + bar(stage, room) + after;
}

function bar(stage: StageProgress, room: number): string {
  const share = Math.min(1, stage.done / stage.tasks);
  const filled = Math.floor(room * share);
  const tip = filled < room ? ">" : "";
  return ("=".repeat(filled) + tip).padEnd(room);
}

function counts(stage: StageProgress): string {
  const { tasks, done, running, failed } = stage;
  const parts = [`${done}/${tasks}`];
  if (running > 0) parts.push(`${running} running`);
  if (failed > 0) parts.push(`${failed} failed`);
  const left = millisecondsLeft(stage);
  if (left !== null) parts.push(`${duration(left)} left`);
  return parts.join(", ");
}

/** By the pace so far; null as long as there is none. */
function millisecondsLeft(stage: StageProgress): number | null {
  const { tasks, done, elapsedMs } = stage;
  if (done === 0) return null;
  return Math.max(0, elapsedMs / done * (tasks - done));
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
