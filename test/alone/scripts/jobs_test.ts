import assert from "node:assert/strict";
import { runJobs } from "../../../scripts/jobs.ts";

// Children of tests beside it would count.
Deno.test(
  "runJobs() tells what each job and its children took of the processors",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    const busy = "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done";
    const [idle, working] = await runJobs([
      { title: "idle", command: "sleep", args: ["0.3"] },
      { title: "working", command: "sh", args: ["-c", `sh -c '${busy}'; :`] },
    ], 1);
    assert.ok((idle?.processorSeconds ?? 1) < 0.1);
    assert.ok((working?.processorSeconds ?? 0) >= 0.03);
  },
);
