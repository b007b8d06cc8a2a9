import assert from "node:assert/strict";
import {
  type CpuProfile,
  joinProfiles,
} from "../../../../src/driver/udf/cpu_profile.ts";

const ROOT = {
  functionName: "(root)",
  scriptId: "0",
  url: "",
  lineNumber: -1,
  columnNumber: -1,
};
const OWN = {
  functionName: "f",
  scriptId: "7",
  url: "tspark:file:///app.ts",
  lineNumber: 9,
  columnNumber: 4,
};

function profile(startTime: number): CpuProfile {
  return {
    nodes: [
      { id: 1, callFrame: ROOT, hitCount: 1, children: [2] },
      {
        id: 2,
        callFrame: OWN,
        hitCount: 2,
        positionTicks: [{ line: 11, ticks: 2 }],
      },
    ],
    startTime,
    endTime: startTime + 30,
    samples: [1, 2, 2],
    timeDeltas: [10, 10, 10],
  };
}

Deno.test(
  "joinProfiles() hangs all tasks on one root, with the program's places",
  {
    permissions: "none",
  },
  () => {
    const joined = joinProfiles([profile(500), profile(200)], (place) => ({
      url: "file:///app.ts",
      line: place.line + 100,
      column: 3,
    }));
    const own = {
      callFrame: {
        ...OWN,
        url: "file:///app.ts",
        lineNumber: 109,
        columnNumber: 2,
      },
      hitCount: 4,
      positionTicks: [{ line: 111, ticks: 4 }],
      children: [],
    };
    assert.deepEqual(joined, {
      nodes: [
        { id: 1, callFrame: ROOT, hitCount: 2, children: [2] },
        { ...own, id: 2 },
      ],
      startTime: 200,
      endTime: 260,
      samples: [1, 2, 2, 1, 2, 2],
      timeDeltas: [10, 10, 10, 10, 10, 10],
    });
  },
);

/** A profile of an idle engine, and of a function below one or two callers. */
function callers(...names: readonly string[]): CpuProfile {
  const frame = (functionName: string): typeof ROOT => ({
    ...ROOT,
    functionName,
    scriptId: String(names.length),
  });
  return {
    nodes: [
      { id: 1, callFrame: ROOT, hitCount: 0, children: [2, 3] },
      { id: 2, callFrame: frame("(idle)"), hitCount: 1 },
      ...names.map((name, at) => ({
        id: at + 3,
        callFrame: frame(name),
        hitCount: 1,
        ...at + 1 < names.length ? { children: [at + 4] } : {},
      })),
    ],
    startTime: 0,
    endTime: 10 * (names.length + 1),
    samples: [2, ...names.map((_, at) => at + 3)],
    timeDeltas: new Array(names.length + 1).fill(10),
  };
}

Deno.test(
  "joinProfiles() makes what viewers of Chrome and VS Code need: one tree, one node for what is idle",
  { permissions: "none" },
  () => {
    const { nodes, samples, timeDeltas, startTime, endTime } = joinProfiles(
      [callers("a", "f"), callers("a", "b", "f"), callers("f"), callers("a")],
      (place) => place,
    );
    const ids = new Set(nodes.map(({ id }) => id));
    assert.equal(ids.size, nodes.length);
    assert.ok(samples.every((id) => ids.has(id)));
    assert.equal(samples.length, timeDeltas.length);
    assert.equal(endTime - startTime, timeDeltas.reduce((a, b) => a + b));
    const children = nodes.flatMap(({ children }) => children ?? []);
    assert.deepEqual(
      children.toSorted((a, b) => a - b),
      [...ids].filter((id) => id !== 1),
    );
    const names = nodes.map(({ callFrame }) => callFrame.functionName);
    assert.equal(names[0], "(root)");
    assert.deepEqual(
      names.toSorted(),
      ["(idle)", "(root)", "a", "b", "f", "f", "f"],
    );
    const idle = nodes.find(({ callFrame }) =>
      callFrame.functionName === "(idle)"
    );
    assert.equal(idle?.hitCount, 4);
    assert.equal(samples.filter((id) => id === idle?.id).length, 4);
  },
);

Deno.test(
  "joinProfiles() calls functions of the addon by no one's name, and the program's by their own",
  { permissions: "none" },
  () => {
    const nodes = [
      { id: 1, callFrame: ROOT, children: [2, 3] },
      { id: 2, callFrame: { ...ROOT, functionName: "connectLoopback" } },
      { id: 3, callFrame: { ...OWN, functionName: "readSome" } },
    ];
    const joined = joinProfiles(
      [{ ...profile(0), nodes, samples: [2, 3, 3] }],
      (place) => place,
    );
    const names = joined.nodes.map(({ callFrame }) => callFrame.functionName);
    assert.deepEqual(names.sort(), ["(addon)", "(root)", "readSome"]);
  },
);
