import { print } from "../plan/transformations.ts";
import { printBy } from "../../../common/inspect.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { columnOrName } from "../expression/to_expression.ts";
import { type HasRelation, RELATION } from "../frame_relation.ts";
import type { Argument } from "../plan/argument.ts";
import type { Relation } from "../plan/relation.ts";
import type { AnyColumn } from "../typing/columns_of.ts";
import { write, type WriterCall } from "./write_frame.ts";

/** Values of the target's columns, by name. */
export type Assignments = Readonly<Record<string, AnyColumn>>;

/** What happens to rows of the target that match, or that the source does not have. */
export interface WhenMatched {
  /** Sets columns of the target. */
  update(assignments: Assignments): MergeIntoWriter;
  /** Sets all columns of the target to those of the source. */
  updateAll(): MergeIntoWriter;
  /** Deletes the row of the target. */
  delete(): MergeIntoWriter;
}

/** What happens to rows of the source that the target does not have. */
export interface WhenNotMatched {
  /** Adds a row of these values to the target. */
  insert(assignments: Assignments): MergeIntoWriter;
  /** Adds the row to the target. */
  insertAll(): MergeIntoWriter;
}

/** What happens to rows of the target that the source does not have. */
export interface WhenNotMatchedBySource {
  /** Sets columns of the target. */
  update(assignments: Assignments): MergeIntoWriter;
  /** Deletes the row of the target. */
  delete(): MergeIntoWriter;
}

/**
 * Merges a DataFrame into a table: `df.mergeInto(table, condition)`. Spark 4.0
 * and later, for tables whose format can.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 * import { col } from "@tspark/tspark/functions";
 *
 * const merge = (changes: DataFrame) =>
 *   changes.alias("c").mergeInto("people", col("people.id").eq(col("c.id")))
 *     .whenMatched().updateAll()
 *     .whenNotMatched().insertAll()
 *     .merge();
 * ```
 */
export class MergeIntoWriter {
  readonly #node: Relation;
  readonly #first: WriterCall;
  readonly #calls: readonly WriterCall[];

  /** @internal */
  constructor(
    df: HasRelation,
    first: WriterCall,
    calls: readonly WriterCall[] = [],
  ) {
    this.#node = df[RELATION];
    this.#first = first;
    this.#calls = calls;
  }

  static {
    printBy(
      MergeIntoWriter.prototype,
      (self) => `MergeIntoWriter[${print(self.#node)}]`,
    );
  }

  /** Rows of both that match, and for which a condition holds where one is given. */
  whenMatched(condition?: AnyColumn): WhenMatched {
    const when = whenCall("whenMatched", condition);
    return {
      update: (assignments) =>
        this.#with(when, ["update", scalaMap(assignments)]),
      updateAll: () => this.#with(when, ["updateAll"]),
      delete: () => this.#with(when, ["delete"]),
    };
  }

  /** Rows of the source that the target does not have. */
  whenNotMatched(condition?: AnyColumn): WhenNotMatched {
    const when = whenCall("whenNotMatched", condition);
    return {
      insert: (assignments) =>
        this.#with(when, ["insert", scalaMap(assignments)]),
      insertAll: () => this.#with(when, ["insertAll"]),
    };
  }

  /** Rows of the target that the source does not have. */
  whenNotMatchedBySource(condition?: AnyColumn): WhenNotMatchedBySource {
    const when = whenCall("whenNotMatchedBySource", condition);
    return {
      update: (assignments) =>
        this.#with(when, ["update", scalaMap(assignments)]),
      delete: () => this.#with(when, ["delete"]),
    };
  }

  /** Lets the target get columns that only the source has. */
  withSchemaEvolution(): MergeIntoWriter {
    return this.#with(["withSchemaEvolution"]);
  }

  /** Merges. */
  async merge(options?: ActionOptions): Promise<void> {
    await write(
      this.#node,
      this.#first,
      this.#calls,
      ["merge"],
      "merge()",
      options,
    );
  }

  #with(...calls: readonly WriterCall[]): MergeIntoWriter {
    return new MergeIntoWriter({ [RELATION]: this.#node }, this.#first, [
      ...this.#calls,
      ...calls,
    ]);
  }
}

function whenCall(
  method: string,
  condition: AnyColumn | undefined,
): WriterCall {
  return condition === undefined ? [method] : [method, columnOrName(condition)];
}

function scalaMap(assignments: Assignments): Argument {
  return {
    kind: "entries",
    as: "scala",
    entries: Object.entries(assignments).map((
      [name, column],
    ) => [name, columnOrName(column)]),
  };
}
