import assert from "node:assert/strict";
import { ACTIONS, printProgram, TRANSFORMATIONS } from "./program.ts";
import { generateProgram, generatePrograms } from "./generate.ts";
import { TRANSFORMATION_LIMITS } from "./generate.ts";
import { arrayOutcome, runSteps } from "./run_arrays.ts";
import type { RecordType } from "./record_type.ts";

const SEEDS = [5, 6, -7];
const COUNT = 200;
/** How often every operation comes at least. */
const LEAST = 5;

Deno.test(
  "generatePrograms() makes the same of the same seed, and others of another",
  { permissions: "none" },
  () => {
    const programs = generatePrograms(5, 30);
    assert.deepEqual(generatePrograms(5, 30), programs);
    assert.deepEqual(generateProgram(5, 17), programs[17]);
    const others = generatePrograms(6, 30);
    programs.forEach(({ steps }, i) =>
      assert.notDeepEqual(steps, others[i]?.steps)
    );
  },
);

Deno.test("generatePrograms() makes programs that survive JSON", {
  permissions: "none",
}, () => {
  for (const program of generatePrograms(5, COUNT)) {
    const read = JSON.parse(JSON.stringify(program));
    assert.deepEqual(arrayOutcome(read), arrayOutcome(program));
    assert.equal(printProgram(read), printProgram(program));
  }
});

for (const seed of SEEDS) {
  const programs = generatePrograms(seed, COUNT);

  Deno.test(
    `generatePrograms() uses every operation often enough with seed ${seed}`,
    { permissions: "none" },
    () => {
      const uses = new Map<string, number>();
      const ops = programs.flatMap(({ steps, action }) => [
        ...new Set(steps.map((step) => step.op)),
        action.op,
      ]);
      for (const op of ops) uses.set(op, (uses.get(op) ?? 0) + 1);
      const rare = [...TRANSFORMATIONS, ...ACTIONS]
        .filter((op) => (uses.get(op) ?? 0) < LEAST);
      assert.deepEqual(rare, []);
    },
  );

  Deno.test(
    `generatePrograms() collects what every transformation makes with seed ${seed}`,
    { permissions: "none" },
    () => {
      const collected = new Set(
        programs.filter(({ action }) => action.op === "collect")
          .flatMap(({ steps }) => steps.map((step) => step.op)),
      );
      assert.deepEqual(
        TRANSFORMATIONS.filter((op) => !collected.has(op)),
        [],
      );
    },
  );

  Deno.test(`generatePrograms() keeps its limits with seed ${seed}`, {
    permissions: "none",
  }, () => {
    for (const { steps, action } of programs) {
      const length = steps.filter((step) => step.op !== "parallelize").length;
      assert.ok(length >= TRANSFORMATION_LIMITS.least);
      assert.ok(length <= TRANSFORMATION_LIMITS.most);
      // Only earlier RDDs, and all of them used.
      steps.forEach((step, id) => assert.ok(step.of.every((of) => of < id)));
      const used = new Set([action.of, ...steps.flatMap((step) => step.of)]);
      assert.equal(used.size, steps.length);
    }
  });

  Deno.test(`generatePrograms() types records as they are with seed ${seed}`, {
    permissions: "none",
  }, () => {
    for (const { steps } of programs) {
      runSteps(steps).forEach((records, id) => {
        const type = steps[id]?.type;
        assert.ok(type !== undefined);
        for (const record of records) {
          assert.ok(isOf(record, type), `${JSON.stringify(record)} in r${id}`);
        }
      });
    }
  });

  Deno.test(
    `generatePrograms() makes few programs without a result with seed ${seed}`,
    { permissions: "none" },
    () => {
      const outcomes = programs.map(arrayOutcome);
      const empty = outcomes.filter((outcome) =>
        outcome.kind === "failure" ||
        (Array.isArray(outcome.value) && outcome.value.length === 0)
      );
      assert.ok(empty.length > 0, "no program on empty RDDs");
      assert.ok(empty.length < COUNT / 5, `${empty.length} programs`);
    },
  );
}

function isOf(value: unknown, type: RecordType): boolean {
  switch (type.kind) {
    case "int":
      return Number.isSafeInteger(value);
    case "text":
      return typeof value === "string";
    case "tuple":
      return Array.isArray(value) && value.length === type.items.length &&
        type.items.every((item, i) => isOf(value[i], item));
    case "list":
    case "bag":
      return Array.isArray(value) &&
        value.every((item) => isOf(item, type.item));
    case "option":
      return value === undefined || isOf(value, type.item);
    case "float":
    case "flag":
    case "runs":
      return false; // of results only
  }
}
