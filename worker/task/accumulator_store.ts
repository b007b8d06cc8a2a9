import { SparkError, WorkerError } from "../../src/common/errors.ts";
import {
  OWN_PARAMS,
  type OwnParam,
} from "../../src/protocol/accumulator_params.ts";
import {
  type AccumulatorUpdate,
  updateBytes,
} from "../../src/protocol/accumulator_update.ts";
import type { AccumulatorStart } from "../../src/protocol/closure_record.ts";
import { MAX_UPDATE_BYTES } from "../../src/protocol/limits.ts";
import { isRecordTooLarge } from "../../src/serde/cbor/cbor_writer.ts";
import type { CborCodec } from "../../src/serde/cbor/cbor.ts";

/** What adds up: one of ours, or a program's own param. */
type Adding = Pick<OwnParam, "zero" | "addInPlace">;

/** What stands for an accumulator in functions of a worker. */
export interface TaskAccumulator {
  /** Number of the accumulator in its application. */
  readonly id: number;
  /** Refused: only the driver has it. */
  value: unknown;
  /** Adds a value to what this task brings home. */
  add(term: unknown): void;
}

/** What one task has added so far, by the accumulator's number. */
type Sums = Map<number, unknown>;

/** What the running task has added to accumulators. */
export class AccumulatorStore {
  /** Null between two tasks. */
  #sums: Sums | null = new Map();
  readonly #cbor: CborCodec;
  readonly #limit: number;

  /**
   * Makes a store for one task after the other.
   *
   * @param cbor writes updates
   * @param limit most bytes of one task's updates; what the driver takes by default
   */
  constructor(cbor: CborCodec, limit: number = MAX_UPDATE_BYTES) {
    this.#cbor = cbor;
    this.#limit = limit;
  }

  /** A task begins: nothing has been added. */
  begin(): void {
    this.#sums = new Map();
  }

  /** The task has ended, and nothing can be added to it any more. */
  end(): void {
    this.#sums = null;
  }

  /**
   * What stands for an accumulator in functions of the task that runs.
   *
   * @param id its number
   * @param start where it begins, and how it adds
   */
  own(id: number, start: AccumulatorStart): TaskAccumulator {
    const sums = this.#sums;
    return taskAccumulator(id, start, () => sums === this.#sums ? sums : null);
  }

  /**
   * What stands for an accumulator in a value that tasks share: each adds to
   * its own.
   *
   * @param id its number
   * @param start where it begins, and how it adds
   */
  shared(id: number, start: AccumulatorStart): TaskAccumulator {
    return taskAccumulator(id, start, () => this.#sums);
  }

  /**
   * What the task brings home: only accumulators that something was added to.
   *
   * @throws SparkError `RECORD_NOT_SERIALIZABLE`; `RECORD_TOO_LARGE` for more
   *   than the driver takes of one task, which Spark would lose without a word
   */
  updates(): AccumulatorUpdate[] {
    let left = this.#limit;
    return [...this.#sums ?? []].map(([id, sum]) => {
      const value = this.#encode(id, sum);
      left -= updateBytes({ value });
      if (left < 0) throw updateTooLarge(id, this.#limit);
      return { id: BigInt(id), value };
    });
  }

  #encode(id: number, sum: unknown): Uint8Array {
    try {
      return this.#cbor.encode(sum).slice();
    } catch (error) {
      throw isRecordTooLarge(error) ? updateTooLarge(id, this.#limit) : error;
    }
  }
}

function taskAccumulator(
  id: number,
  { zero, param }: AccumulatorStart,
  current: () => Sums | null,
): TaskAccumulator {
  const adding = OWN_PARAMS.get(param) ?? param as Adding;
  return Object.freeze({
    id,
    get value(): unknown {
      throw valueRefused();
    },
    set value(_: unknown) {
      throw valueRefused();
    },
    add(term: unknown): void {
      const sums = current();
      if (sums === null) throw accumulatorClosed(id);
      // A zero of this task's own: adding may change it.
      const sum = sums.has(id) ? sums.get(id) : adding.zero(zero);
      sums.set(id, adding.addInPlace(sum, term));
    },
  });
}

/** Peer: `Accumulator.value` of PySpark, whose words these are. */
function valueRefused(): SparkError {
  return new SparkError(
    "ACCUMULATOR_VALUE_REFUSED",
    "Accumulator.value cannot be accessed inside tasks",
  );
}

function updateTooLarge(id: number, limit: number): SparkError {
  return new SparkError(
    "RECORD_TOO_LARGE",
    `Cannot bring home what the task added to accumulator ${id}: its updates are larger than the ${limit} bytes that one task may have; add less in a task, use more partitions, or return such values as records`,
    { id, limit },
  );
}

function accumulatorClosed(id: number): WorkerError {
  return new WorkerError(
    "ACCUMULATOR_CLOSED",
    `Cannot add to accumulator ${id}: the task that was given it has ended; add while the function runs, and await what it starts`,
    { id },
  );
}
