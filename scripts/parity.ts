/**
 * `deno task parity`: writes docs/parity.md, each public name of PySpark's
 * classic SQL API with what stands for it here. PySpark's names are recorded
 * (`record_pyspark_names.py`), ours are looked up in what we export.
 *
 * @module
 */
import * as tspark from "../mod.ts";
import {
  CLASS_NAMES,
  PARITY,
  type ParityTable,
  WHOLE_CLASSES,
} from "./parity_table.ts";

/** The page. */
export const PARITY_PAGE: URL = new URL("../docs/parity.md", import.meta.url);
const RECORD = new URL("pyspark_names.json", import.meta.url);
const EXPORTS = new URL("../mod.ts", import.meta.url);

/** What `record_pyspark_names.py` writes. */
export interface RecordedNames {
  readonly pyspark: string;
  readonly recorded: string;
  readonly modules: Readonly<Record<string, readonly string[]>>;
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

/** A name of PySpark's, and what stands for it. */
export interface ParityRow {
  readonly name: string;
  /** Our names for it; none where there is a reason. */
  readonly ours: readonly string[];
  /** Why it is not the same, for people. */
  readonly reason: string | null;
}

/** What is wrong with the table: names without an answer, and answers without a name. */
export class ParityError extends Error {}

/** Values that have the members of what only the compiler knows by name. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  StructField: new tspark.StructType([{ name: "a", type: tspark.types.int }])
    .get("a"),
  StructType: new tspark.StructType([]),
  UserDefinedFunction: tspark.udf(() => 1, "int"),
};

/** Members that constructors set, and those of interfaces, which the compiler checks. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  SparkSession: ["sparkContext"],
  DataSource: [
    "reader",
    "schema",
    "simpleStreamReader",
    "streamReader",
    "streamWriter",
    "writer",
  ] satisfies (keyof tspark.DataSource)[],
  DataSourceArrowWriter: [
    "abort",
    "commit",
    "writeArrow",
  ] satisfies (keyof tspark.DataSourceArrowWriter)[],
  DataSourceReader: [
    "partitions",
    "pushFilters",
    "read",
  ] satisfies (keyof tspark.DataSourceReader)[],
  DataSourceStreamArrowWriter: [
    "abort",
    "commit",
    "writeArrow",
  ] satisfies (keyof tspark.DataSourceStreamArrowWriter)[],
  DataSourceStreamReader: [
    "commit",
    "getDefaultReadLimit",
    "initialOffset",
    "latestOffset",
    "partitions",
    "prepareForTriggerAvailableNow",
    "read",
    "reportLatestOffset",
    "stop",
  ] satisfies (keyof tspark.DataSourceStreamReader)[],
  DataSourceStreamWriter: [
    "abort",
    "commit",
    "write",
  ] satisfies (keyof tspark.DataSourceStreamWriter)[],
  DataSourceWriter: [
    "abort",
    "commit",
    "write",
  ] satisfies (keyof tspark.DataSourceWriter)[],
  SimpleDataSourceStreamReader: [
    "commit",
    "initialOffset",
    "read",
    "readBetweenOffsets",
  ] satisfies (keyof tspark.SimpleDataSourceStreamReader)[],
};

/** PySpark's names as they were recorded. */
export async function recordedNames(): Promise<RecordedNames> {
  return JSON.parse(await Deno.readTextFile(RECORD));
}

/**
 * What stands for each name of a class or module.
 *
 * @param owner the class or module, as PySpark calls it
 * @param names its names
 * @param exports text of our module
 * @param table what differs
 * @throws ParityError for a name without an answer, and for an answer that is wrong
 */
export function parityRows(
  owner: string,
  names: readonly string[],
  exports: string,
  table: ParityTable = PARITY,
): ParityRow[] {
  const whole = WHOLE_CLASSES[owner];
  if (whole !== undefined) {
    return names.map((name) => ({ name, ours: [], reason: whole }));
  }
  const differing = table[owner] ?? {};
  const stale = Object.keys(differing).filter((name) => !names.includes(name));
  if (stale.length > 0) {
    throw new ParityError(`PySpark's ${owner} has no ${stale.join(", ")}`);
  }
  return names.map((name) => {
    const same = sameName(owner, name);
    const answer = differing[name];
    if (answer === undefined) {
      if (exists(same, exports)) return { name, ours: [same], reason: null };
      throw new ParityError(`Nothing stands for ${owner}.${name}`);
    }
    const [reason = "", found] = answer.split(/(?:^|; )= /);
    if (found !== undefined && !exists(found, exports)) {
      throw new ParityError(`${owner}.${name}: there is no ${found}`);
    }
    return {
      name,
      ours: found === undefined ? [] : [found],
      reason: reason === "" ? null : reason,
    };
  });
}

/**
 * The page.
 *
 * @param recorded PySpark's names
 * @param exports text of our module
 */
export function parityPage(recorded: RecordedNames, exports: string): string {
  const parts = [
    ...Object.entries(recorded.classes),
    ...Object.entries(recorded.modules),
  ].map(([owner, names]) =>
    [owner, parityRows(owner, names, exports)] as const
  );
  const all = parts.flatMap(([, rows]) => rows);
  const there = all.filter(({ ours }) => ours.length > 0).length;
  return `# Parity with PySpark

Each public name of PySpark's classic SQL API, with what stands for it here, or
the reason why nothing does. Written by \`deno task parity\`; a test keeps it
fresh. Tests in \`test/integration/every_spark/\` compare functions with SQL's on
real Spark, and call methods.

- PySpark ${recorded.pyspark}, as \`dir()\` told its names on ${recorded.recorded}
- ${all.length} names, ${there} of them with a counterpart

${parts.map(([owner, rows]) => section(owner, rows)).join("\n")}`;
}

function section(owner: string, rows: readonly ParityRow[]): string {
  const head = ["PySpark", "TSpark"];
  const cells = rows.map(({ name, ours, reason }) => [
    `\`${name}\``,
    [reason, ...ours.map((each) => `\`${each}\``)]
      .filter((part) => part !== null).join("; "),
  ]);
  const widths = head.map((title, at) =>
    Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0))
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return `## ${owner}\n\n${
    [line(head), rule, ...cells.map(line)].join("\n")
  }\n`;
}

function sameName(owner: string, name: string): string {
  if (owner === "pyspark.sql.functions") return `functions.${name}`;
  if (owner.startsWith("pyspark.")) return name;
  return `${CLASS_NAMES[owner] ?? owner}.${name}`;
}

/** Whether we export a name: `col`, `types.int`, `Column.plus`. */
function exists(path: string, exports: string): boolean {
  const [owner = "", member] = path.split(".");
  if (member === undefined) return new RegExp(`\\b${owner}\\b`).test(exports);
  return FIELDS[owner]?.includes(member) === true ||
    membersOf(SAMPLES[owner]).has(member) ||
    membersOf(Reflect.get(tspark, owner)).has(member);
}

/** All names on a value or class and its instances. */
export function membersOf(value: unknown): Set<string> {
  const names = new Set<string>();
  const add = (object: unknown): void => {
    for (let at = object; at !== null && at !== undefined;) {
      if (at === Object.prototype || at === Function.prototype) return;
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
      at = Object.getPrototypeOf(at);
    }
  };
  add(value);
  if (typeof value === "function") add(value.prototype);
  return names;
}

/** The page, as it has to be. */
export async function freshPage(): Promise<string> {
  return parityPage(await recordedNames(), await Deno.readTextFile(EXPORTS));
}

if (import.meta.main) await Deno.writeTextFile(PARITY_PAGE, await freshPage());
