/**
 * The engine's profiles of a stage's tasks as one, with the places that the
 * program's author knows.
 *
 * @module
 */

import type { FramePosition } from "../../common/frame_position.ts";
import { REVIVED_SCHEME } from "../../protocol/closure_record.ts";

/** A profile in the form of the inspector's `Profiler.Profile`. */
export interface CpuProfile {
  readonly nodes: readonly CpuNode[];
  /** Microseconds, as the two below. */
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CpuNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly hitCount?: number;
  readonly children?: readonly number[];
  readonly positionTicks?: readonly PositionTick[];
}

/** Lines and columns count from 0. */
interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The line counts from 1. */
interface PositionTick {
  readonly line: number;
  readonly ticks: number;
}

/**
 * One profile of several, as if the tasks had run one after another.
 *
 * @param profiles as the workers sent them
 * @param placeOf tells the place in the user's file
 */
export function joinProfiles(
  profiles: readonly CpuProfile[],
  placeOf: (position: FramePosition) => FramePosition,
): CpuProfile {
  const nodes: CpuNode[] = [];
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  const tops: number[] = [];
  let lastId = 1;
  for (const profile of profiles) {
    const from = lastId;
    for (const node of profile.nodes) {
      const id = from + node.id;
      lastId = Math.max(lastId, id);
      const children = node.children?.map((child) => from + child) ?? [];
      // The root of a task goes: its children hang on the root of all.
      if (node.callFrame.functionName === "(root)") tops.push(...children);
      else nodes.push({ ...placed(node, placeOf), id, children });
    }
    const roots = new Set(
      profile.nodes.filter(({ callFrame }) =>
        callFrame.functionName === "(root)"
      ).map(({ id }) => id),
    );
    for (const [at, sample] of profile.samples.entries()) {
      samples.push(roots.has(sample) ? ROOT_ID : from + sample);
      timeDeltas.push(profile.timeDeltas[at] ?? 0);
    }
  }
  const startTime = Math.min(...profiles.map(({ startTime }) => startTime));
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  return {
    nodes: [
      { id: ROOT_ID, callFrame: ROOT, hitCount: 0, children: tops },
      ...nodes,
    ],
    startTime,
    endTime: startTime + total,
    samples,
    timeDeltas,
  };
}

const ROOT_ID = 1;
const ROOT: CallFrame = {
  functionName: "(root)",
  scriptId: "0",
  url: "",
  lineNumber: -1,
  columnNumber: -1,
};

function placed(
  node: CpuNode,
  placeOf: (position: FramePosition) => FramePosition,
): CpuNode {
  const { callFrame, positionTicks } = node;
  const { url } = callFrame;
  if (!url.startsWith(REVIVED_SCHEME)) return node;
  const place = placeOf({
    url,
    line: callFrame.lineNumber + 1,
    column: callFrame.columnNumber + 1,
  });
  const ticks = positionTicks?.map(({ line, ticks }) => ({
    line: placeOf({ url, line, column: END_OF_LINE }).line,
    ticks,
  }));
  return {
    ...node,
    callFrame: {
      ...callFrame,
      url: place.url,
      lineNumber: place.line - 1,
      columnNumber: place.column - 1,
    },
    ...ticks === undefined ? {} : { positionTicks: ticks },
  };
}

/** A column behind all that a line holds: the place before it counts. */
const END_OF_LINE = 100_000;
