/**
 * Everything that a change has to pass, two things at a time. Ends with a table
 * of where the time went, and with `N passed, N failed`: tests and steps alike.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { isGreen, type Job, runJobs, summary } from "./jobs.ts";
import { SPARK_VERSIONS, testJobs } from "./test.ts";

const LANES = 2;
const MANIFEST = ["--manifest-path", "native/Cargo.toml"];

/** Needed by all that follows. */
const FIRST: readonly Job[] = [
  denoStep("The native addon", ["run", "-A", "scripts/build_native.ts"]),
];

/** Quick ones first: they tell soonest what is wrong. */
const CHECKS: readonly Job[] = [
  denoStep("deno fmt", ["fmt", "--check"]),
  denoStep("deno task lint", ["task", "lint"]),
  denoStep("deno task check", ["task", "check"]),
];

/** What fills the second lane while tests wait for Spark. */
const MORE: readonly Job[] = [
  denoStep("deno publish --dry-run", [
    ...["publish", "--dry-run", "--allow-dirty", "--no-check"],
  ]),
  cargoStep("cargo fmt", ["fmt", ...MANIFEST, "--all", "--check"]),
  cargoStep("cargo clippy", [
    ...["clippy", ...MANIFEST, "--workspace", "--all-targets", "--locked"],
    ...["--", "-D", "warnings"],
  ]),
  cargoStep("cargo test", ["test", ...MANIFEST, "--workspace", "--locked"]),
  denoStep("deno task fuzz", ["task", "fuzz", "--inputs", "5000"]),
];

function denoStep(title: string, args: readonly string[]): Job {
  return { title, command: Deno.execPath(), args };
}

function cargoStep(title: string, args: readonly string[]): Job {
  return { title, command: "cargo", args };
}

if (import.meta.main) {
  Deno.chdir(fileURLToPath(new URL("../", import.meta.url)));
  const tests = testJobs({
    unitOnly: false,
    versions: SPARK_VERSIONS,
    all: true,
  });
  const results = [
    ...await runJobs(FIRST, 1),
    ...await runJobs([...CHECKS, ...tests, ...MORE], LANES),
  ];
  console.log(summary(results));
  Deno.exit(isGreen(results) ? 0 : 1);
}
