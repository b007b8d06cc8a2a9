import assert from "node:assert/strict";
import { readContainerLog } from "../../../src/cli/container_log.ts";
import { YarnReport } from "../../../src/cli/yarn_report.ts";

const PURE = { permissions: "none" } as const;

/** As Hadoop writes it. */
function logOf(text: string): string {
  return `Container: container_1796_0001_02_000001 on host_1
LogAggregationType: AGGREGATED
==============================
LogType:stdout
LogLastModifiedTime:Mon Nov 30 18:00:00 +0000 2026
LogLength:${new TextEncoder().encode(text).length}
LogContents:
${text}
End of LogType:stdout
***********************************************************************

`;
}

const read = (written: string): string =>
  readContainerLog(new TextEncoder().encode(written));

Deno.test(
  "readContainerLog() gives what was written, whatever it looks like",
  PURE,
  () => {
    const nasty = "größer\nLogContents:\nLogLength:3\n";
    assert.equal(read(logOf(nasty)), nasty);
    assert.equal(read(logOf("")), "");
    assert.equal(read(logOf("a\n") + logOf("b")), "a\nb");
  },
);

Deno.test(
  "readContainerLog() finds nothing in what is said in its place",
  PURE,
  () => {
    for (
      const text of [
        "",
        "Can not find any log file matching the pattern: [stdout]\n",
        "LogLength:99\n",
      ]
    ) assert.equal(read(text), "");
  },
);

Deno.test(
  "YarnReport knows the application, and the code that its program ended with",
  PURE,
  () => {
    const report = new YarnReport();
    assert.equal(report.application, null);
    for (
      const line of [
        "26/11/30 18:00:00 INFO Client: Requesting a new application",
        "26/11/30 18:00:01 INFO YarnClientImpl: Submitted application application_1796_0003",
        "26/11/30 18:00:02 INFO Client: Application report for application_1796_0003 (state: RUNNING)",
      ]
    ) report.read(line);
    assert.equal(report.application, "application_1796_0003");
    assert.equal(report.exitCode, null);
    report.read("\t diagnostics: User application exited with status 7");
    assert.equal(report.exitCode, 7);
  },
);
