import { callSite } from "../runtime/call_site.ts";
import { RELATION } from "./frame_relation.ts";
import { type Relation, relation } from "./plan/relation.ts";
import { columnSeq } from "./plan/transformations.ts";
import type { AnyColumn } from "./typing/columns_of.ts";

/**
 * A frame as an argument of a table function, in partitions and orders that
 * the function sees: `df.asTable()`. Spark 4.0 and later.
 *
 * @example
 * ```ts
 * import type { DataFrame, UserDefinedTableFunction } from "@tspark/tspark";
 *
 * const perUser = (events: DataFrame, sessions: UserDefinedTableFunction) =>
 *   sessions(events.asTable().partitionBy("user").orderBy("time"));
 * ```
 */
export class TableArg {
  /** @internal */
  readonly [RELATION]: Relation;

  /** @internal */
  constructor(node: Relation) {
    this[RELATION] = node;
  }

  /** Rows with equal values of these columns go to one instance of the function. */
  partitionBy(...columns: readonly (string | AnyColumn)[]): TableArg {
    return this.#with("partitionBy", columns);
  }

  /** The order of the rows within a partition; comes behind {@link TableArg.partitionBy} or {@link TableArg.withSinglePartition}. */
  orderBy(...columns: readonly (string | AnyColumn)[]): TableArg {
    return this.#with("orderBy", columns);
  }

  /** All rows go to one instance of the function. */
  withSinglePartition(): TableArg {
    return this.#with("withSinglePartition", null);
  }

  #with(
    method: string,
    columns: readonly (string | AnyColumn)[] | null,
  ): TableArg {
    const site = callSite(`${method}()`);
    const args = columns === null ? [] : [columnSeq(columns)];
    return new TableArg(relation(this[RELATION], method, args, site));
  }
}
