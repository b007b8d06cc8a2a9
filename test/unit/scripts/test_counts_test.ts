import assert from "node:assert/strict";
import { countResults, failedTests } from "../../../scripts/test_counts.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="4" failures="1" errors="0" time="0.066">
  <testsuite name="./a_test.ts" tests="4" disabled="1" errors="0" failures="1">
    <testcase name="ok" classname="./a_test.ts" time="0.003" line="1" col="6">
    </testcase>
    <testcase name="ok too" classname="./a_test.ts" time="0.003">
    </testcase>
    <testcase name="&lt;failure>" classname="./a_test.ts" time="0.007">
      <failure message="Uncaught Error: x">Error: x &lt;testcase </failure>
    </testcase>
    <testcase name="left out" classname="./a_test.ts" time="0.000">
      <skipped/>
    </testcase>
  </testsuite>
</testsuites>`;

Deno.test("countResults() counts passed, failed and ignored cases", {
  permissions: "none",
}, () => {
  assert.deepEqual(countResults(REPORT, false), {
    passed: 2,
    failed: 1,
    ignored: 1,
  });
});

Deno.test(
  "countResults() counts a failed run without failed cases as one failure",
  {
    permissions: "none",
  },
  () => {
    assert.deepEqual(countResults("", false), {
      passed: 0,
      failed: 1,
      ignored: 0,
    });
    const green = `<testsuites><testsuite><testcase name="ok"></testcase>`;
    assert.deepEqual(countResults(green, false), {
      passed: 1,
      failed: 1,
      ignored: 0,
    });
  },
);

Deno.test("countResults() of an empty successful run is all zero", {
  permissions: "none",
}, () => {
  assert.deepEqual(countResults("", true), {
    passed: 0,
    failed: 0,
    ignored: 0,
  });
});

Deno.test(
  "failedTests() tells the step that failed, and not the test around it",
  {
    permissions: "none",
  },
  () => {
    const report = `<testsuites><testsuite name="a" tests="3">
    <testcase name="a" classname="./a_test.ts" time="1.250" line="1">
      <failure message="1 test step failed">1 test step failed.</failure>
    </testcase>
    <testcase name="a &gt; &quot;b&quot;" classname="./a_test.ts" time="1.000">
      <failure message="Uncaught Error: 1 &lt; 2
2
3
4
5">more</failure>
    </testcase>
    <testcase name="c" classname="./a_test.ts" time="1.000"></testcase>
    </testsuite></testsuites>`;
    assert.deepEqual(failedTests(report), [
      { name: 'a > "b"', message: "Uncaught Error: 1 < 2\n2\n3\n4" },
    ]);
  },
);
