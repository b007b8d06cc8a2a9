/**
 * The other process of `run_cases.ts`: reads records from stdin, calls each
 * revived function twice removed from its home, writes the results to stdout.
 *
 * @module
 */

import type {
  ClosureRecord,
  SharedReference,
} from "../../src/protocol/closure_record.ts";
import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import type { PackageSource } from "../../worker/closure/package_source.ts";
import { PackageStore } from "../../worker/closure/package_store.ts";
import { ClosureReviver } from "../../worker/closure/revive_closure.ts";
import { describe, type Outcome, type Parcel } from "./parcel.ts";

if (import.meta.main) {
  const codec = createCborCodec();
  const chunks = await Array.fromAsync(Deno.stdin.readable);
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const { records, packages, bundle } = codec.decode(bytes) as Parcel;
  const store = new PackageStore(
    () => bundle,
    () => [Deno.cwd()],
  );
  const source = store.source(packages);
  const reviver = new ClosureReviver();
  const outcomes: Outcome[] = [];
  for (const record of records) {
    outcomes.push(await call(reviver, record, source));
  }
  const answer = codec.encode(outcomes).slice();
  for (let at = 0; at < answer.length;) {
    at += Deno.stdout.writeSync(answer.subarray(at));
  }
}

async function call(
  reviver: ClosureReviver,
  record: ClosureRecord,
  source: PackageSource,
): Promise<Outcome> {
  try {
    const shared = (reference: SharedReference): unknown => ({ ...reference });
    const [f] = reviver.revive(record, shared, source);
    if (typeof f !== "function") throw new Error("No function was revived");
    return { result: describe(await f()), stack: "" };
  } catch (error) {
    return { result: null, stack: String(Reflect.get(Object(error), "stack")) };
  }
}
