import assert from "node:assert/strict";
import {
  labelsBelow,
  timeLabels,
} from "../../../../../src/driver/sql/plot/axis_labels.ts";

Deno.test("labelsBelow() lays labels side by side where there is room", {
  permissions: "none",
}, () => {
  const flat = { labelAngle: 0 };
  const upright = { labelAngle: -90, labelOverlap: "greedy" };
  assert.deepEqual(labelsBelow([]), flat);
  assert.deepEqual(labelsBelow(["height", "weight"]), flat);
  assert.deepEqual(labelsBelow(["Rome", null, "San Francisco"]), flat);
  assert.deepEqual(labelsBelow(["Rome", null, "San Francisco"], 200), upright);
  const ids = Array.from({ length: 100 }, (_, id) => id);
  assert.deepEqual(labelsBelow(ids), upright);
  assert.deepEqual(labelsBelow(ids.map((id) => id % 2)), flat); // each once
});

Deno.test("timeLabels() leaves out what is zero in all", {
  permissions: "none",
}, () => {
  assert.deepEqual(
    timeLabels(["2024-01-31T00:00:00.000", null, "2024-02-29T00:00:00.000"]),
    ["2024-01-31", null, "2024-02-29"],
  );
  assert.deepEqual(
    timeLabels(["2024-01-31T00:00:00.000", "2024-01-31T10:20:30.000"]),
    ["2024-01-31 00:00:00", "2024-01-31 10:20:30"],
  );
  assert.deepEqual(
    timeLabels(["2024-01-31T00:00:00.000", "2024-01-31T10:20:30.500"]),
    ["2024-01-31 00:00:00.000", "2024-01-31 10:20:30.500"],
  );
});
