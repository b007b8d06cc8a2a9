/**
 * Finds what makes a capture large.
 *
 * @module
 */

import type {
  ClosureNode,
  ClosureRecord,
  ClosureValue,
} from "../../protocol/closure_record.ts";

/** A variable that takes much along. */
export interface LargeCapture {
  /** Its name in the function that uses it. */
  readonly name: string;
  /** How many bytes of text, numbers and buffers it reaches, about. */
  readonly bytes: number;
}

/**
 * The variable whose value is the largest; functions are not counted as such,
 * but what they use is.
 *
 * @param record what was captured
 * @returns null where no function takes a value along
 */
export function largestCapture(record: ClosureRecord): LargeCapture | null {
  let largest: LargeCapture | null = null;
  for (const node of record.nodes) {
    if (node.kind !== "function") continue;
    for (const [at, value] of node.captures.entries()) {
      const name = record.codes[node.code]?.names[at];
      if (name === undefined || isFunction(record, value)) continue;
      const bytes = bytesOf(record, value);
      if (bytes > (largest?.bytes ?? 0)) largest = { name, bytes };
    }
  }
  return largest;
}

function isFunction({ nodes }: ClosureRecord, value: ClosureValue): boolean {
  const node = isReference(value) ? nodes[value.ref] : undefined;
  return node?.kind === "function" || node?.kind === "bound";
}

/** Each node once, however often it is named. */
function bytesOf({ nodes }: ClosureRecord, value: ClosureValue): number {
  const seen = new Set<number>();
  const queue: unknown[] = [value];
  let bytes = 0;
  while (queue.length > 0) {
    const item = queue.pop();
    if (typeof item === "string") bytes += item.length;
    else if (item instanceof Uint8Array) bytes += item.length;
    else if (Array.isArray(item)) { for (const part of item) queue.push(part); }
    else if (isReference(item)) {
      const node: ClosureNode | undefined = nodes[item.ref];
      if (node === undefined || seen.has(item.ref)) continue;
      seen.add(item.ref);
      queue.push(Object.values(node));
    } else if (typeof item === "object" && item !== null) {
      queue.push(Object.values(item));
    } else bytes += BYTES_OF_NUMBER;
  }
  return bytes;
}

const BYTES_OF_NUMBER = 8;

function isReference(value: unknown): value is { readonly ref: number } {
  return typeof value === "object" && value !== null && "ref" in value &&
    typeof value.ref === "number";
}
