import { EXIT_CODE } from "./exit_code.ts";
import { CHECKS, type Finding } from "./doctor_checks.ts";
import { runSmallJob } from "./doctor_job.ts";
import { say } from "./terminal.ts";

/**
 * `tspark doctor`: tells what is found, a line each, and what to do where
 * something is wrong.
 *
 * @param withJob whether to start Spark and run a job on it
 * @returns the code for failure when anything is wrong
 */
export async function examine(withJob: boolean): Promise<number> {
  const checks = withJob ? [...CHECKS, ["Job", runSmallJob] as const] : CHECKS;
  let isWell = true;
  for (const [name, check] of checks) {
    const finding = await check();
    say(`${MARKS[finding.state]}  ${name.padEnd(11)} ${finding.text}`);
    if (finding.state === "wrong") isWell = false;
  }
  say(isWell ? "All is well" : "Something is wrong: see the lines with !!");
  return isWell ? EXIT_CODE.ok : EXIT_CODE.failed;
}

const MARKS: Readonly<Record<Finding["state"], string>> = {
  well: "ok",
  slow: "--",
  wrong: "!!",
};
