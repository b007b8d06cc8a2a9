import type { PartitionRule } from "../../protocol/command.ts";

const HASH_PARTITIONER_ID = 1; // two partitioners with this id and as many partitions are equal

/** Numbers by which the JVM tells partitioners apart: equal rules have one number. */
export class PartitionerNumbers {
  readonly #known = new WeakMap<object, number>();
  #count = HASH_PARTITIONER_ID;

  /** The number of a rule. */
  of(rule: PartitionRule<unknown>): number {
    switch (rule.kind) {
      case "hash":
        return HASH_PARTITIONER_ID;
      case "function":
        return this.#numberOf(rule.f as object);
      case "range": // a side of a join that comes to another has the very same rule
        return this.#numberOf(rule);
      case "record": // mapValues() says that it keeps the partitioner, and changes the record
      case "roundRobin":
        return ++this.#count; // equal to no other
    }
  }

  #numberOf(identity: object): number {
    const known = this.#known.get(identity);
    if (known !== undefined) return known;
    this.#known.set(identity, ++this.#count);
    return this.#count;
  }
}
