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
      hitCount: 2,
      positionTicks: [{ line: 111, ticks: 2 }],
      children: [],
    };
    assert.deepEqual(joined, {
      nodes: [
        { id: 1, callFrame: ROOT, hitCount: 0, children: [3, 5] },
        { ...own, id: 3 },
        { ...own, id: 5 },
      ],
      startTime: 200,
      endTime: 260,
      samples: [1, 3, 3, 1, 5, 5],
      timeDeltas: [10, 10, 10, 10, 10, 10],
    });
  },
);
