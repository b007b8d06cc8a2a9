import assert from "node:assert/strict";
import plugin from "../../../scripts/lint_plugin.ts";

const ROOT = decodeURIComponent(new URL("../../..", import.meta.url).pathname);

/** What the plugin says about `source` if it stood at `path`. */
function lint(path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, ROOT + path, source)
    .map((diagnostic) => `${diagnostic.id}: ${diagnostic.message}`);
}

Deno.test("layer-imports accepts an import to the left and inside the folder", () => {
  for (
    const [path, source] of [
      ["src/protocol/frame.ts", `import "../common/errors.ts";`],
      ["src/serde/batched.ts", `export * from "./serializer.ts";`],
      ["src/driver/gateway/pool.ts", `import "../launch/find_spark.ts";`],
      ["src/driver/launch/gateway.ts", `import "../gateway/answer.ts";`],
      ["src/driver/rdd/rdd.ts", `import type { X } from "../closure/a.ts";`],
      ["worker/main.ts", `import "../src/serde/cbor.ts";`],
      ["mod.ts", `export { a } from "./src/driver/context/a.ts";`],
      ["test/unit/a_test.ts", `import "../../worker/main.ts";`],
      ["src/bridge/addon.ts", `import "../../native/tspark.node";`],
    ] as const
  ) {
    assert.deepEqual(lint(path, source), [], path);
  }
});

Deno.test("layer-imports refuses an import to the right in every form of import", () => {
  const expected = [
    'tspark/layer-imports: "src/common/ids.ts" imports ' +
    '"src/protocol/frame.ts": src/common/ stands left of src/protocol/',
  ];
  for (
    const source of [
      `import { a } from "../protocol/frame.ts";`,
      `import type { A } from "../protocol/frame.ts";`,
      `export { a } from "../protocol/frame.ts";`,
      `export * from "../protocol/frame.ts";`,
      `const a = await import("../protocol/frame.ts");`,
    ]
  ) {
    assert.deepEqual(lint("src/common/ids.ts", source), expected, source);
  }
});

Deno.test("layer-imports refuses the driver's folders in the wrong order", () => {
  assert.deepEqual(
    lint("src/driver/rdd/rdd.ts", `import "../sql/data_frame.ts";`),
    [
      'tspark/layer-imports: "src/driver/rdd/rdd.ts" imports ' +
      '"src/driver/sql/data_frame.ts": src/driver/rdd/ stands left of src/driver/sql/',
    ],
  );
});

Deno.test("layer-imports lets a facade name the type of another to the right", () => {
  const source = `import type { DataFrame } from "../sql/data_frame.ts";`;
  assert.deepEqual(lint("src/driver/rdd/rdd.ts", source), []);
  const complaint = (from: string): string[] => [
    `tspark/layer-imports: "${from}" imports "src/driver/sql/data_frame.ts": ` +
    "src/driver/rdd/ stands left of src/driver/sql/",
  ];
  assert.deepEqual(
    lint("src/driver/rdd/values.ts", source),
    complaint("src/driver/rdd/values.ts"),
  );
  assert.deepEqual(
    lint("src/driver/rdd/rdd.ts", source.replace("import type", "import")),
    complaint("src/driver/rdd/rdd.ts"),
  );
});

Deno.test("layer-imports refuses the driver in a worker and the worker in the driver", () => {
  assert.deepEqual(
    lint("worker/main.ts", `import "../src/driver/launch/find_spark.ts";`),
    [
      'tspark/layer-imports: "worker/main.ts" imports ' +
      '"src/driver/launch/find_spark.ts": a worker never loads the driver',
    ],
  );
  assert.deepEqual(lint("worker/main.ts", `import "../mod.ts";`), [
    'tspark/layer-imports: "worker/main.ts" imports "mod.ts": ' +
    "a worker never loads the driver",
  ]);
  assert.deepEqual(
    lint("src/driver/rdd/rdd.ts", `import "../../../worker/main.ts";`),
    [
      'tspark/layer-imports: "src/driver/rdd/rdd.ts" imports ' +
      '"worker/main.ts": src/driver/rdd/ stands left of worker/',
    ],
  );
  assert.deepEqual(lint("mod.ts", `import "./worker/main.ts";`), [
    'tspark/layer-imports: "mod.ts" imports "worker/main.ts": ' +
    "mod.ts stands left of worker/",
  ]);
});

Deno.test("layer-imports refuses tests and scripts in the library", () => {
  assert.deepEqual(
    lint("src/bridge/addon.ts", `import "../../scripts/build_native.ts";`),
    [
      'tspark/layer-imports: "src/bridge/addon.ts" imports ' +
      '"scripts/build_native.ts": it is not part of the library',
    ],
  );
});

Deno.test("layer-imports keeps a package with the file that owns it", () => {
  assert.deepEqual(
    lint(
      "src/serde/arrow/arrow_table.ts",
      `import { Encoder } from "apache-arrow";`,
    ),
    [],
  );
  assert.deepEqual(
    lint("worker/main.ts", `import { Encoder } from "apache-arrow";`),
    [
      'tspark/layer-imports: "worker/main.ts" imports "apache-arrow": ' +
      'only "src/serde/arrow/arrow_table.ts" may',
    ],
  );
});

