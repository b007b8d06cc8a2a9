import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { printBy } from "../../common/inspect.ts";
import type { Expression, WindowFrame } from "./expression/expression.ts";
import { printWindow } from "./expression/print_expression.ts";
import {
  columnOrName,
  type HasExpression,
} from "./expression/to_expression.ts";
import type { ColumnLike } from "./typing/column_like.ts";
import { frameBound } from "./window_bound.ts";

/** Where a window keeps its node; not exported to users. */
export const WINDOW: unique symbol = Symbol("tspark.window");

/** Columns by name, or as they are. */
export type WindowColumns = readonly (string | ColumnLike)[];

/**
 * Which rows a window function sees: those of the same partition, in an order,
 * between two bounds. Made by {@link Window}.
 *
 * @example
 * ```ts
 * import { Window } from "@tspark/tspark";
 *
 * const latest = Window.partitionBy("user").orderBy("time").rowsBetween(-2, Window.currentRow);
 * ```
 */
export class WindowSpec {
  /** @internal */
  readonly [WINDOW]: WindowFrame;

  /** @internal */
  constructor(window: WindowFrame) {
    this[WINDOW] = window;
  }

  static {
    printBy(WindowSpec.prototype, String);
  }

  /** Rows with equal values of these columns belong together. */
  partitionBy(...columns: WindowColumns): WindowSpec {
    return this.#with({ partitionBy: expressionsOf(columns) });
  }

  /** The order of the rows within a partition. */
  orderBy(...columns: WindowColumns): WindowSpec {
    return this.#with({ orderBy: expressionsOf(columns) });
  }

  /**
   * The rows between two places, counted from the current row.
   *
   * @param start the first row: 0 the current one, -1 the one before
   * @param end the last row, included
   */
  rowsBetween(start: number, end: number): WindowSpec {
    return this.#between("rows", start, end);
  }

  /**
   * The rows whose order value lies between two distances from the current row's.
   *
   * @param start the smallest distance
   * @param end the largest distance, included
   */
  rangeBetween(start: number | bigint, end: number | bigint): WindowSpec {
    return this.#between("range", start, end);
  }

  /** The specification in SQL's words. */
  toString(): string {
    return `WindowSpec(${printWindow(this[WINDOW])})`;
  }

  /** The specification as JSON writes it. */
  toJSON(): unknown {
    const { partitionBy, orderBy, frame } = this[WINDOW];
    return { partitionBy, orderBy, frame };
  }

  #between(
    unit: "rows" | "range",
    start: number | bigint,
    end: number | bigint,
  ): WindowSpec {
    if (start > end) throw emptyFrame(unit, start, end);
    const frame = { unit, start: frameBound(start), end: frameBound(end) };
    return this.#with({ frame });
  }

  #with(changes: Partial<WindowFrame>): WindowSpec {
    return new WindowSpec(Object.freeze({ ...this[WINDOW], ...changes }));
  }
}

/** What is no Column is refused, whatever its type says. */
function expressionsOf(columns: WindowColumns): Expression[] {
  return columns.map((column) =>
    columnOrName(column as string | HasExpression)
  );
}

function emptyFrame(
  unit: string,
  start: number | bigint,
  end: number | bigint,
): SparkError {
  return new SparkError(
    "WINDOW_FRAME_INVALID",
    `Cannot make a window of ${unit} between ${start} and ${end}: it ends before it starts; swap the bounds`,
    { start, end },
  );
}

/**
 * The node of a window that a program gives.
 *
 * @throws TypeError for anything else, which a program may give that nobody compiles
 */
export function windowOf(window: WindowSpec): WindowFrame {
  const given: unknown = window;
  if (typeof given === "object" && given !== null && WINDOW in given) {
    return window[WINDOW];
  }
  throw new TypeError(
    `Cannot use ${
      describeValue(given)
    } as a window: it is none; give one, such as Window.partitionBy("user")`,
  );
}
