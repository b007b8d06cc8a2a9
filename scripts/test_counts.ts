/**
 * Reads how many tests passed and failed from the report that
 * `deno test --junit-path` writes.
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

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
