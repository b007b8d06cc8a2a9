import assert from "node:assert/strict";
import type { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import type { JavaObject } from "../../../../src/driver/gateway/java_object.ts";
import type { PackageBundles } from "../../../../src/driver/runtime/package_bundles.ts";
import type { SharedVariables } from "../../../../src/driver/runtime/shared_variables.ts";
import { WorkerFunctions } from "../../../../src/driver/runtime/worker_function.ts";

Deno.test(
  "WorkerFunctions asks for the broadcast threshold until it is told, and once then",
  {
    permissions: "none",
  },
  async () => {
    const reason = new Error("the first action was cancelled");
    let asked = 0;
    let constructed = 0;
    const gateway = {
      callStatic: () =>
        ++asked === 1 ? Promise.reject(reason) : Promise.resolve(1 << 20),
      construct: () => Promise.resolve(`function ${++constructed}`),
    };
    const shared = {
      needed: () =>
        Promise.resolve({
          ids: [],
          broadcasts: [],
          accumulator: null,
          records: [],
        }),
    };
    const packages = {
      needed: () =>
        Promise.resolve({ packages: { kind: "none" }, broadcast: null }),
    };
    const functions = new WorkerFunctions({
      gateway: gateway as unknown as Gateway,
      jsc: {} as JavaObject,
      shared: shared as unknown as SharedVariables,
      packages: packages as unknown as PackageBundles,
      launcher: "launcher",
      memoryBytes: 1,
    });
    const work = {
      input: { kind: "batch" },
      steps: [],
      output: { kind: "batch", records: null },
      outputClosure: null,
    } as const;
    await assert.rejects(functions.make(work), reason);
    assert.equal(await functions.make(work), "function 1");
    assert.equal(await functions.make(work), "function 2");
    assert.equal(asked, 2);
  },
);
