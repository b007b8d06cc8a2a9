/**
 * Captures where a module has not run to its end.
 *
 * @module
 */

import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { ClosureError } from "../../src/common/errors.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import { TEST_USE } from "./run_cases.ts";

/** What came of functions, by what they show: what was captured, or the refusal's text. */
export type EarlyCaptures = Readonly<Record<string, ClosureRecord | string>>;

/** Captures each function as things are now. */
export async function tryCapture(
  functions: Readonly<Record<string, () => unknown>>,
): Promise<EarlyCaptures> {
  using capturer = new ClosureCapturer();
  const found: Record<string, ClosureRecord | string> = {};
  for (const [name, f] of Object.entries(functions)) {
    found[name] = await capturer.capture([f], TEST_USE).catch(
      (error: unknown) => {
        if (error instanceof ClosureError) return error.message;
        throw error;
      },
    );
  }
  return found;
}
