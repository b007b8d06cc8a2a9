import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { RunCursor, type SortedRun } from "./sorted_run.ts";

/**
 * All records of runs by key, in the given direction; equal keys in the order
 * of the runs and, in each, as written.
 *
 * @param runs sorted in that direction, the earliest first
 * @param codec what wrote them
 * @param sign 1 for ascending, -1 for descending
 * @returns cursors, each valid until the next is asked for
 */
export function* mergeAll(
  runs: readonly SortedRun[],
  codec: RecordCodec,
  sign: 1 | -1,
): Generator<RunCursor, void, undefined> {
  const heap = new CursorHeap(sign);
  for (const cursor of openCursors(runs, codec)) heap.push(cursor);
  for (let top = heap.top; top !== undefined; top = heap.top) {
    yield top;
    if (top.advance()) heap.sink();
    else heap.pop();
  }
}

/** Cursors at equal keys, at least one. */
export type EqualCursors = readonly [RunCursor, ...RunCursor[]];

/**
 * The records of runs whose keys are unique in each, all of one key together,
 * ascending.
 *
 * @param runs sorted, the earliest first
 * @param codec what wrote them
 * @returns cursors at equal keys in the order of the runs, valid until the next list is asked for
 */
export function* mergeEqual(
  runs: readonly SortedRun[],
  codec: RecordCodec,
): Generator<EqualCursors, void, undefined> {
  const heap = new CursorHeap(1);
  for (const cursor of openCursors(runs, codec)) heap.push(cursor);
  for (let first = heap.pop(); first !== undefined; first = heap.pop()) {
    const equal: [RunCursor, ...RunCursor[]] = [first];
    for (
      let top = heap.top;
      top !== undefined && top.compare(first) === 0;
      top = heap.top
    ) {
      equal.push(top);
      heap.pop();
    }
    yield equal;
    for (const cursor of equal) if (cursor.advance()) heap.push(cursor);
  }
}

function* openCursors(
  runs: readonly SortedRun[],
  codec: RecordCodec,
): Generator<RunCursor, void, undefined> {
  for (const [order, run] of runs.entries()) {
    const cursor = new RunCursor(run, order, codec);
    if (cursor.advance()) yield cursor;
  }
}

/** A binary heap of cursors by key, then by order. */
class CursorHeap {
  readonly #cursors: RunCursor[] = [];
  readonly #sign: 1 | -1;

  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }

  get top(): RunCursor | undefined {
    return this.#cursors[0];
  }

  push(cursor: RunCursor): void {
    const cursors = this.#cursors;
    let at = cursors.push(cursor) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = cursors[up];
      if (parent === undefined || this.#isBefore(parent, cursor)) break;
      cursors[at] = parent;
      at = up;
    }
    cursors[at] = cursor;
  }

  pop(): RunCursor | undefined {
    const top = this.#cursors[0];
    const last = this.#cursors.pop();
    if (top !== last && last !== undefined) {
      this.#cursors[0] = last;
      this.sink();
    }
    return top;
  }

  /** Puts the top in its place after its key has changed. */
  sink(): void {
    const cursors = this.#cursors;
    const cursor = cursors[0];
    if (cursor === undefined) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let child = cursors[down];
      if (child === undefined) break;
      const right = cursors[down + 1];
      if (right !== undefined && this.#isBefore(right, child)) {
        child = right;
        down++;
      }
      if (this.#isBefore(cursor, child)) break;
      cursors[at] = child;
      at = down;
    }
    cursors[at] = cursor;
  }

  #isBefore(a: RunCursor, b: RunCursor): boolean {
    const difference = this.#sign * a.compare(b);
    return difference === 0 ? a.order < b.order : difference < 0;
  }
}
