/**
 * Weak collections of one capture. What they hold for an object is of use only
 * to who has that object: an entry is captured when its key is.
 *
 * @module
 */

import { types } from "node:util";
import type {
  ClosureNode,
  ClosureValue,
  ObjectTraits,
} from "../../protocol/closure_record.ts";
import { type Refer, traitsOf } from "./describe_object.ts";

/** A key with its value; of a `WeakSet`, only a key. */
export type WeakEntry = readonly [key: unknown, value?: unknown];

/** Asks the engine for the entries of collections, all in one question. */
export type EntriesOf = (
  collections: readonly object[],
) => Promise<readonly (readonly WeakEntry[])[]>;

/** The weak collections of one graph, as far as it has grown. */
export class WeakCollections {
  readonly #drafts: WeakDraft[] = [];

  /** Takes a weak collection in; false where the object is none. */
  add(id: number, value: object, refer: Refer): boolean {
    const kind = types.isWeakMap(value)
      ? "weakMap"
      : types.isWeakSet(value)
      ? "weakSet"
      : null;
    if (kind === null) return false;
    const { prototype } = kind === "weakMap" ? WeakMap : WeakSet;
    const traits = traitsOf(value, prototype, () => false, refer);
    this.#drafts.push({
      id,
      kind,
      value,
      refer,
      traits,
      left: null,
      items: [],
    });
    return true;
  }

  /**
   * Takes the entries whose keys have been met.
   *
   * @param idOf the node of a value that was met
   * @returns whether there were any that had not been taken before
   */
  async grow(
    idOf: (value: unknown) => number | undefined,
    entriesOf: EntriesOf,
  ): Promise<boolean> {
    const unread = this.#drafts.filter(({ left }) => left === null);
    if (unread.length > 0) {
      const found = await entriesOf(unread.map(({ value }) => value));
      for (const [at, draft] of unread.entries()) draft.left = found[at] ?? [];
    }
    let hasGrown = false;
    for (const draft of this.#drafts) {
      const later: WeakEntry[] = [];
      for (const entry of draft.left ?? []) {
        const [key, value] = entry;
        const ref = idOf(key);
        if (ref === undefined) later.push(entry);
        else {
          hasGrown = true;
          draft.items.push({ ref });
          if (draft.kind === "weakSet") continue;
          draft.items.push(draft.refer(value, { kind: "entry", key }));
        }
      }
      draft.left = later;
    }
    return hasGrown;
  }

  /** Puts the nodes into their places. */
  finish(nodes: (ClosureNode | undefined)[]): void {
    for (const { id, kind, items, traits } of this.#drafts) {
      nodes[id] = { kind, items, ...traits };
    }
  }
}

interface WeakDraft {
  readonly id: number;
  readonly kind: "weakMap" | "weakSet";
  readonly value: object;
  readonly refer: Refer;
  readonly traits: ObjectTraits;
  /** Entries whose keys have not been met; null before the engine was asked. */
  left: readonly WeakEntry[] | null;
  readonly items: ClosureValue[];
}
