import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import {
  decodeCommand,
  encodeCommand,
} from "../../src/protocol/command_codec.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import { ClosureReviver } from "../../worker/closure/revive_closure.ts";
import { TEST_USE } from "./test_use.ts";

const DEPTH = 10_000;

/** Of functions: the engine is asked for the variables of each. */
const CALLS = 2000;

/** So many values in each other. */
function nested(wrap: (inner: unknown) => unknown, depth = DEPTH): unknown {
  let value: unknown = "the innermost";
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

const objects = nested((inner) => ({ inner })) as { inner: unknown };
const arrays = nested((inner) => [inner]) as unknown[];
const maps = nested((inner) => new Map([["inner", inner]])) as Map<
  string,
  unknown
>;
const calls = nested((inner) => () => inner, CALLS) as () => unknown;
class Link {
  constructor(readonly inner: unknown) {}
}
const links = nested((inner) => new Link(inner)) as Link;
const broken = nested((inner) =>
  typeof inner === "string" ? { inner: Promise.resolve(1) } : { inner }
) as { inner: unknown };

function depthOf(value: unknown, next: (value: never) => unknown): string {
  let depth = 0;
  for (; typeof value !== "string"; depth++) value = next(value as never);
  return `${value}: ${depth}`;
}

const read: Readonly<Record<string, () => string>> = {
  objects: () => depthOf(objects, ({ inner }: { inner: unknown }) => inner),
  arrays: () => depthOf(arrays, ([inner]: unknown[]) => inner),
  Maps: () => depthOf(maps, (map: Map<string, unknown>) => map.get("inner")),
  functions: () => depthOf(calls, (call: () => unknown) => call()),
  instances: () => depthOf(links, (link: Link) => link.inner),
};

for (const [kind, f] of Object.entries(read)) {
  const depth = kind === "functions" ? CALLS : DEPTH;
  Deno.test(`${depth} captured ${kind} in each other travel`, async () => {
    using capturer = new ClosureCapturer();
    const record = await capturer.capture([f], TEST_USE);
    const sent = decodeCommand(encodeCommand(record)) as ClosureRecord;
    const [revived] = new ClosureReviver().revive(sent, () => null);
    assert.equal((revived as typeof f)(), `the innermost: ${depth}`);
  });
}

Deno.test("what cannot travel is named, however deep it lies", async () => {
  using capturer = new ClosureCapturer();
  await assert.rejects(capturer.capture([() => broken], TEST_USE), {
    name: "ClosureError",
    message:
      /^Cannot capture "[^"]+" used by map\(\) at app\.ts:14:9: a Promise cannot leave this process; await it before the function uses it\n {2}path: map\(\) function → broken\.inner/,
  });
});
