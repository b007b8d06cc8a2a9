/** What a project is made of: texts by their paths from its folder. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** What the files of a project depend on. */
export interface ProjectFacts {
  /** The project's name: letters, digits and hyphens. */
  readonly name: string;
  /** The folder of TSpark's sources, where it was not installed from a registry; null otherwise. */
  readonly source: string | null;
}

/** A project, and what to type in it. */
export interface NewProject {
  readonly files: ProjectFiles;
  readonly commands: readonly {
    readonly command: string;
    readonly what: string;
  }[];
}

/** The steps of the pipeline, from DataFrame to DataFrame. */
export const PIPELINE =
  `import { type DataFrame, functions as F, udf } from "@tspark/tspark";

/** The columns of data/orders.jsonl: the compiler knows them by this text. */
export const ORDER =
  "id BIGINT, customer STRING, country STRING, amount DOUBLE";

/** One order. */
export interface Order {
  id: number | null;
  customer: string | null;
  country: string | null;
  amount: number | null;
}

/** Runs on the executors, once for each row. */
const countryName = udf(
  (code: string | null) =>
    code === null
      ? "unknown"
      : new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code,
  "string",
);

/** What each country spends, and on how many orders: the largest sum first. */
export function spending(orders: DataFrame<Order>) {
  return orders
    .where((c) => c.amount.gt(0)) // c.amuont does not compile
    .select(countryName("country").as("country"), "amount")
    .groupBy("country")
    .agg(F.sum("amount").as("amount"), F.count("*").as("orders"))
    .orderBy(F.col("amount").desc(), "country");
}
`;

/** The program. */
export const MAIN = `import { SparkSession } from "@tspark/tspark";
import { ORDER, spending } from "./pipeline.ts";

const spark = await SparkSession.builder.appName("orders").getOrCreate();
try {
  const orders = spark.read.schema(ORDER).json("data/orders.jsonl");
  await spending(orders).show();
} finally {
  await spark.stop();
}
`;

/**
 * The test of the pipeline.
 *
 * @param head what imports the runner's \`test\`
 * @param test how the runner's \`test\` is called
 */
export function testText(head: string, test: string): string {
  return `${head}import { assertDataFrameEqual, sharedSession } from "@tspark/tspark/testing";
import { ORDER, spending } from "./pipeline.ts";

${test}("spending() adds up orders by country, without those of nothing", async () => {
  const spark = await sharedSession();
  const orders = spark.createDataFrame([
    { id: 1, customer: "Ann", country: "IT", amount: 10.5 },
    { id: 2, customer: "Bob", country: null, amount: 3 },
    { id: 3, customer: "Cid", country: "IT", amount: 20 },
    { id: 4, customer: "Ann", country: "NO", amount: 0 },
  ], ORDER);
  await assertDataFrameEqual(spending(orders), [
    { country: "Italy", amount: 30.5, orders: 2 },
    { country: "unknown", amount: 3, orders: 1 },
  ], { checkRowOrder: true });
});
`;
}

/** The data. */
export const DATA = `${
  [
    { id: 1, customer: "Ann", country: "IT", amount: 120.5 },
    { id: 2, customer: "Bob", country: "NO", amount: 80 },
    { id: 3, customer: "Cid", country: "IT", amount: 14.25 },
    { id: 4, customer: "Dan", amount: 9.9 },
    { id: 5, customer: "Ann", country: "PE", amount: 0 },
  ].map((order) => JSON.stringify(order)).join("\n")
}\n`;

/** What is made while programs run. */
export const IGNORED = `node_modules/
metastore_db/
spark-warehouse/
derby.log
`;

/**
 * The workflow for GitHub.
 *
 * @param steps shell commands that prepare, check and test
 */
export function workflow(steps: readonly string[]): string {
  return `name: ci

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    env:
      # Java 17 and Python with pip, which fetches Spark, are on the runner.
      JAVA_HOME: /usr/lib/jvm/temurin-17-jdk-amd64
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24
${steps.map((step) => `      - run: ${step}\n`).join("")}`;
}

/**
 * The page about the project.
 *
 * @param name the project's
 * @param commands what to type
 * @param tspark what runs `tspark` there
 */
export function readme(
  name: string,
  commands: NewProject["commands"],
  tspark: string,
): string {
  const width = Math.max(...commands.map(({ command }) => command.length)) + 4;
  return `# ${name}

A pipeline on Apache Spark, in TypeScript.

\`\`\`sh
${
    commands.map(({ command, what }) => `${command.padEnd(width)}# ${what}`)
      .join("\n")
  }
\`\`\`

- \`pipeline.ts\` has the steps: functions from DataFrame to DataFrame, whose
  columns the compiler knows.
- \`main.ts\` is the program: it reads, calls the steps, and shows what comes out.
- \`pipeline_test.ts\` runs the steps on a few rows, on a small Spark of its own.

Java 17 has to be there. Spark is taken from \`SPARK_HOME\`, from an installed
\`pyspark\`, or from this user's cache, into which it is fetched once by

\`\`\`sh
${tspark} spark install
\`\`\`
`;
}
