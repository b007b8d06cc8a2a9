import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withTemporaryFolder } from "../cli/temporary_folder.ts";
import { USES } from "./doc_uses.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Blocks that need what is not here, by a text in them, and what runs the same code instead. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["kafka.bootstrap.servers", "kafka_test.ts"],
  ["jdbc:postgresql:", "postgres_test.ts"],
  ["io.delta", "delta_test.ts"],
  ['"stock"', "delta_test.ts"],
  ["org.apache.iceberg", "iceberg_test.ts"],
  ["lake.shop.stock", "iceberg_test.ts"],
]);
/** Runs modules one after the other, in one session that all of them share. */
const RUN_ALL = `
import { SparkSession } from "@tspark/tspark";
await using _ = await SparkSession.builder.master("local[2]")
  .config("spark.ui.enabled", "false")
  .config("spark.sql.shuffle.partitions", "2")
  .config("spark.tspark.logs", "driver").getOrCreate();
for (const path of Deno.args) {
  const start = performance.now();
  const late = setTimeout(() => {
    console.error("LATE", path);
    Deno.exit(1);
  }, 90_000);
  try {
    await import(path);
    console.error(path, Math.round(performance.now() - start), "ms");
  } catch (error) {
    console.error("FAILED", path, error);
    Deno.exitCode = 1;
  } finally {
    clearTimeout(late);
  }
}
`;

/** The pages, README first; those with one of the test's arguments in their names, where it has some. */
function pages(): string[] {
  const names = [...Deno.readDirSync(join(ROOT, "docs"))]
    .map(({ name }) => name).filter((name) => name.endsWith(".md")).sort();
  return ["README.md", ...names.map((name) => `docs/${name}`)].filter((page) =>
    Deno.args.length === 0 || Deno.args.some((part) => page.includes(part))
  );
}

/** The blocks of a page that are programs. */
function blocksOf(page: string): string[] {
  const text = Deno.readTextFileSync(join(ROOT, page));
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)]
    .map(([, block = ""]) => block)
    .filter((block) => ![...ELSEWHERE.keys()].some((x) => block.includes(x)));
}

/**
 * A block as a module of its own: it shares the session, and its streams end
 * when they have taken all that there is.
 */
function moduleOf(block: string, service: string): string {
  const text = block
    .replaceAll("await using spark =", "const spark =")
    .replaceAll(
      "await query.awaitTermination()",
      "await query.processAllAvailable()",
    )
    .replaceAll("https://example.com/orders", service)
    .replaceAll(/from "\.\//g, `from "${pathToFileURL(ROOT)}`);
  const use = Object.entries(USES).find(([name]) =>
    new RegExp(`\\b(?:const|function|class) ${name}\\b`).test(block) &&
    !/^(?:await|const spark = await) /m.test(block)
  )?.[1];
  if (use === undefined) return text;
  return `${text}
import check from "node:assert/strict";
import { SparkSession as OwnSession } from "@tspark/tspark";
const ownSpark = OwnSession.active();
{${use}
}
`;
}

/** What the blocks read. */
async function makeFiles(folder: string): Promise<void> {
  await Deno.symlink(join(ROOT, "examples"), join(folder, "examples"));
  const files: Readonly<Record<string, readonly object[]>> = {
    orders: [{ city: "Rome", amount: 12.5 }, { city: "Oslo", amount: 3 }],
    incoming: [{ id: 1, city: "Rome" }, { id: 2, city: "Oslo" }],
    clicks: [{ user: "ann", page: "/", at: "2026-03-01T10:20:30Z" }],
  };
  for (const [name, rows] of Object.entries(files)) {
    await Deno.mkdir(join(folder, name));
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    await Deno.writeTextFile(join(folder, name, "1.json"), lines);
  }
}

Deno.test("every block of the guides runs", async () => {
  const items = [{ id: 1, city: "Rome", total: 50 }];
  await using service = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => Response.json({ pages: 1, items }),
  );
  await withTemporaryFolder(async (folder) => {
    await makeFiles(folder);
    const files: string[] = [];
    const tests: string[] = [];
    const all = pages();
    for (const page of all) {
      for (const [i, block] of blocksOf(page).entries()) {
        const file = join(folder, page.replace(/\.md$/, ""), `${i + 1}.ts`);
        await Deno.mkdir(dirname(file), { recursive: true });
        const address = `http://127.0.0.1:${service.addr.port}/orders`;
        await Deno.writeTextFile(file, moduleOf(block, address));
        const list = block.includes("Deno.test(") ? tests : files;
        list.push(pathToFileURL(file).href);
      }
    }
    assert.ok(files.length > 0);
    await Deno.writeTextFile(join(folder, "run_all.ts"), RUN_ALL);
    await deno(folder, "run", join(folder, "run_all.ts"), ...files);
    if (tests.length > 0) await deno(folder, "test", ...tests);
  });
});

/** Runs a command of Deno in a folder, to its end. */
async function deno(
  folder: string,
  command: "run" | "test",
  ...args: readonly string[]
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...[command, "--allow-all", "--no-check", "--no-lock"],
      `--config=${join(ROOT, "deno.json")}`,
      ...args,
    ],
    cwd: folder,
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((b) => new TextDecoder().decode(b));
  assert.ok(success, `${out}\n${err}`);
}
