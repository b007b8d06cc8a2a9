import assert from "node:assert/strict";
import fc from "fast-check";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import {
  decodeCommand,
  encodeCommand,
} from "../../src/protocol/command_codec.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import { ClosureReviver } from "../../worker/closure/revive_closure.ts";
import { TEST_USE } from "./run_cases.ts";

/** What a random graph is made of: each part holds others, by index, cycles included. */
const KINDS = [
  "object",
  "array",
  "map",
  "set",
  "function",
  "instance",
] as const;
interface Part {
  readonly kind: typeof KINDS[number];
  readonly label: string;
  readonly edges: readonly number[];
}

class Holder {
  label = "";
  held: unknown[] = [];
}

/** A closure that tells what it holds when it is called. */
function holderFunction(label: string, held: unknown[]): () => unknown[] {
  return () => [label, ...held];
}

function build(parts: readonly Part[]): unknown[] {
  const lists: unknown[][] = parts.map(() => []);
  const made = parts.map(({ kind, label }, index): unknown => {
    const list = lists[index] ?? [];
    switch (kind) {
      case "object":
        return { label, list };
      case "array":
        return list;
      case "map":
        return new Map([[label, list]]);
      case "set":
        return new Set([label, list]);
      case "function":
        return holderFunction(label, list);
      case "instance":
        return Object.assign(new Holder(), { label, held: list });
    }
  });
  parts.forEach(({ edges }, index) =>
    lists[index]?.push(...edges.map((to) => made[to % made.length]))
  );
  return made;
}

/** Writes a graph as text: each object by the number of its first visit. */
function trace(roots: unknown): string {
  const numbers = new Map<unknown, number>();
  const visit = (value: unknown): string => {
    const isObject = typeof value === "function" ||
      (typeof value === "object" && value !== null);
    if (!isObject) return JSON.stringify(value) ?? "undefined";
    const known = numbers.get(value);
    if (known !== undefined) return `#${known}`;
    numbers.set(value, numbers.size);
    if (typeof value === "function") {
      return `function ${value.name}(${value().map(visit).join()})`;
    }
    if (Array.isArray(value)) return `[${value.map(visit).join()}]`;
    if (value instanceof Map) {
      return `map(${[...value].map((e) => e.map(visit).join(":")).join()})`;
    }
    if (value instanceof Set) return `set(${[...value].map(visit).join()})`;
    const kind = Object.getPrototypeOf(value).constructor.name;
    return `${kind}{${
      Object.entries(value).map(([k, v]) => `${k}:${visit(v)}`).join()
    }}`;
  };
  return visit(roots);
}

Deno.test("capture() and revive() keep random graphs isomorphic", async () => {
  using capturer = new ClosureCapturer();
  const reviver = new ClosureReviver();
  const part = fc.record({
    kind: fc.constantFrom(...KINDS),
    label: fc.string({ maxLength: 5, unit: "binary" }),
    edges: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 12 }),
      async (parts) => {
        const all = build(parts);
        const record = await capturer.capture([() => all], TEST_USE);
        const sent = decodeCommand(encodeCommand(record)) as ClosureRecord;
        const [f] = reviver.revive(sent, () => null);
        assert.ok(typeof f === "function");
        assert.equal(trace(f()), trace(all));
      },
    ),
    { numRuns: 200 },
  );
});
