/**
 * The engine's profiles of a stage's tasks as one, with the places that the
 * program's author knows.
 *
 * @module
 */

import type { FramePosition } from "../../common/frame_position.ts";
import { ADDON_FUNCTIONS } from "../../bridge/addon.ts";
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

const ROOT_ID = 1;
const ROOT: CallFrame = {
  functionName: "(root)",
  scriptId: "0",
  url: "",
  lineNumber: -1,
  columnNumber: -1,
};

/**
 * One profile of several, as if the tasks had run one after another. What ran
 * at the same place under the same callers is one node, whichever task it was
 * in: viewers want one node each for what is idle, and for the rest of the engine.
 *
 * @param profiles as the workers sent them
 * @param placeOf tells the place in the user's file
 */
export function joinProfiles(
  profiles: readonly CpuProfile[],
  placeOf: (position: FramePosition) => FramePosition,
): CpuProfile {
  const tree = new JoinedTree(placeOf);
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  for (const profile of profiles) {
    const ids = tree.add(profile.nodes);
    for (const [at, sample] of profile.samples.entries()) {
      samples.push(ids.get(sample) ?? ROOT_ID);
      timeDeltas.push(profile.timeDeltas[at] ?? 0);
    }
  }
  const startTime = Math.min(...profiles.map(({ startTime }) => startTime));
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  return {
    nodes: tree.nodes(),
    startTime,
    endTime: startTime + total,
    samples,
    timeDeltas,
  };
}

/** A node while profiles are joined. */
interface JoinedNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  hitCount: number;
  /** By the place of each. */
  readonly children: Map<string, JoinedNode>;
  /** Ticks by line. */
  readonly ticks: Map<number, number>;
}

/** The nodes of several profiles, each place under the same callers once. */
class JoinedTree {
  readonly #placeOf: (position: FramePosition) => FramePosition;
  readonly #root: JoinedNode = newNode(ROOT_ID, ROOT);
  readonly #all: JoinedNode[] = [this.#root];

  constructor(placeOf: (position: FramePosition) => FramePosition) {
    this.#placeOf = placeOf;
  }

  /**
   * Adds the nodes of a profile.
   *
   * @returns what stands for each of them, by its number
   */
  add(nodes: readonly CpuNode[]): ReadonlyMap<number, number> {
    const known = new Map(nodes.map((node) => [node.id, node]));
    const ids = new Map<number, number>();
    const waiting: [node: CpuNode, joined: JoinedNode][] = nodes
      .filter(({ callFrame }) => callFrame.functionName === "(root)")
      .map((root) => [root, this.#root]);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [node, joined] = next;
      if (ids.has(node.id)) continue; // no tree, which no engine makes
      ids.set(node.id, joined.id);
      count(joined, node);
      for (const id of node.children ?? []) {
        const child = known.get(id);
        if (child === undefined) continue;
        const place = placed(child, this.#placeOf);
        waiting.push([place, this.#childOf(joined, place.callFrame)]);
      }
    }
    return ids;
  }

  nodes(): CpuNode[] {
    return this.#all.map(({ id, callFrame, hitCount, children, ticks }) => ({
      id,
      callFrame,
      hitCount,
      children: Array.from(children.values(), (child) => child.id),
      ...ticks.size === 0 ? {} : {
        positionTicks: Array.from(ticks, ([line, ticks]) => ({ line, ticks })),
      },
    }));
  }

  #childOf(parent: JoinedNode, frame: CallFrame): JoinedNode {
    const { functionName, url, lineNumber, columnNumber } = frame;
    const key = `${lineNumber}:${columnNumber}:${functionName}:${url}`;
    let child = parent.children.get(key);
    if (child === undefined) {
      child = newNode(this.#all.length + 1, frame);
      this.#all.push(child);
      parent.children.set(key, child);
    }
    return child;
  }
}

function newNode(id: number, callFrame: CallFrame): JoinedNode {
  return { id, callFrame, hitCount: 0, children: new Map(), ticks: new Map() };
}

function count(joined: JoinedNode, node: CpuNode): void {
  joined.hitCount += node.hitCount ?? 0;
  for (const { line, ticks } of node.positionTicks ?? []) {
    joined.ticks.set(line, (joined.ticks.get(line) ?? 0) + ticks);
  }
}

function placed(
  node: CpuNode,
  placeOf: (position: FramePosition) => FramePosition,
): CpuNode {
  const { callFrame, positionTicks } = node;
  const { url, functionName } = callFrame;
  if (url === "" && ADDON_FUNCTIONS.has(functionName)) {
    return { ...node, callFrame: { ...callFrame, functionName: "(addon)" } };
  }
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
