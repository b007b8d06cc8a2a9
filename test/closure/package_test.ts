import assert from "node:assert/strict";
import { createRequire } from "node:module";
import debug from "debug";
import { chunk, groupBy } from "lodash-es";
import * as lodash from "lodash-es";
import ms from "ms";
import { z } from "zod";
import { ClosureError } from "../../src/common/errors.ts";
import { bundleByDeno } from "../../src/driver/closure/bundle_by_deno.ts";
import { bundleByEsbuild } from "../../src/driver/closure/bundle_by_esbuild.ts";
import { bundlePackages } from "../../src/driver/closure/bundle_packages.ts";
import { placeModules } from "../../src/driver/closure/module_places.ts";
import { filesOfModules } from "../../src/driver/closure/package_files.ts";
import type { Bundler } from "../../src/driver/closure/bundled_script.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { captureAll } from "./captured_parcel.ts";
import { packageFolder } from "./package_folder.ts";
import { describe } from "./parcel.ts";
import { runBundled } from "./run_bundled.ts";
import { type Cases, runElsewhere, TEST_USE } from "./run_cases.ts";

const BUNDLERS: Readonly<Record<string, Bundler>> = {
  "deno bundle": bundleByDeno,
  esbuild: bundleByEsbuild,
};

for (const [name, bundler] of Object.entries(BUNDLERS)) {
  Deno.test(`packages of a node_modules travel by ${name}`, async (t) => {
    await using folder = await packageFolder();
    const cases = await localCases(folder.path);
    using capturer = new ClosureCapturer();
    const outcomes = await runBundled(capturer, cases, bundler);
    for (const [at, [name, f]] of Object.entries(cases).entries()) {
      await t.step(name, async () => {
        assert.equal(outcomes[at]?.stack, "");
        assert.equal(outcomes[at]?.result, describe(await f()));
      });
    }
  });
}

Deno.test("packages of npm travel: a pure one, one with dependencies, CommonJS", async (t) => {
  const schema = z.object({ a: z.number().min(2) });
  const cases: Cases = {
    "a function of a pure package": () =>
      groupBy([1, 2, 3], (x: number) => x % 2),
    "the namespace of a package": () => lodash.chunk([1, 2, 3], 2),
    "two functions of one package": () => chunk([1, 2], 1).length,
    "a function that is a whole CommonJS module": () => ms("2 days"),
    "a CommonJS module with dependencies, one of them missing": () =>
      debug("a").namespace + debug.humanize(60_000),
    "what a package made here": () => [
      schema.safeParse({ a: 1 }).success,
      schema.parse({ a: 3, b: 1 }),
    ],
    "import() of a package": async () => (await import("ms")).default("1h"),
    "import() of a platform's module by its short name": async () =>
      (await import("path")).basename("/a/b"),
    "import() of a local module": async () =>
      (await import("./modules/arithmetic.ts")).change(),
  };
  using capturer = new ClosureCapturer();
  const outcomes = await runBundled(capturer, cases, bundleByDeno);
  for (const [at, [name, f]] of Object.entries(cases).entries()) {
    await t.step(name, async () => {
      assert.equal(outcomes[at]?.stack, "");
      assert.equal(outcomes[at]?.result, describe(await f()));
    });
  }
});

Deno.test("packages travel by name: nothing of their text is in the record", async () => {
  using capturer = new ClosureCapturer();
  const record = await capturer.capture([() => groupBy([1], String)], TEST_USE);
  assert.equal(record.codes.length, 1);
  assert.deepEqual(record.nodes.filter(({ kind }) => kind === "package"), [
    { kind: "package", module: "lodash-es/groupBy.js", path: ["default"] },
  ]);
});

Deno.test("packages of a program without a lock find what they depend on", async () => {
  await using folder = await temporaryFolder();
  using capturer = new ClosureCapturer();
  const { modules } = await captureAll(capturer, [() => debug("a").namespace]);
  const program = `${folder.path}/program.ts`;
  await Deno.writeTextFile(program, programThatBundles(modules));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-lock", "--no-config", program],
    cwd: folder.path,
  }).output();
  assert.equal(
    new TextDecoder().decode(stdout),
    "1m\n",
    new TextDecoder().decode(stderr),
  );
});

Deno.test("mapStack() tells a package's own file for a position in a bundle", async () => {
  await using folder = await packageFolder();
  const { fail } = await import(`${folder.path}/node_modules/shapes/index.js`);
  using capturer = new ClosureCapturer();
  const [outcome] = await runBundled(
    capturer,
    { fail: () => fail() },
    bundleByDeno,
  );
  assert.match(
    capturer.mapStack(outcome?.stack ?? ""),
    new RegExp(
      `^RangeError: out of shape\n.*file://${folder.path}/node_modules/shapes/index.js:19:\\d+.*\n.*package_test.ts:\\d+:\\d+`,
    ),
  );
});

