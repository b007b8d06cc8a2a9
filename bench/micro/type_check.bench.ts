import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MicroSuite } from "./suite.ts";

const ROOT = new URL("../../", import.meta.url);
const COLUMNS = 200;
const STEPS = 40;
const TYPES = ["STRING", "INT", "STRUCT<a: STRING>", "ARRAY<STRING>"];

/**
 * What `deno check` takes for a program, its own start and the library's types
 * included. The library comes as an installed one, from a server: what lies in
 * files beside the program would be checked as a part of it, bodies and all.
 */
export default async function typeCheck(): Promise<MicroSuite> {
  const folder = await Deno.makeTempDir();
  const cache = join(folder, "cache");
  await Deno.mkdir(cache);
  await Deno.symlink(await packagesFolder(), join(cache, "npm"));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    serveFile,
  );
  const address = `127.0.0.1:${server.addr.port}`;
  const head = `import type { SparkSession } from "http://${address}/mod.ts";
declare const spark: SparkSession;
`;
  let serial = 0;
  const check = (program: string) => async () => {
    // Another text each time: Deno remembers what it has checked.
    const file = join(folder, `program${serial}.ts`);
    await Deno.writeTextFile(file, `${head}${program}// ${serial++}\n`);
    const config = fileURLToPath(new URL("deno.json", ROOT));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["check", "--quiet", "--no-lock", `--allow-import=${address}`],
        ...["--config", config, file],
      ],
      env: { DENO_DIR: cache },
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  };
  const row = (name: string, program: string) => ({
    name,
    items: 1,
    variants: { "deno check": check(program) },
  });
  return {
    item: "program",
    rows: [
      row("an empty program", "export {};\n"),
      row(`${STEPS} withColumn and where over ${COLUMNS} columns`, wide()),
    ],
    async close() {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function serveFile({ url }: Request): Promise<Response> {
  const { pathname } = new URL(url);
  const text = await Deno.readTextFile(new URL(`.${pathname}`, ROOT))
    .catch(() => null);
  if (text === null) return new Response(null, { status: 404 });
  const headers = { "content-type": "application/typescript" };
  return new Response(text, { headers });
}

/** Where Deno keeps packages of npm. */
async function packagesFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).output();
  const info: { npmCache: string } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  return info.npmCache;
}

function wide(): string {
  const columns = Array.from(
    { length: COLUMNS },
    (_, i) => `c${i} ${TYPES[i % TYPES.length]}`,
  );
  const steps = Array.from({ length: STEPS }, (_, i) => `
  .withColumn("n${i}", (c) => c.c${
    4 * i + 1
  }.plus(1)).where((c) => c.n${i}.gt(${i}))`);
  return `export const n = spark.createDataFrame([], "${columns.join(", ")}")${
    steps.join("")
  }.select("c0", "n${STEPS - 1}", "c2.a");
export const first: Promise<{ c0: string | null; n${
    STEPS - 1
  }: number | null; a: string | null }[]> = n.collect();
`;
}
