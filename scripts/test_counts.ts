/**
 * Reads what came of tests from the report that `deno test --junit-path` writes.
 *
 * @module
 */

/** How many tests did what, steps included. */
export interface TestCounts {
  /** Tests that ran to their end. */
  readonly passed: number;
  /** Tests that threw, leaked, or never came to run. */
  readonly failed: number;
  /** Tests marked to be left out. */
  readonly ignored: number;
}

/** A test or step that failed, and why. */
export interface FailedTest {
  /** Its title, behind the titles that it is a step of. */
  readonly name: string;
  /** The first lines of what it threw. */
  readonly message: string;
}

const MESSAGE_LINES = 4;

/**
 * Counts the cases of a JUnit report. A run that failed without any failed
 * case (a file that does not load or compile, a run cut short) counts as one
 * failure, so that it cannot look green.
 *
 * @param report the XML text; empty when the run wrote none
 * @param success whether the run's exit code was 0
 */
export function countResults(report: string, success: boolean): TestCounts {
  // Names and messages are escaped in the report: a tag in it is a real tag.
  const cases = count(report, /<testcase[\s>]/g);
  const ignored = count(report, /<skipped[\s/>]/g);
  const failures = count(report, /<failure[\s/>]/g) +
    count(report, /<error[\s/>]/g);
  return {
    passed: cases - ignored - failures,
    failed: failures === 0 && !success ? 1 : failures,
    ignored,
  };
}

/**
 * The tests and steps of a JUnit report that failed by themselves, and not by
 * one of their steps.
 *
 * @param report the XML text
 */
export function failedTests(report: string): FailedTest[] {
  const failure =
    /<testcase\s+name="([^"]*)"[^>]*>\s*<(?:failure|error)\s+message="([^"]*)"/g;
  return [...report.matchAll(failure)]
    .map(([, name = "", message = ""]) => ({
      name: unescapeXml(name),
      message: unescapeXml(message).split("\n").slice(0, MESSAGE_LINES)
        .join("\n"),
    }))
    .filter(({ message }) => !/^\d+ test steps? failed$/.test(message));
}

/**
 * The text that XML's escapes stand for.
 *
 * @param text escaped, as in an attribute
 */
export function unescapeXml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
