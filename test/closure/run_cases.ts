/**
 * Runs captured functions in another process, as a worker would.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import { createCborCodec } from "../../src/serde/cbor.ts";

/** Functions without arguments, by what they check. */
// deno-lint-ignore no-explicit-any -- parameters have defaults at most
export type Cases = Readonly<Record<string, (...values: any[]) => unknown>>;

/** What the other process said of one function. */
export interface Outcome {
  /** The result as text, or null where it threw. */
  readonly result: string | null;
  /** The stack of what it threw. */
  readonly stack: string;
}

/** The call that every test pretends to be. */
export const TEST_USE = [{ operation: "map()", position: "app.ts:14:9" }];

/** Calls each revived function in another Deno process, which has loaded none of the modules here. */
export async function runElsewhere(
  records: readonly ClosureRecord[],
): Promise<Outcome[]> {
  const codec = createCborCodec();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-all",
      new URL("./revive_process.ts", import.meta.url).pathname,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(codec.encode(records).slice());
  await writer.close();
  const { stdout } = await child.output();
  return codec.decode(stdout) as Outcome[];
}

/** Registers a test for each case: the other process must give what this one gives. */
export async function testCases(area: string, cases: Cases): Promise<void> {
  using capturer = new ClosureCapturer();
  const records: ClosureRecord[] = [];
  const atHome: string[] = [];
  for (const f of Object.values(cases)) {
    // A case may change what it captures, so the next one is captured after it ran.
    records.push(await capturer.capture([f], TEST_USE));
    atHome.push(describe(await f()));
  }
  const outcomes = await runElsewhere(records);
  for (const [index, name] of Object.keys(cases).entries()) {
    Deno.test(`closure, ${area}: ${name}`, () => {
      assert.equal(outcomes[index]?.stack, "");
      assert.equal(outcomes[index]?.result, atHome[index]);
    });
  }
}

/** A value as text: all levels, all items. */
export function describe(value: unknown): string {
  return Deno.inspect(value, {
    depth: 50,
    iterableLimit: 1000,
    strAbbreviateSize: 100_000,
  });
}
