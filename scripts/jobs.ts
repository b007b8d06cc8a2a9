/**
 * Runs commands, some at the same time, shows each one's output when it has
 * ended, and tells where the time went.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import {
  countResults,
  type FailedTest,
  failedTests,
  type TestCounts,
  unescapeXml,
} from "./test_counts.ts";

/** A command that passes or fails as a whole, or a run of tests. */
export interface Job {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Makes what it needs, and gives variables of its environment. */
  readonly prepare?: () => Promise<Readonly<Record<string, string>>>;
  /** Whether it is a `deno test`, whose tests count one by one. */
  readonly isTest?: boolean;
  /** Longer, and it hangs; in milliseconds. */
  readonly limitMs?: number;
}

/** What came of a job. */
export interface JobResult {
  readonly title: string;
  readonly counts: TestCounts;
  readonly seconds: number;
  /** What it and its children took of the processors; null where the system does not tell. */
  readonly processorSeconds: number | null;
  /** Its slowest tests, in seconds. */
  readonly slowest: readonly TimedTest[];
  /** What failed in it, and why. */
  readonly failures: readonly FailedTest[];
}

/** A test and its time. */
export interface TimedTest {
  readonly name: string;
  readonly seconds: number;
}

const LIMIT_MS = 50 * 60_000;
const SHOWN_TESTS = 15;
const SLOW_SECONDS = 5;
/** Lines of output that are shown of a command that failed. */
const END_LINES = 8;

/**
 * Runs jobs in their order, so many at a time.
 *
 * @param jobs what to run
 * @param lanes how many at a time
 * @returns what came of each, in the order of their ends
 */
