/**
 * What goes wrong in programs over DataFrames, and what the program is told.
 *
 * @module
 */
import type { DataFrame, JavaError, SparkSession } from "../../../mod.ts";

/** Something wrong, and the error that it gives on the newest Spark. */
export interface BadInput {
  readonly title: string;
  readonly run: () => unknown;
  readonly kind: typeof JavaError;
  readonly condition: string;
  readonly sqlState: string | undefined;
  /** Those whose values are the same in each run. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How the message begins. */
  readonly text: string;
  /** A line of it that tells of what is below. */
  readonly cause?: string;
}

/** What the cases work on. */
export interface BadInputs {
  readonly spark: SparkSession;
  /** A folder with the files of {@link writeBadFiles}. */
  readonly dir: string;
}

/**
 * Writes files that cannot be read as what they are named.
 *
 * @param dir a folder
 */
export async function writeBadFiles(dir: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    "bad.csv": "id,name\n1,a\nx,b\n3\n",
    "bad.json": '{"id":1}\n{"id":\n{"id":"x"}\n',
    "bad.xml": "<rows><row><id>1</id></row><row><id>x</id></row></rows>",
    "not.parquet": "no parquet at all",
    "not.orc": "no orc at all",
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${dir}/${name}`, text);
  }
}

const PEOPLE: { id: number; name: string; n: number | null }[] = [
  { id: 1, name: "a", n: null },
  { id: 2, name: "b", n: 3 },
];

/** A small frame: with its types, and as a program sees it that has none. */
export function people(
  spark: SparkSession,
): {
  df: DataFrame<{ id: number; name: string; n: number | null }>;
  u: DataFrame;
} {
  const df = spark.createDataFrame(PEOPLE);
  return { df, u: df as unknown as DataFrame };
}
