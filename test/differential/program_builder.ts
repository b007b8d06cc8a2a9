import type { Dice } from "./dice.ts";
import {
  FLAT_FUNCTIONS,
  PREDICATES,
  RECORD_FUNCTIONS,
  type RecordFunction,
} from "./functions.ts";
import type { Step, Transformation } from "./program.ts";
import {
  INT,
  isHashable,
  isSortable,
  pairTypes,
  type RecordType,
  sameType,
  type SortKey,
  TEXT,
  tupleOf,
  typeSize,
} from "./record_type.ts";
import { runStep } from "./run_arrays.ts";
import { randomRecords, SOURCE_TYPES } from "./source_data.ts";

/** Larger RDDs and numbers only cost time. */
const MAX_RECORDS = 400;
const MAX_NUMBER = 2 ** 50;
const MAX_TYPE_SIZE = 12;
/** Key types that {@link ProgramBuilder.keyed} makes of any record, with the function for it. */
const KEY_FUNCTIONS: readonly (readonly [string, RecordType])[] = [
  ["bucket", INT],
  ["bucketText", TEXT],
  ["bucketPair", tupleOf(INT, TEXT)],
];

/** What the builder knows of an RDD's order and keys. */
export interface Traits {
  /**
   * `given` as the sources are, `sorted` by the whole record, or by a key
   * only; `free` where Spark promises none.
   */
  readonly order: "given" | "sorted" | "free" | SortKey;
  /** Whether no two pairs have the same key. */
  readonly uniqueKeys: boolean;
}

/** A program that does not get anywhere: the generator starts afresh. */
export class DeadEnd extends Error {}

/**
 * A program in the making. Its methods add RDDs, numbers as `Step` counts them,
 * and run the reference at once, so that no RDD grows too large.
 */
export class ProgramBuilder {
  readonly dice: Dice;
  readonly steps: Step[] = [];
  readonly #traits: Traits[] = [];
  readonly #records: (readonly unknown[])[] = [];

  constructor(dice: Dice) {
    this.dice = dice;
  }

  /** Adds an RDD; without traits, its order is free. */
  add(step: Step, traits: Partial<Traits> = {}): number {
    const inputs = step.of.map((id) => this.records(id));
    const records = runStep(step, inputs);
    const tooLarge = records.length > MAX_RECORDS || !records.every(isSmall);
    if (tooLarge || typeSize(step.type) > MAX_TYPE_SIZE) throw new DeadEnd();
    this.steps.push(step);
    this.#traits.push({ order: "free", uniqueKeys: false, ...traits });
    this.#records.push(records);
    return this.steps.length - 1;
  }

  type(id: number): RecordType {
    return this.steps[id]?.type ?? INT;
  }

  traits(id: number): Traits {
    return this.#traits[id] ?? { order: "free", uniqueKeys: false };
  }

  /** What the RDD holds, by the reference. */
  records(id: number): readonly unknown[] {
    return this.#records[id] ?? [];
  }

  /** Numbers of the RDDs whose type is fit. */
  idsWith(isFit: (type: RecordType) => boolean): number[] {
    return [...this.steps.keys()].filter((id) => isFit(this.type(id)));
  }

  /** A number of partitions where an operation takes one, often none. */
  partitions(): number | undefined {
    return this.dice.percent(60) ? undefined : this.dice.int(1, 3);
  }

  source(type: RecordType = this.dice.pick(SOURCE_TYPES)): number {
    const data = randomRecords(this.dice, type);
    const partitions = this.dice.pick([1, 1, 2, 2, 2, 3, 3, 7]);
    const step = { op: "parallelize", type, of: [], data, partitions } as const;
    return this.add(step, { order: "given" });
  }

  /** Adds a step that looks at records one by one, in their order. */
  narrow(
    op: Transformation,
    id: number,
    f: string | undefined,
    type: RecordType,
    uniqueKeys: boolean = false,
  ): number {
    const { order } = this.traits(id);
    return this.add({ op, type, of: [id], f }, {
      order: typeof order === "string" ? order : "free",
      uniqueKeys,
    });
  }

  map(id: number, f: string): number {
    const output = RECORD_FUNCTIONS[f]?.output(this.type(id));
    if (output === undefined || output === null) throw new DeadEnd();
    return this.narrow("map", id, f, output);
  }

