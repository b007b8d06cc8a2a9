import { createHash } from "node:crypto";
import type { ClosureRecord } from "../../protocol/closure_record.ts";
import type { PartitionRule } from "../../protocol/command.ts";
import { encodeCommand } from "../../protocol/command_codec.ts";

const HASH_PARTITIONER_ID = 1; // two partitioners with this id and as many partitions are equal

/** Numbers by which the JVM tells partitioners apart: equal rules have one number. */
export class PartitionerNumbers {
  /** By the digest of what was captured. */
  readonly #known = new Map<string, number>();
  #count = HASH_PARTITIONER_ID;

  /**
   * The number of a rule.
   *
   * @param rule the rule
   * @param closure its function, with the values that it captured
   */
  of(rule: PartitionRule<number>, closure: ClosureRecord | null): number {
    switch (rule.kind) {
      case "hash":
        return HASH_PARTITIONER_ID;
      case "function":
        return this.#numberOf(encodeCommand(closure));
      case "range": // whoever moves to it uses the very same captured rule
      case "record": // mapValues() says that it keeps the partitioner, and changes the record
      case "roundRobin":
      case "own":
        return ++this.#count; // equal to no other
    }
  }

  #numberOf(bytes: Uint8Array): number {
    const digest = createHash("sha256").update(bytes).digest("base64");
    const known = this.#known.get(digest);
    if (known !== undefined) return known;
    this.#known.set(digest, ++this.#count);
    return this.#count;
  }
}
