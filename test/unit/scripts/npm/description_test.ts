import assert from "node:assert/strict";
import { dntOptions } from "../../../../scripts/build_npm.ts";
import { describePackage } from "../../../../scripts/npm/description.ts";
import { packageManifest } from "../../../../scripts/npm/manifest.ts";

const ROOT = new URL("../../../../", import.meta.url);
const CONFIG = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));

function isFile(path: string): boolean {
  return Deno.statSync(new URL(path, ROOT)).isFile;
}

Deno.test("dnt and the build without JSR are told of the same modules, which are there", () => {
  const description = describePackage(CONFIG);
  const options = dntOptions(description, "/out");
  assert.deepEqual(
    options.entryPoints.map(({ kind, name, path }) => [kind, name, path]),
    [
      ["export", ".", "./mod.ts"],
      ["bin", "tspark", "./src/cli/main.ts"],
      ["export", "./functions", "./src/driver/sql/functions/mod.ts"],
      ["export", "./lint", "./src/lint/mod.ts"],
      ["export", "./testing", "./src/testing/mod.ts"],
      ["export", "./typing", "./src/driver/sql/typing/mod.ts"],
    ],
  );
  for (const { path } of options.entryPoints) assert.ok(isFile(path), path);
  for (const [from, to] of Object.entries(options.mappings ?? {})) {
    assert.ok(isFile(from), from);
    assert.ok(isFile(to), to);
  }
  assert.ok(isFile(description.worker.source));
  assert.deepEqual(options.shims, {});
  assert.equal(options.outDir, "/out");
});

Deno.test("both packages name the same programs and dependencies", () => {
  const description = describePackage(CONFIG);
  const { package: fields } = dntOptions(description, "/out");
  const manifest = packageManifest(description);
  for (
    const name of [
      "name",
      "version",
      "license",
      "engines",
      "bin",
      "dependencies",
      "optionalDependencies",
      "peerDependencies",
      "peerDependenciesMeta",
      "type",
      "types",
    ] as const
  ) {
    assert.deepEqual(manifest[name], fields[name], name);
  }
  assert.deepEqual(fields.exports, { "./package.json": "./package.json" });
  assert.deepEqual(Object.keys(manifest["exports"] as object), [
    ".",
    "./functions",
    "./lint",
    "./testing",
    "./typing",
    "./package.json",
  ]);
  assert.deepEqual(fields.bin, {
    tspark: "esm/src/cli/main.js",
    "tspark-worker": "esm/worker/main.mjs",
  });
});

Deno.test("the package depends on what its driver imports, and on Deno, and on nothing else", () => {
  const imported = new Set<string>();
  const { mappings, fields } = describePackage(CONFIG);
  for (const path of modulesIn("src/")) {
    if (mappings[path] !== undefined) continue; // another stands in for it
    const text = Deno.readTextFileSync(new URL(path, ROOT));
    for (const [, first, second] of text.matchAll(IMPORT)) {
      const name = first ?? second ?? "";
      if (!/^(\.|node:|@tspark\/)/.test(name)) imported.add(packageOf(name));
    }
  }
  assert.deepEqual(
    Object.keys(fields.dependencies).sort(),
    [...imported, "deno"].sort(),
  );
});

Deno.test("a package without a version in deno.json is told", () => {
  const imports = { ...CONFIG.imports, acorn: "./acorn.ts" };
  assert.throws(() => describePackage({ ...CONFIG, imports }), {
    message:
      'Cannot describe the npm package: deno.json maps "acorn" to "./acorn.ts", which names no version; map it to one of npm',
  });
});

/** Whole lines, so that no example in a comment counts. */
const IMPORT =
  /^(?:import|export|\}).* from "([^"]+)";$|\bimport\("([^"]+)"\)/gm;

function* modulesIn(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    if (isDirectory) yield* modulesIn(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield `${folder}${name}`;
  }
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

Deno.test("the package's own README imports what it exports, and names its programs", async () => {
  const description = describePackage(CONFIG);
  const [from] = Object.entries(description.copies)
    .find(([, to]) => to === "README.md") ?? [];
  const text = Deno.readTextFileSync(new URL(from ?? "", ROOT));
  let imports = 0;
  for (const [, block = ""] of text.matchAll(/^```ts\n(.*?)^```/gms)) {
    for (
      const [, names = "", specifier = ""] of block.matchAll(
        /import \{([^}]*)\} from "([^"]+)"/g,
      )
    ) {
      const entry = description.entryPoints.find(({ kind, name }) =>
        kind === "export" &&
        specifier === `${description.fields.name}${name.slice(1)}`
      );
      assert.ok(entry !== undefined, specifier);
      const exported = await import(new URL(entry.path, ROOT).href);
      for (const name of names.split(",")) {
        const [first = ""] = name.trim().split(" as ");
        assert.ok(first in exported, `${first} of ${specifier}`);
        imports++;
      }
    }
  }
  assert.ok(imports > 2);
  for (const [, program = ""] of text.matchAll(/\bnpx (\S+)/g)) {
    assert.ok(program in description.fields.bin, program);
  }
  assert.doesNotMatch(text, /\]\((?!https:)/, "no link leaves the package");
});