Deno.test("file-length counts lines of code and refuses the 401st", () => {
  assert.deepEqual(lint("src/common/a.ts", "a;\n".repeat(400)), []);
  assert.deepEqual(lint("bench/jobs.ts", "a;\n".repeat(401)), [
    "tspark/file-length: File has 401 lines of code: at most 400 are read",
  ]);
});

Deno.test("file-length leaves comments and blank lines out", () => {
  const comments = "// one\n\n/**\n * Two.\n */\n   /* three */\n";
  assert.deepEqual(
    lint("src/common/a.ts", comments.repeat(200) + "a; // four\n".repeat(400)),
    [],
  );
  const urls = 'const a = "http://a /* no comment */";\n';
  assert.deepEqual(lint("src/common/a.ts", comments + urls.repeat(401)), [
    "tspark/file-length: File has 401 lines of code: at most 400 are read",
  ]);
});

Deno.test("file-length lets a facade be longer", () => {
  const methods = "  a(): number {\n    return 1;\n  }\n".repeat(400);
  const source = `export class RDD {\n${methods}}\n`;
  assert.deepEqual(lint("src/driver/rdd/rdd.ts", source), []);
});

Deno.test("facade-body refuses the seventh statement of a body, nested ones counted", () => {
  const bodies = (count: number): string[] => [
    `class A { a() { ${"b();".repeat(count)} } }`,
    `class A { get a() { ${"b();".repeat(count - 1)} return 1; } }`,
    `function a() { ${"b();".repeat(count)} }`,
    `const a = () => { ${"b();".repeat(count)} };`,
    `class A { static { ${"b();".repeat(count)} } }`,
    `function a() { if (b) { ${"b();".repeat(count - 1)} } }`,
    `function a() { for (const c of d) { ${"b();".repeat(count - 1)} } }`,
    `function a() { for (let i = 0; i < 1; i++) { ${
      "b();".repeat(count - 1)
    } } }`,
    `function a() { try { ${"b();".repeat(count - 2)} } catch { c(); } }`,
  ];
  for (const source of bodies(6)) {
    assert.deepEqual(lint("src/driver/rdd/rdd.ts", source), [], source);
  }
  for (const source of bodies(7)) {
    assert.deepEqual(lint("src/driver/rdd/rdd.ts", source), [
      "tspark/facade-body: Body has 7 statements: a facade's have at most 6",
    ], source);
    assert.deepEqual(lint("src/driver/rdd/plan/a.ts", source), [], source);
  }
});

Deno.test("facade-body counts a function inside a body apart", () => {
  const source = `function a() {
    ${"b();".repeat(5)}
    return c(() => { ${"b();".repeat(6)} });
  }`;
  assert.deepEqual(lint("src/driver/rdd/rdd.ts", source), []);
});

Deno.test("no-console-in-library refuses the console in src, worker and mod.ts only", () => {
  const expected = [
    "tspark/no-console-in-library: Library uses the console: " +
    "the terminal is the user's",
  ];
  for (const path of ["src/common/a.ts", "worker/a.ts", "mod.ts"]) {
    assert.deepEqual(lint(path, "console.error(1);"), expected, path);
  }
  for (const path of ["examples/a.ts", "bench/a.ts", "scripts/a.ts"]) {
    assert.deepEqual(lint(path, "console.log(1);"), [], path);
  }
});

Deno.test("no-stdout-in-worker refuses stdout in worker/ and nowhere else", () => {
  const sources = ["Deno.stdout;", "process.stdout;", "Deno.stderr;"];
  assert.deepEqual(sources.flatMap((source) => lint("worker/a.ts", source)), [
    'tspark/no-stdout-in-worker: Worker uses "Deno.stdout": ' +
    "Spark reads the daemon's port from it",
    'tspark/no-stdout-in-worker: Worker uses "process.stdout": ' +
    "Spark reads the daemon's port from it",
  ]);
  assert.deepEqual(lint("src/common/a.ts", "Deno.stdout;"), []);
});

Deno.test("no-process-change-in-parallel-tests refuses what threads of one process share", () => {
  const used = [
    'Deno.env.set("A", "1");',
    'Deno.env.delete("A");',
    'Deno.chdir("/");',
    "const mask = Deno.umask(0);",
    'process.chdir("/");',
    "process.umask(0);",
    'process.env.A = "1";',
    'process.env["A"] ??= "1";',
    "delete globalThis.process.env.A;",
  ];
  const folders = ["unit", "types", "closure", "cli", "npm", "differential"];
  for (const folder of folders) {
    const path = `test/${folder}/a_test.ts`;
    assert.deepEqual(
      used.flatMap((source) => lint(path, source)),
      [
        "Deno.env.set",
        "Deno.env.delete",
        "Deno.chdir",
        "Deno.umask",
        "process.chdir",
        "process.umask",
        "process.env.A",
        'process.env["A"]',
        "process.env.A",
      ].map((name) =>
        `tspark/no-process-change-in-parallel-tests: Test uses "${name}": it changes the process for the tests beside it`
      ),
      path,
    );
  }
  for (const path of ["test/alone/a_test.ts", "test/integration/a.ts"]) {
    assert.deepEqual(used.flatMap((source) => lint(path, source)), [], path);
  }
  for (const source of ['Deno.env.get("A");', "process.env.A;"]) {
    assert.deepEqual(lint("test/unit/a_test.ts", source), [], source);
  }
});
