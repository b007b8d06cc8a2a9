import assert from "node:assert/strict";
import { parseRole } from "../../../worker/main.ts";

Deno.test({
  name: "parseRole() knows how each Spark starts its daemon and its workers",
  permissions: "none",
  fn() {
    const kindOf = (...args: string[]): string => parseRole(args).kind;
    assert.equal(kindOf("-m", "pyspark.daemon"), "daemon"); // 3.5
    assert.equal(kindOf("-m", "pyspark.daemon", "pyspark.worker"), "daemon");
    assert.equal(kindOf("-m", "my.daemon", "pyspark.worker"), "daemon");
    assert.equal(kindOf("-m", "pyspark.worker"), "single");
    assert.deepEqual(parseRole(["serve", "7"]), { kind: "serve", listener: 7 });
    assert.deepEqual(parseRole(["confined", "7"]), {
      kind: "confined",
      listener: 7,
    });
    assert.deepEqual(parseRole(["relay", "7"]), { kind: "relay", listener: 7 });
    assert.equal(kindOf("confined", "pipes"), "refused");
    assert.equal(kindOf("relay", "pipes"), "refused");
    assert.deepEqual(parseRole(["serve", "pipes"]), {
      kind: "serve",
      listener: "pipes",
    });
  },
});

Deno.test({
  name: "parseRole() knows what Spark asks while it plans",
  permissions: "none",
  fn() {
    const module = "pyspark.sql.worker.analyze_udtf";
    assert.deepEqual(parseRole(["-m", "pyspark.daemon", module]), {
      kind: "planner",
      module,
      isDaemon: true,
    });
    const streams = "pyspark.sql.streaming.python_streaming_source_runner";
    assert.deepEqual(parseRole(["-m", streams]), {
      kind: "planner",
      module: streams,
      isDaemon: false,
    });
  },
});

Deno.test({
  name: "parseRole() refuses other worker modules and other arguments by name",
  permissions: "none",
  fn() {
    assert.deepEqual(
      parseRole([
        "-m",
        "pyspark.daemon",
        "pyspark.sql.worker.lookup_data_sources",
      ]),
      {
        kind: "refused",
        reason:
          'Cannot run the worker module "pyspark.sql.worker.lookup_data_sources": TSpark has no counterpart of it; avoid the Spark feature that asks for it',
      },
    );
    assert.deepEqual(parseRole(["--help"]), {
      kind: "refused",
      reason:
        'Cannot start a worker with arguments "--help": this program is started by Spark; run your own with deno run',
    });
  },
});
