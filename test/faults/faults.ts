/**
 * `deno task faults [fault …] [--times 20] [--write]`: does each fault so many
 * times in a row, each kind of session in a program of its own, and prints the
 * table that docs/faults.md holds.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { writePagePart } from "../page_part.ts";
import { type FaultResult, runFaults } from "./run_faults.ts";

const PAGE = new URL("../../docs/faults.md", import.meta.url);
const LONGEST = 200; // of what is told of a message

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      times: { type: "string", default: "20" },
      write: { type: "boolean", default: false },
    },
  });
  const results = await runFaults(positionals, Number(values.times));
  const table = tableOf(results);
  console.log(table);
  for (const { name, wrong } of results) {
    for (const text of wrong) console.error(`${name}: ${text}`);
  }
  const isWell = results.every(({ wrong }) => wrong.length === 0);
  if (values.write) {
    const date = new Date().toISOString().slice(0, 10);
    await writePagePart(PAGE, "faults", `${date}, Spark 4.3.0:\n\n${table}`);
  }
  return isWell ? 0 : 1;
}

function tableOf(results: readonly FaultResult[]): string {
  const rows = results.map(({ done, seen, times, wrong, slowestMs }) =>
    [
      done,
      seen.map(inTable).join("; or ") || "–",
      `${times - wrong.length} of ${times}`,
      wrong.length === 0 ? "nothing" : inTable(wrong[0] ?? ""),
      `${(slowestMs / 1000).toFixed(1)} s`,
    ].join(" | ")
  );
  return [
    "| what was done | what the user saw | as wanted, next job right | what was left | longest |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

/** One line, without the numbers that differ from run to run. */
function inTable(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}

if (import.meta.main) Deno.exit(await main());
