/**
 * `deno task bench [suite[/row] …]`: times small parts with tinybench and
 * prints one table for each file of `bench/micro/`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  describeCommit,
  describeMachine,
  type Machine,
} from "./harness/record.ts";
import {
  FULL_EFFORT,
  type MicroModule,
  QUICK_EFFORT,
  type RowTimes,
  timeRows,
} from "./micro/suite.ts";
import { formatSuite } from "./micro/suite_table.ts";

/** What `--json` writes. */
export interface MicroRecord {
  /** When it ended, ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  /** Commit of this repository, with "+" for changes on top. */
  readonly commit: string;
  /** Versions of Deno and V8. */
  readonly deno: string;
  readonly v8: string;
  /** Whether it was only seen that everything runs. */
  readonly isQuick: boolean;
  /** Times by suite, in nanoseconds for each item. */
  readonly suites: Readonly<Record<string, RecordedSuite>>;
}

/** One suite of a {@link MicroRecord}. */
export interface RecordedSuite {
  /** What an item is. */
  readonly item: string;
  readonly rows: readonly RowTimes[];
}

/** A suite, and the part of a row's name that chooses its rows; "" for all. */
export interface Choice {
  readonly suite: string;
  readonly row: string;
}

const FOLDER = new URL("micro/", import.meta.url);
const SUFFIX = ".bench.ts";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const names = await suiteNames();
  if (values.help) return console.log(helpText(names));

  const suites: Record<string, RecordedSuite> = {};
  for (const choice of chooseSuites(positionals, names)) {
    const times = await timeSuite(choice, values.quick);
    const key = choice.row === ""
      ? choice.suite
      : `${choice.suite}/${choice.row}`;
    suites[key] = times;
  }
  if (values.json === undefined) return;
  const record: MicroRecord = {
    date: new Date().toISOString(),
    machine: await describeMachine(),
    commit: await describeCommit(),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    isQuick: values.quick,
    suites,
  };
  await Deno.writeTextFile(
    values.json,
    `${JSON.stringify(record, null, 2)}\n`,
  );
}

/**
 * Reads the names on the command line.
 *
 * @param args such as "cbor" or "cbor/decode"; none for all suites
 * @param names of all suites
 * @throws RangeError for a suite that does not exist
 */
export function chooseSuites(
  args: readonly string[],
  names: readonly string[],
): Choice[] {
  if (args.length === 0) return names.map((suite) => ({ suite, row: "" }));
  return args.map((arg) => {
    const [suite = "", ...row] = arg.split("/");
    if (names.includes(suite)) return { suite, row: row.join("/") };
    throw new RangeError(
      `Cannot time "${suite}": no suite has this name; choose from ${
        names.join(", ")
      }`,
    );
  });
}

async function suiteNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (name.endsWith(SUFFIX)) names.push(name.slice(0, -SUFFIX.length));
  }
  return names.sort();
}

async function timeSuite(
  { suite: name, row }: Choice,
  isQuick: boolean,
): Promise<RecordedSuite> {
  const module: MicroModule = await import(
    new URL(name + SUFFIX, FOLDER).href
  );
  const suite = await module.default();
  try {
    const rows = suite.rows.filter((each) => each.name.includes(row));
    if (rows.length === 0) {
      throw new RangeError(
        `Cannot time "${name}/${row}": no row has this in its name; choose from ${
          suite.rows.map((each) => each.name).join(", ")
        }`,
      );
    }
    const times = await timeRows(rows, isQuick ? QUICK_EFFORT : FULL_EFFORT);
    console.log(`\n## ${name}\n\n${formatSuite(suite.item, times)}`);
    if (suite.note !== undefined) console.log(`\n${suite.note}`);
    return { item: suite.item, rows: times };
  } finally {
    await suite.close?.();
  }
}

function helpText(names: readonly string[]): string {
  return `deno task bench [suite[/row] …] [options]

  --quick        only see that everything runs; the times say nothing
  --json path    write the times to a file as well
  --help         this text

A row is chosen by any part of its name: cbor/decode. Rows of a suite are warmed
up together; timed alone, the same row shows code that has seen no other data.

Suites: ${names.join(", ")}`;
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  });
}
