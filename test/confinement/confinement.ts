/**
 * `deno task confinement [--write]`: tries all ways out of a worker whose
 * `spark.tspark.worker.permissions` is empty, and prints the table that
 * docs/confinement.md holds.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { SparkSession } from "../../mod.ts";
import { writePagePart } from "../page_part.ts";
import { WAYS } from "./all_ways.ts";
import { type Outcome, tryWays } from "./try_ways.ts";
import type { Way } from "./way.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const PAGE = new URL("../../docs/confinement.md", import.meta.url);
const LONGEST = 110; // of what is told of a refusal

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: { write: { type: "boolean", default: false } },
  });
  await using spark = await SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.tspark.worker.permissions", "")
    .config("spark.python.worker.reuse", "false") // no attempt meets what another left
    .getOrCreate();
  const parts: string[] = [];
  let isAsKnown = true;
  for (const [about, ways] of WAYS) {
    const outcomes = await tryWays(spark.sparkContext, ways);
    const rows = ways.map((way, at) => row(way, outcomes[at]));
    parts.push(
      [`### ${about}`, "", "| tried | came of it |", "| --- | --- |", ...rows]
        .join("\n"),
    );
    isAsKnown &&= ways.every((way, at) =>
      (way.known === "shut") === (outcomes[at]?.gained === null)
    );
  }
  const table = parts.join("\n\n");
  console.log(table);
  if (values.write) {
    const date = new Date().toISOString().slice(0, 10);
    await writePagePart(
      PAGE,
      "ways",
      `${date}, Spark ${spark.version}, Deno ${Deno.version.deno}:\n\n${table}`,
    );
  }
  return isAsKnown ? 0 : 1;
}

function row({ name, known }: Way, outcome: Outcome | undefined): string {
  if (outcome === undefined) return `| ${name} | not tried |`;
  const { gained, refusal } = outcome;
  if (gained === null) {
    return `| ${name} | ${refusal === null ? "nothing" : inTable(refusal)} |`;
  }
  const why = known === "shut" ? "" : `: ${known.open}`;
  return `| ${name} | **open** (${inTable(gained)})${why} |`;
}

/** One line without what differs from machine to machine. */
function inTable(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|")
    .replace(/, run again with the --allow-\w+ flag$/, "")
    .replaceAll(ROOT, "…/")
    .replaceAll(ROOT.slice(0, -1), "…")
    .replace(/"Heap\.[^"]*"/, '"Heap.…"')
    .replace(/\/tmp\/(?:blockmgr|out|spark)-[^ "]*/, "/tmp/…")
    .replace(/https:\/\/[^ "]*/, "…") // a registry's address, which differs, too
    .replace(/\/proc\/\d+/, "/proc/…")
    .replace(/\d+\.\d+\.\d+\.\d+:53/, "…:53");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}

if (import.meta.main) Deno.exit(await main());
