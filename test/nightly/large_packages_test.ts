import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { toScriptText } from "../../src/driver/closure/script_text.ts";
import { parseProgram } from "../../src/driver/closure/syntax_tree.ts";
import { TEST_USE } from "../closure/run_cases.ts";

/** The largest files that popular packages consist of, and whether they load without a browser. */
const PACKAGES: readonly (readonly [
  name: string,
  version: string,
  file: string,
  loads: boolean,
])[] = [
  ["lodash", "4.18.1", "lodash.js", true],
  ["moment", "2.31.0", "min/moment-with-locales.js", true],
  ["typescript", "5.9.3", "lib/typescript.js", true],
  ["three", "0.187.0", "build/three.core.js", false],
  ["d3", "7.9.2", "dist/d3.js", false],
  ["rxjs", "7.8.2", "dist/bundles/rxjs.umd.js", true],
  ["jquery", "4.0.0", "dist/jquery.js", false],
  ["mathjs", "15.2.0", "lib/browser/math.js", true],
  ["xlsx", "0.18.5", "xlsx.js", true],
  ["@babel/standalone", "8.0.6", "babel.js", true],
  ["terser", "5.51.4", "dist/bundle.min.js", true],
  ["prettier", "3.10.1", "plugins/typescript.js", true],
  ["echarts", "6.1.0", "dist/echarts.js", true],
  ["plotly.js-dist", "4.1.1", "plotly.js", false],
  ["sass", "1.108.2", "sass.dart.js", false],
  ["react-dom", "19.3.1", "cjs/react-dom-client.development.js", false],
  ["core-js-bundle", "3.50.0", "index.js", false],
  ["ethers", "6.17.0", "dist/ethers.umd.js", true],
  ["vue", "3.5.45", "dist/vue.global.js", false],
  ["exceljs", "4.4.0", "dist/exceljs.js", false],
  ["pdfmake", "0.3.11", "build/pdfmake.js", true],
  ["pdfjs-dist", "6.5.438", "legacy/build/pdf.worker.mjs", false],
];

/** Longest time for one file, in milliseconds: the largest has ten megabytes. */
const LIMIT_MS = 10_000;

Deno.test("the twenty largest packages of one file are read and captured in time", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "tspark-packages-" });
  try {
    await install(folder);
    const require = createRequire(join(folder, "main.cjs"));
    using capturer = new ClosureCapturer();
    for (const [name, version, file, loads] of PACKAGES) {
      await t.step(`${name} ${version}`, async () => {
        const path = join(folder, "node_modules", name, file);
        const text = await Deno.readTextFile(path);
        await inTime("read", () => {
          toScriptText(text);
          parseProgram(text, isModule(text));
        });
        if (!loads) return;
        const exported: unknown = require(path);
        await inTime("captured", async () => {
          const { nodes } = await capturer.capture(
            [() => exported],
            TEST_USE,
          );
          assert.deepEqual(
            nodes.filter((node) => node.kind === "package").map((node) =>
              node.module
            ),
            [`${name}/${file}`],
          );
        });
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function inTime(
  what: string,
  run: () => void | Promise<void>,
): Promise<void> {
  const start = performance.now();
  await run();
  const took = performance.now() - start;
  assert.ok(took < LIMIT_MS, `${what} in ${took} ms`);
}

function isModule(text: string): boolean {
  return /^export\b/m.test(text);
}

/** What the packages need themselves; `deno install` without `--frozen` writes it anew. */
const LOCK = new URL("large_packages.lock", import.meta.url);

/** Installs the packages in the versions that the lock file names. */
async function install(folder: string): Promise<void> {
  const dependencies = Object.fromEntries(
    PACKAGES.map(([name, version]) => [name, version]),
  );
  await Deno.writeTextFile(
    join(folder, "package.json"),
    JSON.stringify({ private: true, dependencies }),
  );
  await Deno.copyFile(LOCK, join(folder, "deno.lock"));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["install", "--quiet", "--frozen", "--node-modules-dir=auto"],
    cwd: folder,
    stdout: "null",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}
