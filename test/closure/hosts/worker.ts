/**
 * The other process: reads records from stdin, calls each revived function,
 * writes what they gave to stdout.
 *
 * @module
 */

import type {
  ClosureRecord,
  SharedReference,
} from "../../../src/protocol/closure_record.ts";
import { createCborCodec } from "../../../src/serde/cbor/cbor.ts";
import { PackageStore } from "../../../worker/closure/package_store.ts";
import { ClosureReviver } from "../../../worker/closure/revive_closure.ts";

/** No case uses a package. */
const NO_PACKAGES = new PackageStore(() => new Uint8Array(), () => [])
  .source({ kind: "none" });

/** No case shares anything. */
const shared = (reference: SharedReference): unknown => ({ ...reference });

if (import.meta.main) {
  const codec = createCborCodec();
  const chunks = await Array.fromAsync(Deno.stdin.readable);
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const outcomes: string[] = [];
  for (const record of codec.decode(bytes) as ClosureRecord[]) {
    outcomes.push(await call(record));
  }
  const answer = codec.encode(outcomes).slice();
  for (let at = 0; at < answer.length;) {
    at += Deno.stdout.writeSync(answer.subarray(at));
  }
}

/** The result as a string, or the stack of what was thrown. */
async function call(record: ClosureRecord): Promise<string> {
  try {
    const [f] = new ClosureReviver().revive(record, shared, NO_PACKAGES);
    if (typeof f !== "function") throw new Error("No function was revived");
    return String(await f());
  } catch (error) {
    return String(Reflect.get(Object(error), "stack"));
  }
}
