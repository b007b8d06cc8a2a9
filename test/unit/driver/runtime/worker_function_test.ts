import assert from "node:assert/strict";
import type { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import type { JavaObject } from "../../../../src/driver/gateway/java_object.ts";
import type { PackageBundles } from "../../../../src/driver/runtime/package_bundles.ts";
import type { ClosureRecord } from "../../../../src/protocol/closure_record.ts";
import type { SharedVariables } from "../../../../src/driver/runtime/shared_variables.ts";
import { WorkerFunctions } from "../../../../src/driver/runtime/worker_function.ts";

const NOTHING_NEEDED = {
  ids: [] as number[],
  broadcasts: [] as unknown[],
  accumulator: null as unknown,
  records: [],
};

/** Functions of a JVM and an application that stand for real ones. */
function workerFunctions(options: {
  readonly gateway: object;
  readonly needed?: typeof NOTHING_NEEDED;
  readonly accumulators?: unknown;
  readonly warn?: (text: string) => void;
  readonly encryptsFiles?: boolean;
}): WorkerFunctions {
  return new WorkerFunctions({
    gateway: options.gateway as unknown as Gateway,
    jsc: {} as JavaObject,
    shared: {
      needed: () => Promise.resolve(options.needed ?? NOTHING_NEEDED),
      accumulators: () => Promise.resolve(options.accumulators ?? null),
    } as unknown as SharedVariables,
    packages: {
      needed: () =>
        Promise.resolve({ packages: { kind: "none" }, broadcast: null }),
    } as unknown as PackageBundles,
    launcher: "launcher",
    plannerLauncher: () => Promise.resolve("/worker"),
    environment: new Map(),
    warn: options.warn ?? (() => assert.fail("nothing is large")),
    encryptsFiles: options.encryptsFiles ?? false,
    memoryBytes: 1,
  });
}

/** What reads the rows of a source. */
const READING = {
  form: "readSource",
  name: "squares.read",
  nullInput: "call",
  parameters: null,
  calls: null,
  site: "dataSource.register() at app.ts:3:1",
  returnType: "{}",
  closure: { version: 1, codes: [], nodes: [], roots: [] },
  values: { longs: "number", timestamps: "date", dates: "date" },
  planner: null,
} as const;

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
    const functions = workerFunctions({ gateway });
    const work = {
      input: { kind: "batch" },
      steps: [],
      output: { kind: "batch", records: null },
      outputClosure: null,
    } as const;
    await assert.rejects(functions.make(work, "rdd"), reason);
    assert.deepEqual(await functions.make(work, "rdd"), {
      java: "function 1",
      isLarge: false,
    });
    assert.deepEqual(await functions.make(work, "rdd"), {
      java: "function 2",
      isLarge: false,
    });
    assert.equal(asked, 2);
  },
);

Deno.test(
  "WorkerFunctions warns once of a variable beyond 1 MiB",
  { permissions: "none" },
  async () => {
    const gateway = {
      callStatic: () => Promise.resolve(1 << 30),
      construct: () => Promise.resolve("function"),
    };
    const warnings: string[] = [];
    const functions = workerFunctions({
      gateway,
      warn: (text) => warnings.push(text),
    });
    const closure: ClosureRecord = {
      version: 1,
      codes: [{
        form: "expression",
        source: "(x) => table[x]",
        url: "file:///app.ts",
        line: 0,
        column: 0,
        strict: true,
        names: ["table"],
        eager: 0,
      }],
      nodes: [
        { kind: "function", code: 0, captures: [{ ref: 1 }] },
        { kind: "buffer", bytes: new Uint8Array(3 << 20) },
      ],
      roots: [{ ref: 0 }],
    };
    const work = {
      input: { kind: "batch" },
      steps: [{
        step: { op: "map", f: 0 },
        closure,
        site: "map() at app.ts:14:9",
      }],
      output: { kind: "batch", records: null },
      outputClosure: null,
    } as const;
    await functions.make(work, "rdd");
    await functions.make(work, "rdd");
    assert.deepEqual(warnings, [
      'Warning: "table" used by map() at app.ts:14:9 takes 3.0 MiB along with each job; send it once by sc.broadcast(table), and use its value in the function\n',
    ]);
  },
);

Deno.test(
  "WorkerFunctions gives planned functions accumulators that the program makes later",
  { permissions: "none" },
  async () => {
    const constructed: unknown[][] = [];
    const gateway = {
      callStatic: () => Promise.resolve(1 << 20),
      construct: (...given: unknown[]) => {
        constructed.push(given);
        return Promise.resolve({ keep: () => "variables" });
      },
    };
    const functions = workerFunctions({
      gateway,
      needed: { ...NOTHING_NEEDED, accumulator: "later" },
      accumulators: "all of them",
    });
    const planned = await functions.planned();
    await planned.make(new Uint8Array(1));
    assert.equal(constructed.at(-1)?.at(-1), "all of them");
    const bytes = await planned.command(READING);
    assert.ok(bytes.length > 0);
  },
);

Deno.test(
  "WorkerFunctions refuses broadcasts in what plans where Spark encrypts them",
  { permissions: "none" },
  async () => {
    const functions = workerFunctions({
      gateway: {
        callStatic: () => Promise.resolve(1 << 20),
        construct: () => Promise.resolve({ keep: () => "variables" }),
      },
      needed: { ...NOTHING_NEEDED, ids: [7], broadcasts: ["broadcast"] },
      encryptsFiles: true,
    });
    const refused = {
      condition: "PLANNED_BROADCAST_ENCRYPTED",
      message:
        'Cannot plan with "squares.read", which needs a broadcast: its own, or one for a package or for values of more than a megabyte; with spark.io.encryption.enabled Spark cannot hand broadcasts to what plans a query; do without them there, or without that setting',
    };
    const planned = await functions.planned();
    await assert.rejects(planned.command(READING), refused);
    await assert.rejects(
      functions.makeUdf({ ...READING, planner: 3 }),
      refused,
    );
    await functions.makeUdf(READING); // of which the planner knows nothing
  },
);
