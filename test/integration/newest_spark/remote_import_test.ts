import assert from "node:assert/strict";
import { packNative, projectVersion } from "../../../scripts/pack_native.ts";
import { writeWorkerBundle } from "../../../scripts/bundle_worker.ts";
import { builtAddonPath } from "../../../src/bridge/addon_files.ts";
import { addonTarget } from "../../../src/bridge/addon_targets.ts";
import { findSpark } from "../../../src/driver/launch/find_spark.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const ROOT = new URL("../../../", import.meta.url);
const LIMIT_MS = 120_000;
const TARGET =
  addonTarget("linux", Deno.build.arch === "x86_64" ? "x64" : "arm64") ??
    assert.fail("no addon for this platform");

Deno.test("a driver imported from an address writes its worker to the cache, and finds the addon in npm's package", async () => {
  await using folder = await temporaryFolder();
  const { path } = folder;
  await writeWorkerBundle(`${path}/bundle.js`);
  const addon = await packNative(TARGET, builtAddonPath(), path);
  await using server = await serve(`${path}/bundle.js`, addon);
  const { port } = server.addr;
  await Deno.mkdir(`${path}/program`);
  await Deno.writeTextFile(`${path}/program/deno.json`, "{}");
  await Deno.writeTextFile(
    `${path}/program/.npmrc`,
    `@tspark:registry=http://127.0.0.1:${port}/npm/\n`,
  );
  await Deno.writeTextFile(`${path}/program/app.ts`, program(port));
  const { home } = await findSpark();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "app.ts"],
    cwd: `${path}/program`,
    env: {
      SPARK_HOME: home,
      XDG_CACHE_HOME: `${path}/cache`,
      DENO_DIR: `${path}/deno`,
      NO_COLOR: "1",
    },
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const said = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual(said.counts, [["a", 1], ["b", 2]]);
  assert.match(
    said.main,
    new RegExp(`^file://${path}/cache/tspark/worker/[0-9a-f]{16}/main\\.mjs$`),
  );
  assert.ok(said.addon.startsWith(`${path}/deno/npm/`), said.addon);
  assert.ok(said.addon.endsWith(`/${TARGET.file}`), said.addon);
  assert.doesNotMatch(
    new TextDecoder().decode(stderr),
    /Cannot load the native addon/,
  );
});

function program(port: number): string {
  return `
import { SparkSession } from "http://127.0.0.1:${port}/tspark/mod.ts";

await using spark = await SparkSession.builder.master("local[2]")
  .config("spark.ui.enabled", "false").getOrCreate();
const words = spark.sparkContext.parallelize(["a b", "b"], 2)
  .flatMap((line) => line.split(" "));
const counts = await words.map((word): [string, number] => [word, 1])
  .reduceByKey((a, b) => a + b).sortByKey().collect();
const [place] = await words.map(() => ({
  main: Deno.mainModule,
  addon: Deno.env.get("TSPARK_ADDON"),
})).take(1);
console.log(JSON.stringify({ counts, ...place }));
`;
}

/** Serves the project as JSR does, and the addon's package as npm does. */
async function serve(
  bundle: string,
  addon: string,
): Promise<Deno.HttpServer<Deno.NetAddr>> {
  const config = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  const version = await projectVersion();
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname, origin } = new URL(request.url);
      if (pathname === "/tspark/worker/bundle.js") {
        return new Response(await Deno.readTextFile(bundle), {
          headers: { "content-type": "text/javascript" },
        });
      }
      if (pathname.startsWith("/tspark/")) {
        return await moduleOf(
          pathname.slice("/tspark/".length),
          config.imports,
        );
      }
      if (pathname === "/npm/addon.tgz") {
        return new Response(await Deno.readFile(addon));
      }
      return Response.json({
        name: TARGET.packageName,
        "dist-tags": { latest: version },
        versions: {
          [version]: {
            name: TARGET.packageName,
            version,
            dist: { tarball: `${origin}/npm/addon.tgz` },
          },
        },
      });
    },
  );
}

/** A module, with what deno.json calls packages written out. */
async function moduleOf(
  path: string,
  imports: Readonly<Record<string, string>>,
): Promise<Response> {
  const text = await Deno.readTextFile(new URL(path, ROOT));
  const written = text.replace(
    /(\bfrom |\bimport |\bimport\(\s*)"([^".][^"]*)"/g,
    (whole, before: string, name: string) => {
      const key = Object.keys(imports).find((key) =>
        key.endsWith("/") ? name.startsWith(key) : name === key
      );
      if (key === undefined) return whole;
      return `${before}"${imports[key]}${name.slice(key.length)}"`;
    },
  );
  return new Response(written, {
    headers: { "content-type": "application/typescript" },
  });
}
