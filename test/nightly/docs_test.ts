import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withTemporaryFolder } from "../cli/temporary_folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Pages whose blocks of TypeScript are programs that run as they stand. */
const PAGES: readonly string[] = [
  "docs/first_steps.md",
  "docs/notebooks.md",
  "docs/plots.md",
];
/** Runs modules one after the other, in one session that all of them share. */
const RUN_ALL = `
import { SparkSession } from "@tspark/tspark";
await using _ = await SparkSession.builder.master("local[2]").getOrCreate();
for (const path of Deno.args) {
  try {
    await import(path);
  } catch (error) {
    console.error("FAILED", path, error);
    Deno.exitCode = 1;
  }
}
`;

/** The blocks of a page that are programs. */
function blocksOf(page: string): string[] {
  const text = Deno.readTextFileSync(join(ROOT, page));
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)]
    .map(([, block = ""]) => block);
}

Deno.test("every block of the guides runs", async () => {
  await withTemporaryFolder(async (folder) => {
    const files: string[] = [];
    for (const page of PAGES) {
      for (const [i, block] of blocksOf(page).entries()) {
        const file = join(folder, page.replace(/\.md$/, ""), `${i + 1}.ts`);
        await Deno.mkdir(dirname(file), { recursive: true });
        await Deno.writeTextFile(file, block);
        files.push(pathToFileURL(file).href);
      }
    }
    assert.ok(files.length > PAGES.length);
    await Deno.writeTextFile(join(folder, "run_all.ts"), RUN_ALL);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--allow-all", "--no-check", "--no-lock"],
        `--config=${join(ROOT, "deno.json")}`,
        ...[join(folder, "run_all.ts"), ...files],
      ],
      cwd: folder,
      stdin: "null",
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  });
});
