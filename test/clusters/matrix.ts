/**
 * `deno task matrix [row …] [--write]`: runs rows of the matrix, all by
 * default, and prints the table that docs/clusters.md holds.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { writePagePart } from "../page_part.ts";
import { MATRIX } from "./matrix_row.ts";
import { type RowResult, rowsByVersion, runRows } from "./run_matrix.ts";

const PAGE = new URL("../../docs/clusters.md", import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const rows = MATRIX.filter(({ name }) =>
  positionals.length === 0 || positionals.some((part) => name.includes(part))
);
const results: RowResult[] = [];
for (const group of rowsByVersion(rows)) {
  for (const result of await runRows(group)) {
    results.push(result);
    console.error(
      `${result.name}, Spark ${result.version}: ${
        result.failure ?? result.proof
      } (${result.seconds} s)`,
    );
  }
}
const table = [
  "| setting | Spark | what was seen, beside a right word count | |",
  "| --- | --- | --- | --- |",
  ...rows.map(({ name }) => {
    const own = results.filter((result) => result.name === name);
    const passed = own.every(({ failure }) => failure === undefined);
    return `| ${name} | ${own.map(({ version }) => version).join(", ")} | ${
      own.at(-1)?.proof ?? "–"
    } | ${passed ? "passed" : "FAILED"} |`;
  }),
].join("\n");
console.log(table);
if (values.write) await writePagePart(PAGE, "matrix", table);
Deno.exitCode = results.some(({ failure }) => failure !== undefined) ? 1 : 0;
