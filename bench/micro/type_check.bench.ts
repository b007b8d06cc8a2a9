import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MicroSuite } from "./suite.ts";

const ROOT = new URL("../../", import.meta.url);
const COLUMNS = 200;
const STEPS = 40;
const TYPES = ["STRING", "INT", "STRUCT<a: STRING>", "ARRAY<STRING>"];

/** What `deno check` takes for a program, its own start and the library's types included. */
export default async function typeCheck(): Promise<MicroSuite> {
  const folder = await Deno.makeTempDir();
  let serial = 0;
  const check = (program: string) => async () => {
    // Another text each time: Deno remembers what it has checked.
    const file = join(folder, `program${serial}.ts`);
    await Deno.writeTextFile(file, `${HEAD}${program}// ${serial++}\n`);
    const config = fileURLToPath(new URL("deno.json", ROOT));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, file],
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
    close: () => Deno.remove(folder, { recursive: true }),
  };
}

const HEAD = `import type { SparkSession } from "${new URL("mod.ts", ROOT)}";
declare const spark: SparkSession;
`;

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
