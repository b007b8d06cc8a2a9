/**
 * Runs captured functions in another process, as a worker would.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import {
  decodeCommand,
  encodeCommand,
} from "../../src/protocol/command_codec.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import { describe, type Outcome, type Parcel } from "./parcel.ts";
import { TEST_USE } from "./test_use.ts";
import { outputWithInput } from "../output_with_input.ts";

export { TEST_USE };

/** Functions without arguments, by what they check. */
// deno-lint-ignore no-explicit-any -- parameters have defaults at most
export type Cases = Readonly<Record<string, (...values: any[]) => unknown>>;

/**
 * Calls each revived function in another Deno process, which has loaded none
 * of the modules here, fetches none, and finds no package on its machine but
 * those of `folder`.
 */
export async function runElsewhere(
  records: readonly ClosureRecord[],
  { packages = { kind: "none" }, bundle = new Uint8Array(), folder }:
    & Partial<Omit<Parcel, "records">>
    & { folder?: string } = {},
): Promise<Outcome[]> {
  const codec = createCborCodec();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-config",
      "--no-npm",
      "--no-remote",
      "--deny-net",
      "--allow-all",
      new URL("./revive_process.ts", import.meta.url).pathname,
    ],
    cwd: folder ?? "/",
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const parcel: Parcel = {
    records: records.map((record) => throughCodec(record)),
    packages,
    bundle,
  };
  const { stdout } = await outputWithInput(
    child,
    codec.encode(parcel).slice(),
  );
  return codec.decode(stdout) as Outcome[];
}

/** As a job sends it; the process itself has no packages to read that with. */
function throughCodec(record: ClosureRecord): ClosureRecord {
  return decodeCommand(encodeCommand(record)) as ClosureRecord;
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
