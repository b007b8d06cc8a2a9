import assert from "node:assert/strict";
import {
  isGreen,
  type JobResult,
  runJobs,
  summary,
  timedTests,
} from "../../../scripts/jobs.ts";

const NONE = { passed: 0, failed: 0, ignored: 0 };

function result(title: string, more: Partial<JobResult>): JobResult {
  return {
    title,
    counts: NONE,
    seconds: 1,
    processorSeconds: null,
    slowest: [],
    failures: [],
    ...more,
  };
}

Deno.test(
  "summary() tells the time of each job, slowest first, and the totals last",
  {
    permissions: "none",
  },
  () => {
    const results = [
      result("Quick", {
        counts: { passed: 1, failed: 0, ignored: 0 },
        slowest: [{ name: "a fast test", seconds: 4 }],
      }),
      result("Slow", {
        counts: { passed: 20, failed: 1, ignored: 2 },
        seconds: 100.4,
        processorSeconds: 80.6,
        slowest: [{ name: "a test", seconds: 5 }, {
          name: "a slow test",
          seconds: 90,
        }],
        failures: [{ name: "a test > a step", message: "1 is 2\nat line 3" }],
      }),
    ];
    assert.equal(
      summary(results),
      [
        "",
        "  100 s  Slow: 20 passed, 1 failed, 2 ignored, 81 s of the processors",
        "    1 s  Quick: 1 passed, 0 failed",
        "",
        "The slowest tests:",
        "   90 s  a slow test",
        "    5 s  a test",
        "",
        "What failed:",
        "Slow: a test > a step",
        "  1 is 2",
        "  at line 3",
        "",
        "2 ignored",
        "",
        "21 passed, 1 failed",
      ].join("\n"),
    );
    assert.equal(isGreen(results), false);
  },
);

Deno.test("a run of nothing is not green", { permissions: "none" }, () => {
  assert.match(summary([]), /\nNothing ran\n\n0 passed, 1 failed$/);
  assert.equal(isGreen([]), false);
});

Deno.test("timedTests() reads whole tests and not their steps", {
  permissions: "none",
}, () => {
  const report = `<testsuites><testsuite name="a" tests="2">
    <testcase name="a &amp; b" classname="./a_test.ts" time="1.250" line="1">
    </testcase>
    <testcase name="a &amp; b &gt; step" classname="./a_test.ts" time="1.000">
    </testcase></testsuite></testsuites>`;
  assert.deepEqual(timedTests(report), [{ name: "a & b", seconds: 1.25 }]);
});

Deno.test("runJobs() runs so many at a time, and counts a failed one once", async () => {
  const folder = await Deno.makeTempDir();
  try {
    // Each waits for the other's file: alone, neither would end.
    const meet = (mine: string, other: string): string[] => [
      "-c",
      `touch ${folder}/${mine}; until [ -e ${folder}/${other} ]; do sleep 0.01; done`,
    ];
    const results = await runJobs([
      { title: "one", command: "sh", args: meet("1", "2"), limitMs: 60_000 },
      { title: "two", command: "sh", args: meet("2", "1"), limitMs: 60_000 },
      {
        title: "three",
        command: "sh",
        args: ["-c", "echo no luck >&2; exit 3"],
      },
      {
        title: "four",
        command: "sh",
        args: ["-c", '[ "$WORD" = right ]'],
        prepare: () => Promise.resolve({ WORD: "right" }),
      },
      {
        title: "five",
        command: "true",
        args: [],
        prepare: () => Promise.reject(new Error("nothing to begin with")),
      },
    ], 2);
    assert.deepEqual(
      results.map(({ title, counts }) => [title, counts.passed, counts.failed])
        .sort(),
      [
        ["five", 0, 1],
        ["four", 1, 0],
        ["one", 1, 0],
        ["three", 0, 1],
        ["two", 1, 0],
      ],
    );
    assert.deepEqual(
      results.flatMap(({ title, failures }) =>
        failures.map(({ name, message }) => [title, name, message])
      ).sort(),
      [
        ["five", "as a whole", "It could not begin"],
        ["three", "as a whole", "no luck"],
      ],
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
