import { resolve } from "node:path";
import process from "node:process";
import { SparkSession } from "../../mod.ts";
import { platform } from "../common/platform/deno.ts";
import { type TableColumns, tableTypes } from "../types/typescript_text.ts";
import { sparkEnvironment } from "./spark_options.ts";
import { note, say } from "./terminal.ts";

/** What commander read, beside the options that Spark is started with. */
export interface TypesWords {
  /** Path of the file. */
  readonly out?: string;
}

/**
 * `tspark types`: writes TypeScript interfaces of the rows of tables, into a
 * file or to stdout.
 *
 * @param tables names of tables and views, `db.table` or `table`
 * @param options the options
 * @throws JavaError as Spark, for a table that is not there
 */
export async function writeTypes(
  tables: readonly string[],
  options: TypesWords,
): Promise<void> {
  const env = sparkEnvironment(
    options,
    process.env as Record<string, string>,
    "tspark types",
  );
  process.env["PYSPARK_SUBMIT_ARGS"] = env["PYSPARK_SUBMIT_ARGS"];
  await using spark = await SparkSession.builder.getOrCreate();
  const columns: TableColumns[] = [];
  for (const name of tables) {
    const { fields } = await spark.table(name).schema;
    columns.push({ name, fields });
  }
  const text = typesFile(columns);
  if (options.out === undefined) return say(text.trimEnd());
  const path = resolve(options.out);
  await platform.writeAtomically(path, text, 0o644);
  note(`Wrote ${tables.length} to ${path}`);
}

/** The file of some tables: what it imports, and an interface for each. */
export function typesFile(tables: readonly TableColumns[]): string {
  const { declarations, imports } = tableTypes(tables);
  const words = tables.map(({ name }) => name).join(" ");
  const head = `// Made by "tspark types ${
    words.replaceAll("\n", " ")
  }": run it again when tables change.\n`;
  const imported = imports.length === 0
    ? ""
    : `import type { ${imports.join(", ")} } from "@tspark/tspark";\n`;
  return `${head}${imported}\n${declarations}`;
}
