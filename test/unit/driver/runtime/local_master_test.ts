import assert from "node:assert/strict";
import type { JavaObject } from "../../../../src/driver/gateway/java_object.ts";
import {
  isLocalMaster,
  passResultsDirectly,
} from "../../../../src/driver/runtime/local_master.ts";

Deno.test("isLocalMaster() knows masters whose tasks run in the driver's JVM", () => {
  for (const master of ["local", "local[2]", "local[*]", "local[2,4]"]) {
    assert.ok(isLocalMaster(master), master);
  }
  for (
    const master of ["local-cluster[2,1,1024]", "yarn", "spark://a:7077", ""]
  ) {
    assert.ok(!isLocalMaster(master), master);
  }
});

Deno.test("passResultsDirectly() sets the size for a local master alone, where it is missing", async () => {
  const callsFor = async (master: string): Promise<unknown[][]> => {
    const calls: unknown[][] = [];
    const conf: Pick<JavaObject, "callString" | "callObject"> = {
      callString: () => Promise.resolve(master),
      callObject: (...call: unknown[]) => {
        calls.push(call);
        return Promise.resolve(conf as JavaObject);
      },
    };
    await passResultsDirectly(conf as JavaObject);
    return calls;
  };
  assert.deepEqual(await callsFor("local[2]"), [
    ["setIfMissing", "spark.task.maxDirectResultSize", "2047m"],
  ]);
  assert.deepEqual(await callsFor("yarn"), []);
});