  /** Name and output type of a function that takes such records and makes fit ones. */
  pickFunction(
    catalog: Readonly<Record<string, RecordFunction>>,
    input: RecordType,
    isFit: (output: RecordType, f: RecordFunction) => boolean = () => true,
  ): readonly [name: string, output: RecordType] {
    const fit = Object.entries(catalog).flatMap(([name, f]) => {
      const output = f.output(input);
      return output !== null && isFit(output, f)
        ? [[name, output] as const]
        : [];
    });
    if (fit.length === 0) throw new DeadEnd();
    return this.dice.pick(fit);
  }

  pickPredicate(input: RecordType): string {
    // Those that keep all or nothing are rare.
    const isFit = (_: RecordType, f: RecordFunction): boolean =>
      f.apply !== PREDICATES["never"]?.apply || this.dice.percent(20);
    return this.pickFunction(PREDICATES, input, isFit)[0];
  }

  pickFlatFunction(
    input: RecordType,
  ): readonly [name: string, output: RecordType] {
    return this.pickFunction(FLAT_FUNCTIONS, input);
  }

  /** The RDD, or one made of it, whose records are whole numbers. */
  ints(id: number): number {
    return this.type(id).kind === "int" ? id : this.map(id, "measure");
  }

  hashable(id: number): number {
    if (isHashable(this.type(id))) return id;
    return this.map(id, this.dice.pick(["measure", "bucketPair"]));
  }

  sortable(id: number): number {
    if (isSortable(this.type(id))) return id;
    return this.map(id, this.dice.pick(["measure", "bucketPair"]));
  }

  /** The RDD, or one made of it, in an order that is wholly known. */
  ordered(id: number): number {
    if (
      typeof this.traits(id).order === "string" &&
      this.traits(id).order !== "free"
    ) {
      return id;
    }
    const of = this.sortable(id);
    return this.add({
      op: "sortBy",
      type: this.type(of),
      of: [of],
      f: "itself",
      ascending: this.dice.percent(60),
      partitions: this.partitions(),
    }, { order: "sorted" });
  }

  /** The RDD, or one made of it, that holds pairs with keys for a shuffle. */
  keyed(id: number): number {
    const key = pairTypes(this.type(id))?.key;
    if (key !== undefined && isHashable(key)) return id;
    return this.#keyBy(id, this.dice.pick(KEY_FUNCTIONS));
  }

  /** As {@link keyed}, with keys that other RDDs may have as well. */
  joinable(id: number): number {
    const key = pairTypes(this.type(id))?.key;
    const isUsual = key !== undefined &&
      KEY_FUNCTIONS.some(([, type]) => sameType(type, key));
    return isUsual ? id : this.#keyBy(id, this.dice.pick(KEY_FUNCTIONS));
  }

  /** An RDD of pairs with the same type of key as a {@link joinable} one. */
  partner(id: number): number {
    const key = pairTypes(this.type(id))?.key ?? INT;
    const isFit = (type: RecordType): boolean => {
      const other = pairTypes(type)?.key;
      return other !== undefined && sameType(other, key);
    };
    const ids = this.idsWith(isFit);
    const types = SOURCE_TYPES.filter(isFit);
    if (this.dice.percent(40)) return this.dice.pick(ids);
    if (this.dice.percent(60)) return this.source(this.dice.pick(types));
    const f = KEY_FUNCTIONS.find(([, type]) => sameType(type, key));
    if (f === undefined) throw new DeadEnd();
    return this.#keyBy(this.dice.pick([...this.steps.keys()]), f);
  }

  /** An RDD of the same type as another, or of its records some. */
  alike(id: number): number {
    const type = this.type(id);
    const others = this.idsWith((other) => sameType(other, type))
      .filter((other) => other !== id);
    if (others.length > 0 && this.dice.percent(50)) {
      return this.dice.pick(others);
    }
    if (SOURCE_TYPES.some((other) => sameType(other, type))) {
      return this.source(type);
    }
    return this.narrow("filter", id, this.pickPredicate(type), type);
  }

  #keyBy(id: number, [f, key]: readonly [string, RecordType]): number {
    return this.narrow("keyBy", id, f, tupleOf(key, this.type(id)));
  }
}

/** Whether all numbers within stay exact. */
function isSmall(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) <= MAX_NUMBER;
  return !Array.isArray(value) || value.every(isSmall);
}
