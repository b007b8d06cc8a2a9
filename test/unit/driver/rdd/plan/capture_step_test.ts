import assert from "node:assert/strict";
import {
  captureRule,
  captureStep,
} from "../../../../../src/driver/rdd/plan/capture_step.ts";
import {
  type Deferred,
  sourceNode,
  type StageNode,
  stageNode,
} from "../../../../../src/driver/rdd/plan/plan_node.ts";
import type { CallSite } from "../../../../../src/driver/runtime/call_site.ts";
import type { SparkRuntime } from "../../../../../src/driver/runtime/runtime.ts";
import type { Step } from "../../../../../src/protocol/step.ts";

const pure = { permissions: "none" } as const;
const site: CallSite = {
  operation: "map()",
  position: "file:///home/me/app.ts:14:9",
};

/** A runtime that notes what it is to capture, and fails as often as it is told. */
function recorder(failures: number = 0) {
  const captured: unknown[][] = [];
  const runtime = {
    capturer: {
      capture(roots: readonly unknown[], use: unknown) {
        assert.deepEqual(use, [site]);
        if (failures-- > 0) return Promise.reject(new Error("not yet"));
        captured.push([...roots]);
        return Promise.resolve({ number: captured.length });
      },
    },
    partitionerId: (rule: { kind: string }, closure: unknown) =>
      `${rule.kind} ${JSON.stringify(closure)}`,
  } as unknown as SparkRuntime;
  return { runtime, captured };
}

function nodeOf(step: Step<unknown> | Deferred<Step<unknown>>): StageNode {
  const source = sourceNode(() => Promise.reject(new Error("not run")), site);
  return stageNode(source, step, site);
}

Deno.test(
  "captureStep() names functions by their places and says where they were written",
  pure,
  async () => {
    const { runtime, captured } = recorder();
    const [create, merge, join] = [() => 1, () => 2, () => 3];
    const wire = await captureStep(
      runtime,
      nodeOf({ op: "combine", create, merge, join }),
    );
    assert.deepEqual(wire, {
      step: { op: "combine", create: 0, merge: 1, join: 2 },
      closure: { number: 1 },
      site: "map() at app.ts:14:9",
    });
    assert.deepEqual(captured, [[create, merge, join]]);
  },
);

Deno.test(
  "captureStep() captures nothing for a step without functions",
  pure,
  async () => {
    const { runtime, captured } = recorder();
    const wire = await captureStep(runtime, nodeOf({ op: "distinct" }));
    assert.deepEqual(wire.closure, null);
    const sorting = { op: "sort", key: null, ofKeys: true, ascending: true };
    const sorted = await captureStep(runtime, nodeOf(sorting as Step<unknown>));
    assert.deepEqual(sorted.step, sorting);
    assert.equal(sorted.closure, null);
    assert.deepEqual(captured, []);
  },
);

Deno.test(
  "captureStep() captures once for actions at once and in turn",
  pure,
  async () => {
    const { runtime, captured } = recorder();
    const node = nodeOf({ op: "map", f: () => 1 });
    const wires = await Promise.all([
      captureStep(runtime, node),
      captureStep(runtime, node),
    ]);
    wires.push(await captureStep(runtime, node));
    assert.equal(captured.length, 1);
    for (const wire of wires) assert.deepEqual(wire, wires[0]);
  },
);

Deno.test("captureStep() tries again after a failure", pure, async () => {
  const { runtime, captured } = recorder(1);
  const node = nodeOf({ op: "map", f: () => 1 });
  await assert.rejects(captureStep(runtime, node), { message: "not yet" });
  assert.deepEqual((await captureStep(runtime, node)).closure, { number: 1 });
  assert.equal(captured.length, 1);
});

Deno.test(
  "captureStep() asks once for a step that is known only later",
  pure,
  async () => {
    const { runtime } = recorder();
    let asked = 0;
    const node = nodeOf((given) => {
      assert.equal(given, runtime);
      asked++;
      return Promise.resolve({ op: "zipWithIndex", starts: [0, 3] });
    });
    for (let round = 0; round < 2; round++) {
      const { step } = await captureStep(runtime, node);
      assert.deepEqual(step, { op: "zipWithIndex", starts: [0, 3] });
    }
    assert.equal(asked, 1);
  },
);

Deno.test(
  "captureRule() captures a partition function, and a range's own key",
  pure,
  async () => {
    const { runtime, captured } = recorder();
    const f = (): number => 1;
    const byFunction = { kind: "function", f } as const;
    assert.deepEqual(await captureRule(runtime, byFunction, site), {
      kind: "captured",
      rule: { kind: "function", f: 0 },
      closure: { number: 1 },
      id: 'function {"number":1}',
    });
    const range = {
      kind: "range",
      bounds: new Uint8Array([1]),
      ascending: false,
    } as const;
    assert.deepEqual(await captureRule(runtime, { ...range, key: f }, site), {
      kind: "captured",
      rule: { ...range, key: 0 },
      closure: { number: 2 },
      id: 'range {"number":2}',
    });
    for (
      const rule of [
        { ...range, key: null },
        ...(["hash", "record", "roundRobin", "own"] as const)
          .map((kind) => ({ kind })),
      ]
    ) {
      assert.deepEqual(await captureRule(runtime, rule, site), {
        kind: "captured",
        rule,
        closure: null,
        id: `${rule.kind} null`,
      });
    }
    assert.deepEqual(captured, [[f], [f]]);
  },
);
