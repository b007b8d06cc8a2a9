import { print } from "./plan/transformations.ts";
import { printBy } from "../../common/inspect.ts";
import type { Table } from "../../serde/arrow/arrow_table.ts";
import { callSite } from "../runtime/call_site.ts";
import { mapCogroups } from "../udf/row_functions.ts";
import type {
  AnySchema,
  RowsFor,
  RowsOf,
  SchemaText,
  TableFor,
} from "../udf/schema_types.ts";
import { DataFrame } from "./data_frame.ts";
import type { Relation } from "./plan/relation.ts";
import type { SelectShape } from "./typing/select_shape.ts";

/**
 * Groups of two frames with equal keys, made by `GroupedData.cogroup()`. A key
 * that only one of them has comes with no rows of the other.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * const matched = (
 *   orders: DataFrame<{ id: number; total: number }>,
 *   payments: DataFrame<{ id: number; paid: number }>,
 * ) =>
 *   orders.groupBy("id").cogroup(payments.groupBy("id")).flatMapGroups(
 *     ({ id }, left, right) => [{ id, orders: left.length, payments: right.length }],
 *     "id BIGINT, orders INT, payments INT",
 *   );
 * ```
 */
export class CogroupedData<
  L extends object = Record<string, unknown>,
  R extends object = Record<string, unknown>,
  K extends readonly unknown[] = readonly unknown[],
> {
  readonly #left: Relation;
  readonly #right: Relation;

  /** @internal */
  constructor(left: Relation, right: Relation) {
    this.#left = left;
    this.#right = right;
  }

  static {
    printBy(
      CogroupedData.prototype,
      (self) => `CogroupedData[${print(self.#left)}, ${print(self.#right)}]`,
    );
  }

  /**
   * The rows that a function makes of each pair of groups.
   *
   * @param f is given the key, as an object of its columns, and the rows of both sides; it gives any number of rows
   * @param schema the columns of the rows that it gives
   */
  flatMapGroups<const D extends AnySchema>(
    f: (
      key: SelectShape<L, K>,
      left: readonly L[],
      right: readonly R[],
    ) => RowsFor<D>,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("flatMapGroups()");
    return new DataFrame(
      mapCogroups(this.#left, this.#right, {
        form: "cogroupRows",
        f,
        schema: schema as AnySchema,
        site,
      }),
    );
  }

  /**
   * What a function makes of each pair of groups as tables of apache-arrow.
   *
   * @param f is given the rows of both sides, and the key as an object of its columns; it gives a table with the columns of the schema
   * @param schema the columns that it gives
   */
  applyInArrow<const D extends AnySchema>(
    f: (left: Table, right: Table, key: SelectShape<L, K>) => TableFor,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("applyInArrow()");
    return new DataFrame(
      mapCogroups(this.#left, this.#right, {
        form: "cogroupBatches",
        f,
        schema: schema as AnySchema,
        site,
      }),
    );
  }
}