export async function runJobs(
  jobs: readonly Job[],
  lanes: number,
): Promise<JobResult[]> {
  const waiting = [...jobs];
  const processor = new ChildrenTime();
  const results: JobResult[] = [];
  const lane = async (): Promise<void> => {
    for (;;) {
      const job = waiting.shift();
      if (job === undefined) return;
      results.push(await runJob(job, lanes > 1, processor));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/**
 * The end of a report: counts of each job, where the time went, slowest first,
 * and the totals as its last line.
 *
 * @param results what came of the jobs
 */
export function summary(results: readonly JobResult[]): string {
  const total = { passed: 0, failed: 0, ignored: 0 };
  for (const { counts } of results) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.ignored += counts.ignored;
  }
  const byTime = [...results].sort((a, b) => b.seconds - a.seconds);
  const tests = results.flatMap(({ slowest }) => slowest)
    .filter(({ seconds }) => seconds >= SLOW_SECONDS)
    .sort((a, b) => b.seconds - a.seconds).slice(0, SHOWN_TESTS);
  const lines = [
    "",
    ...byTime.map(({ title, counts, seconds, processorSeconds }) =>
      `${seconds.toFixed(0).padStart(5)} s  ${title}: ${describe(counts)}${
        processorSeconds === null
          ? ""
          : `, ${processorSeconds.toFixed(0)} s of the processors`
      }`
    ),
  ];
  if (tests.length > 0) {
    lines.push("", "The slowest tests:");
    for (const { name, seconds } of tests) {
      lines.push(`${seconds.toFixed(0).padStart(5)} s  ${name}`);
    }
  }
  const failures = results.flatMap((result) =>
    result.failures.map((failure) => ({ title: result.title, ...failure }))
  );
  if (failures.length > 0) lines.push("", "What failed:");
  for (const { title, name, message } of failures) {
    lines.push(`${title}: ${name}`, `  ${message.replaceAll("\n", "\n  ")}`);
  }
  if (total.ignored > 0) lines.push("", `${total.ignored} ignored`);
  if (total.passed + total.failed === 0) {
    lines.push("", "Nothing ran");
    total.failed = 1;
  }
  lines.push("", `${total.passed} passed, ${total.failed} failed`);
  return lines.join("\n");
}

/** Whether all of it is right: nothing failed, and something ran. */
export function isGreen(results: readonly JobResult[]): boolean {
  return results.some(({ counts }) => counts.passed > 0) &&
    results.every(({ counts }) => counts.failed === 0);
}

async function runJob(
  job: Job,
  isHeldBack: boolean,
  processor: ChildrenTime,
): Promise<JobResult> {
  const { title, isTest = false } = job;
  const started = performance.now();
  console.error(`=== ${title}: begins`);
  const report = isTest ? await Deno.makeTempFile({ suffix: ".xml" }) : null;
  try {
    const env = await prepared(job);
    const { success, end } = env === null
      ? { success: false, end: "It could not begin" }
      : await runCommand(job, env, report, isHeldBack);
    const xml = report === null ? "" : await Deno.readTextFile(report);
    const failed = failedTests(xml);
    const counts = isTest
      ? countResults(xml, success)
      : { passed: success ? 1 : 0, failed: success ? 0 : 1, ignored: 0 };
    const seconds = (performance.now() - started) / 1000;
    const processorSeconds = processor.sinceLast();
    console.error(
      `=== ${title}: ${describe(counts)}, ${seconds.toFixed(0)} s`,
    );
    const failures = success || failed.length > 0
      ? failed
      : [{ name: "as a whole", message: end }];
    return {
      title,
      counts,
      seconds,
      processorSeconds,
      slowest: timedTests(xml),
      failures,
    };
  } finally {
    if (report !== null) await Deno.remove(report);
  }
}

/** What children have taken of the processors, told when each has ended. */
class ChildrenTime {
  #told = this.#seconds() ?? 0;

  /** Seconds of those that ended since the last call; null where the system does not tell. */
  sinceLast(): number | null {
    const now = this.#seconds();
    if (now === null) return null;
    const since = now - this.#told;
    this.#told = now;
    return since;
  }

  /** Peer: `cutime` and `cstime` of `proc_pid_stat(5)`, in hundredths of a second. */
  #seconds(): number | null {
    if (Deno.build.os !== "linux") return null;
    const stat = Deno.readTextFileSync("/proc/self/stat");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
  }
}

async function prepared(
  { title, prepare }: Job,
): Promise<Readonly<Record<string, string>> | null> {
  try {
    return await prepare?.() ?? {};
  } catch (error) {
    console.error(`=== ${title}: cannot begin`, error);
    return null;
  }
}

async function runCommand(
  { title, command, args, limitMs = LIMIT_MS }: Job,
  env: Readonly<Record<string, string>>,
  report: string | null,
  isHeldBack: boolean,
): Promise<{ success: boolean; end: string }> {
  const output = isHeldBack ? "piped" : "inherit";
  const child = new Deno.Command(command, {
    args: report === null ? [...args] : [
      "test",
      "--allow-all",
      "--no-check", // `deno check` has seen all of it
      `--junit-path=${report}`,
      ...args,
    ],
    env: { ...env },
    stdin: "null",
    stdout: output,
    stderr: output,
    signal: AbortSignal.timeout(limitMs),
  }).spawn();
  if (!isHeldBack) {
    const { success, code } = await child.status;
    return { success, end: `It ended with exit code ${code}` };
  }
  const { success, stdout, stderr } = await child.output();
  console.error(`\n=== ${title}: its output`);
  for (const bytes of [stdout, stderr]) await writeAll(bytes);
  const text = stripVTControlCharacters(
    new TextDecoder().decode(stderr.length > 0 ? stderr : stdout),
  );
  return {
    success,
    end: text.trimEnd().split("\n").slice(-END_LINES).join("\n"),
  };
}

async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await Deno.stderr.write(bytes.subarray(at));
  }
}

/**
 * The whole tests of a JUnit report, and how long they took.
 *
 * @param report the XML text
 */
export function timedTests(report: string): TimedTest[] {
  const tag = /<testcase\s+name="([^"]*)"[^>]*?\stime="([\d.]+)"/g;
  return [...report.matchAll(tag)].map(([, name = "", time = ""]) => ({
    name: unescapeXml(name),
    seconds: Number(time),
  })).filter(({ name }) => !name.includes(" > "));
}

function describe({ passed, failed, ignored }: TestCounts): string {
  const more = ignored > 0 ? `, ${ignored} ignored` : "";
  return `${passed} passed, ${failed} failed${more}`;
}
