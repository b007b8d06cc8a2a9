/**
 * `deno task nightly [part of a title …]`: what takes too long for each change.
 * CI runs a small part of most of it. One thing at a time; ends as CI does.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { isGreen, type Job, runJobs, summary } from "./jobs.ts";
import { prepareNative } from "./prepare.ts";
import {
  EVERY_SPARK_TESTS,
  MORE_SPARK_VERSIONS,
  SPARK_VERSIONS,
  sparkJob,
} from "./test.ts";

const LIMIT_MS = 3 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const PROGRAMS = "200";
/** The Spark that releases of Delta Lake and Iceberg fit. */
const LAKEHOUSE_SPARK = "4.0.5";
/** The Spark whose connector to Kafka the repository of jars has. */
const KAFKA_SPARK = "4.0.5";

/** Another one each day, printed so that a day can be repeated. */
function seedOfToday(): string {
  return Deno.env.get("TSPARK_DIFFERENTIAL_SEED") ??
    String(Math.floor(Date.now() / DAY_MS));
}

function nightlyJobs(seed: string): Job[] {
  const [newest = "", ...others] = SPARK_VERSIONS;
  const whole = (
    title: string,
    file: string,
    ...parts: readonly string[]
  ): Job =>
    sparkJob(
      newest,
      title,
      parts.length === 0 ? [file] : [file, "--", ...parts],
      { TSPARK_NIGHTLY: "1" },
    );
  return [
    sparkJob(
      newest,
      `${PROGRAMS} differential programs of seed ${seed}`,
      ["test/differential/differential_test.ts"],
      {
        TSPARK_DIFFERENTIAL_SEED: seed,
        TSPARK_DIFFERENTIAL_COUNT: PROGRAMS,
      },
    ),
    ...others.map((version) =>
      sparkJob(version, "Queries as generated code", [EVERY_SPARK_TESTS])
    ),
    ...MORE_SPARK_VERSIONS.map((version) =>
      sparkJob(version, "Every Spark's tests", [EVERY_SPARK_TESTS])
    ),
    whole(
      "Every way out of confined workers",
      "test/integration/newest_spark/confinement_test.ts",
    ),
    whole(
      "A thousand small jobs leave nothing behind",
      "test/integration/newest_spark/leak_test.ts",
    ),
    whole(
      "Permissions of programs and of executors",
      "test/integration/newest_spark.ts",
      "permissions",
      "other_user",
    ),
    whole(
      "Examples",
      "test/nightly/examples_test.ts",
    ),
    whole(
      "Spark's example programs",
      "test/nightly/spark_examples_test.ts",
    ),
    whole("A notebook, by Jupyter", "test/nightly/notebook_test.ts"),
    whole(
      "Pictures of the site and of a notebook",
      "test/nightly/pictures_test.ts",
    ),
    whole(
      "Profiles, in the viewers of Chrome and VS Code",
      "test/nightly/profile_viewers_test.ts",
    ),
    whole("A debugger in a function", "test/nightly/inspect_test.ts"),
    whole("Every block of the guides", "test/nightly/docs_test.ts"),
    whole("A new project", "test/nightly/init_test.ts"),
    whole(
      "Streams under a hundred kills",
      "test/nightly/exactly_once_test.ts",
    ),
    whole(
      "Streams into PostgreSQL",
      "test/nightly/stream_examples_test.ts",
    ),
    sparkJob(
      KAFKA_SPARK,
      "Streams of Kafka",
      ["test/nightly/kafka_test.ts"],
    ),
    ...SPARK_VERSIONS.map((version) =>
      sparkJob(version, "Columns of more than 2 GiB", [
        "test/nightly/large_columns_test.ts",
      ])
    ),
    whole("Large packages", "test/nightly/large_packages_test.ts"),
    sparkJob(LAKEHOUSE_SPARK, "Delta Lake", ["test/nightly/delta_test.ts"]),
    sparkJob(LAKEHOUSE_SPARK, "Apache Iceberg", [
      "test/nightly/iceberg_test.ts",
    ]),
    whole("YARN", "test/nightly/yarn_test.ts"),
    whole("Pods of Kubernetes", "test/nightly/kubernetes_test.ts"),
    whole("JDBC with PostgreSQL", "test/nightly/postgres_test.ts"),
    whole("Functions in Java", "test/nightly/java_functions_test.ts"),
    whole(
      "WebAssembly of packages, installed and confined",
      "test/nightly/wasm_packages_test.ts",
    ),
    whole("What captures leave behind", "test/closure/cost_test.ts"),
    whole("Every host", "test/closure/hosts/hosts_test.ts"),
    task("Every fault", ["faults"]),
    task("The whole matrix of clusters", ["matrix"]),
    task("200 million rows", ["soak:rows"]),
    task("Fuzzing", ["fuzz", "--inputs", "200000"]),
    task("Fuzzing of Rust", ["fuzz:native"]),
    task("Small benchmarks", ["bench"]),
    task("Jobs as benchmarks", ["bench:jobs", "--runs", "1"]),
    task("Scaling", ["bench:scaling", "--quick", "--runs", "1"]),
  ].map((job) => ({ ...job, limitMs: LIMIT_MS }));
}

function task(title: string, args: readonly string[]): Job {
  return { title, command: Deno.execPath(), args: ["task", ...args] };
}

if (import.meta.main) {
  Deno.chdir(fileURLToPath(new URL("../", import.meta.url)));
  const seed = seedOfToday();
  console.error(
    `The seed is ${seed}: TSPARK_DIFFERENTIAL_SEED=${seed} repeats it`,
  );
  await prepareNative();
  const jobs = nightlyJobs(seed).filter(({ title }) =>
    Deno.args.length === 0 || Deno.args.some((part) => title.includes(part))
  );
  const results = await runJobs(jobs, 1);
  console.log(summary(results));
  Deno.exit(isGreen(results) ? 0 : 1);
}