Deno.test("capture() refuses objects of a package's class that has private members", async () => {
  await using folder = await packageFolder();
  const { Secret } = await import(
    `${folder.path}/node_modules/shapes/index.js`
  );
  const secret = new Secret();
  using capturer = new ClosureCapturer();
  const error = await capturer.capture([() => secret], TEST_USE)
    .then(() => null, (error: unknown) => error);
  assert.ok(error instanceof ClosureError);
  assert.match(
    error.message,
    /^Cannot capture "secret" used by map\(\) at app\.ts:14:9: an object of class "Secret" has private \(#\) members, which no other code can read; use TypeScript's "private", or make the object inside the function\n {2}path: map\(\) function → secret$/,
  );
});

Deno.test("a worker finds packages that are installed beside it", async () => {
  await using folder = await packageFolder();
  const cases = await localCases(folder.path);
  using capturer = new ClosureCapturer();
  const { records } = await captureAll(capturer, Object.values(cases));
  const outcomes = await runElsewhere(records, {
    packages: { kind: "installed" },
    folder: folder.path,
  });
  for (const [at, [name, f]] of Object.entries(cases).entries()) {
    assert.equal(outcomes[at]?.stack, "", name);
    assert.equal(outcomes[at]?.result, describe(await f()), name);
  }
});

Deno.test("a worker tells which package is not installed, and what to do", async () => {
  using capturer = new ClosureCapturer();
  const { records } = await captureAll(capturer, [
    () => ms("1h"),
    () => import("ms"),
  ]);
  const outcomes = await runElsewhere(records, {
    packages: { kind: "installed" },
    folder: "/",
  });
  for (const [at, name] of ["ms/index.js", "ms"].entries()) {
    const [line] = outcomes[at]?.stack.split("\n") ?? [];
    assert.equal(
      line,
      `WorkerError: Cannot load "${name}" on this worker: no node_modules of "/" has it; send one by sc.addArchive("packages.zip#node_modules"), or set spark.tspark.packages to "bundle"`,
    );
  }
});

Deno.test("a worker tells which module was not sent, and what to do", async () => {
  using capturer = new ClosureCapturer();
  const name = "somewhere";
  const { records } = await captureAll(capturer, [() => import(name)]);
  const [outcome] = await runElsewhere(records);
  assert.equal(
    outcome?.stack.split("\n")[0],
    'WorkerError: Cannot import "somewhere" on a worker: it was not sent with the function; write its name as a literal, or call sc.addPackage("somewhere") first',
  );
});

Deno.test("a file that no module names is serialized when the program names it", async () => {
  await using folder = await packageFolder();
  const { late } = await import(
    `${folder.path}/node_modules/beside/lib/index.js`
  );
  using capturer = new ClosureCapturer();
  const cases = { late: () => late("late.txt") };
  const [lost] = await runBundled(capturer, cases, bundleByDeno);
  assert.equal(
    lost?.stack.split("\n")[0],
    'WorkerError: Cannot read "beside/data/late.txt" of a package on a worker: it was not sent with the package, which names it by no literal; name it in the "files" of sc.addPackage()',
  );
  const files = new Map([["beside", new Set(["data/late.txt"])]]);
  const [found] = await runBundled(capturer, cases, bundleByDeno, files);
  assert.deepEqual(found, { result: '"late"', stack: "" });
  const none = new Map([["beside", new Set(["data/none.txt"])]]);
  await assert.rejects(runBundled(capturer, cases, bundleByDeno, none), {
    condition: "PACKAGE_FILE_MISSING",
    message:
      'Cannot send "data/none.txt" of package "beside" to the workers: there is no such file, or no module of the package asks where it lies; name the package by its own name, and the file from the package\'s folder on',
  });
});

Deno.test("filesOfModules() takes so many bytes and no more", async () => {
  await using folder = await packageFolder();
  const url = `file://${folder.path}/node_modules/beside/lib/index.js`;
  const script = await bundleByDeno(
    `export const modules = { a: () => require(${JSON.stringify(url)}) };`,
    { added: [], modules: new Map([["a", url]]), imports: new Set() },
  );
  const placed = placeModules(script);
  const files = new Map([["beside", new Set(["data/large.bin"])]]);
  const all = await filesOfModules(placed, files);
  const total = all.values().reduce((sum, { length }) => sum + length, 0);
  assert.equal((await filesOfModules(placed, files, total)).size, all.size);
  await assert.rejects(filesOfModules(placed, files, total - 1), {
    condition: "PACKAGE_FILES_TOO_LARGE",
    message:
      `Cannot send "beside/data/large.bin" of a package to the workers: it has 10 bytes, and the files of all packages may have ${
        total - 1
      }; install the package on the executors and set spark.tspark.packages to "installed"`,
  });
});

Deno.test("bundlePackages() says in the bundler's words what is not to be found", async () => {
  const contents = {
    added: ["no-such-package"],
    modules: new Map(),
    imports: new Set(["no-such-package"]),
  };
  await assert.rejects(bundlePackages(contents, bundleByDeno), {
    condition: "PACKAGES_NOT_BUNDLED",
    message:
      'Cannot bundle "no-such-package" for the workers: Import "no-such-package" not a dependency and not in import map; check the names, or install the packages on the executors and set spark.tspark.packages to "installed"',
  });
  await assert.rejects(bundlePackages(contents, bundleByEsbuild), {
    condition: "PACKAGES_NOT_BUNDLED",
    message:
      /^Cannot bundle "no-such-package" for the workers: .*Could not resolve "no-such-package"/s,
  });
});

/** Functions over the packages of {@link packageFolder}. */
/** Bundles modules where no configuration is, and calls what is in the bundle. */
function programThatBundles(modules: ReadonlyMap<string, string>): string {
  const bundler = import.meta.resolve(
    "../../src/driver/closure/bundle_by_deno.ts",
  );
  const [url = ""] = modules.values();
  return `
    import { bundleByDeno } from ${JSON.stringify(bundler)};
    const entry = 'export const load = () => require(${JSON.stringify(url)});';
    const contents = { added: [], modules: new Map([["debug", ${
    JSON.stringify(url)
  }]]), imports: new Set() };
    const { text } = await bundleByDeno(entry, contents);
    const module = { exports: {} };
    const { createRequire } = await import("node:module");
    new Function("module", "exports", "require", text)(module, module.exports, createRequire(import.meta.url));
    console.log(module.exports.load().humanize(60_000));
  `;
}

async function localCases(folder: string): Promise<Cases> {
  const modules = `${folder}/node_modules`;
  const shapes = await import(`${modules}/shapes/index.js`);
  const { default: Square, area, count, makeScaler, tools } = shapes;
  const beside = await import(`${modules}/beside/lib/index.js`);
  const old = createRequire(`${folder}/main.js`)("old-style");
  const square = new Square(4);
  const scaler = makeScaler(3);
  class Cube extends (Square as new (side: number) => Sized) {
    volume(): number {
      return this.area() * this.side;
    }
  }
  const cube = new Cube(2);
  const { double } = tools;
  const meter = new shapes.Meter("m");
  const copied = meter.copy();
  return {
    "a function of an ES module": () => area({ area: () => 5 }),
    "a class, its objects and its static members": () => [
      new Square(3).area(),
      square.area(),
      square instanceof Square,
      Square.unit.side,
    ],
    "an object with arrow functions that use this": () => [
      meter.read(),
      meter.show(2),
    ],
    "a copied arrow function, whose this is another object": () => [
      copied.unit,
      copied.show(3),
    ],
    "a subclass of a package's class, and an object of it": () => [
      cube.volume(),
      cube instanceof Square,
      new Cube(1).area(),
    ],
    "a function that a package made here": () => scaler(2),
    "an exported object with a WeakMap in it": () => [
      tools.double(4),
      tools.deep.triple(2),
      double(1),
    ],
    "a method of an exported class": () => {
      const { area } = Square.prototype;
      return area.call({ side: 6 });
    },
    "the namespace as a value": () => "area" in shapes,
    "the state of a module": () => typeof count(),
    "a CommonJS function and what hangs on it": () => [old(1), old.upper("b")],
    "a package that does without one whose addon is not built": () =>
      old.log("a"),
    "files beside a module, in all ways of Node": () => beside.read(),
    "files beside a module, in all ways of Deno": () => beside.readByDeno(),
    "whether there is a file beside a module": () => beside.exists(),
    "JSON beside a module": () => beside.version(),
    "imported WebAssembly": () => beside.addImported(1, 2),
    "fetched WebAssembly": () => beside.addStreaming(1, 2),
    "files beside a CommonJS module": () => old.beside(),
    "one module for all of its users": () => shapes.Square === Square,
  };
}

interface Sized {
  readonly side: number;
  area(): number;
}
