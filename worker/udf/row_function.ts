import type { ColumnBuilder } from "../../src/serde/arrow/builders/column_builder.ts";
import type { Clock } from "../task/event_loop.ts";
import type { Values } from "./argument_reader.ts";
import type { Udf } from "./load_udf.ts";
import {
  AsyncSegment,
  checkOf,
  handover,
  LoopSegment,
  type RowSegment,
} from "./row_segment.ts";

/** A column that a query computes by functions that follow one another. */
export class RowFunction {
  /** Whether one of the functions awaits. */
  readonly isAsync: boolean;
  readonly #segments: readonly RowSegment[];
  readonly #handovers: readonly ReturnType<typeof handover>[];

  /**
   * @param chain the functions, innermost first
   * @param args number of arguments of the innermost
   * @param clock timers
   */
  constructor(chain: readonly Udf[], args: number, clock: Clock) {
    this.#segments = cutChain(chain).map((part, at) =>
      segmentOf(part, at === 0 ? args : 1, clock)
    );
    this.#handovers = this.#segments.slice(0, -1).map(({ last }) =>
      handover(last)
    );
    this.isAsync = chain.some(awaits);
  }

  /** Where the results of a batch are. */
  get results(): ColumnBuilder {
    return (this.#segments.at(-1) as RowSegment).out;
  }

  /** Whether calls may still be under way that nobody waits for. */
  get hasCalls(): boolean {
    return this.#segments.some((segment) =>
      segment instanceof AsyncSegment && segment.hasCalls
    );
  }

  /**
   * Computes the column of a batch, with functions none of which awaits.
   *
   * @param columns the arguments
   * @param length number of rows
   * @throws FailedCall
   */
  run(columns: readonly Values[], length: number): void {
    for (let at = 0; at < this.#segments.length; at++) {
      void this.#segments[at]?.run(this.#given(at, columns, length), length);
    }
  }

  /** As {@link RowFunction.run}, with functions that await. */
  async runAsync(columns: readonly Values[], length: number): Promise<void> {
    for (let at = 0; at < this.#segments.length; at++) {
      await this.#segments[at]?.run(this.#given(at, columns, length), length);
    }
  }

  /** What a segment is given: the arguments, or the results of the one before. */
  #given(
    at: number,
    columns: readonly Values[],
    length: number,
  ): readonly Values[] {
    const before = this.#segments[at - 1];
    const take = this.#handovers[at - 1];
    return before === undefined || take === undefined
      ? columns
      : [take(before.out, length)];
  }
}

/** Functions that one loop can hold: the type of each but the last says by itself what becomes of a value. */
function cutChain(chain: readonly Udf[]): Udf[][] {
  const parts: Udf[][] = [];
  let part: Udf[] = [];
  chain.forEach((udf, at) => {
    part.push(udf);
    const next = chain[at + 1];
    const goesOn = next !== undefined && !awaits(udf) && !awaits(next) &&
      checkOf(udf) !== null;
    if (goesOn) return;
    parts.push(part);
    part = [];
  });
  return parts;
}

function segmentOf(
  part: readonly Udf[],
  args: number,
  clock: Clock,
): RowSegment {
  const [first] = part as [Udf];
  return awaits(first)
    ? new AsyncSegment(first, clock)
    : new LoopSegment(part, args);
}

function awaits({ record }: Udf): boolean {
  return record.form === "asyncRow";
}
