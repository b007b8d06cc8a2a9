/**
 * What goes to the other process and what comes back. Loads nothing that a
 * worker does not load.
 *
 * @module
 */

import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import type { CommandPackages } from "../../src/protocol/command.ts";

/** What the other process is handed. */
export interface Parcel {
  readonly records: readonly ClosureRecord[];
  /** Where the functions find packages. */
  readonly packages: CommandPackages;
  /** A bundle as it is broadcast; empty where there is none. */
  readonly bundle: Uint8Array;
}

/** What the other process said of one function. */
export interface Outcome {
  /** The result as text, or null where it threw. */
  readonly result: string | null;
  /** The stack of what it threw. */
  readonly stack: string;
}

/** A value as text: all levels, all items. */
export function describe(value: unknown): string {
  return Deno.inspect(value, {
    depth: 50,
    iterableLimit: 1000,
    strAbbreviateSize: 100_000,
  });
}
