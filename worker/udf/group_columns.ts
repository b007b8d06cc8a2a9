import type { UdfCall } from "../../src/protocol/udf_command.ts";
import { udfInvalid, type ValueForms } from "../../src/protocol/udf_record.ts";
import type {
  ArrowField,
  ArrowSchema,
} from "../../src/serde/arrow/arrow_type.ts";
import type {
  ArrowBatch,
  ColumnView,
} from "../../src/serde/arrow/column_view.ts";
import { rowsReader } from "./struct_rows.ts";

/** Which columns of a group are its key, and which its values. */
export interface GroupOffsets {
  readonly keys: readonly number[];
  readonly values: readonly number[];
}

/**
 * Reads where keys and values of each side are.
 *
 * Peer: `FlatMapGroupsInPandasExec`, `FlatMapCoGroupsInPandasExec`. Layout: for
 * each side the number of ints that follow, the number of key columns, key
 * columns, value columns.
 *
 * @param call as the query has it
 * @throws ProtocolError `UDF_INVALID`
 */
export function groupOffsets({ arguments: args }: UdfCall): GroupOffsets[] {
  const ints = args.map(({ offset }) => offset);
  const sides: GroupOffsets[] = [];
  for (let at = 0; at < ints.length;) {
    const end = at + 1 + (ints[at] ?? 0);
    const keys = ints[at + 1] ?? -1;
    if (keys < 0 || at + 2 + keys > end || end > ints.length) {
      throw udfInvalid(`its columns are listed as ${ints.join()}`);
    }
    sides.push({
      keys: ints.slice(at + 2, at + 2 + keys),
      values: ints.slice(at + 2 + keys, end),
    });
    at = end;
  }
  return sides;
}

/**
 * Reads the groups of a function that takes those of one frame.
 *
 * @param call as the query has it
 * @param forms how values come
 * @throws ProtocolError `UDF_INVALID`
 */
export function groupReader(call: UdfCall, forms: ValueForms): GroupReader {
  const [offsets] = groupOffsets(call);
  if (offsets === undefined) throw udfInvalid("it has no columns");
  return new GroupReader(offsets, forms);
}

/** Reads keys and rows of groups of one schema. */
export class GroupReader {
  readonly #offsets: GroupOffsets;
  readonly #forms: ValueForms;
  #schema: ArrowSchema | null = null;
  #readKeys: ReturnType<typeof rowsReader> = () => [];
  #readRows: ReturnType<typeof rowsReader> = () => [];

  /**
   * @param offsets where keys and values are
   * @param forms how values come
   */
  constructor(offsets: GroupOffsets, forms: ValueForms) {
    this.#offsets = offsets;
    this.#forms = forms;
  }

  /** The key of a batch that has rows: an object of its columns. */
  keyOf(schema: ArrowSchema, batch: ArrowBatch): object {
    this.#prepare(schema);
    const views = pick(batch.columns, this.#offsets.keys)
      .map((view): ColumnView => ({ ...view, length: 1 }));
    return this.#readKeys(views, 1)[0] ?? {};
  }

  /** The keys of all rows of a batch. */
  keysOf(schema: ArrowSchema, { columns, length }: ArrowBatch): object[] {
    this.#prepare(schema);
    return this.#readKeys(pick(columns, this.#offsets.keys), length);
  }

  /** The rows of a batch. */
  rowsOf(schema: ArrowSchema, batch: ArrowBatch): object[] {
    this.#prepare(schema);
    return this.#readRows(
      pick(batch.columns, this.#offsets.values),
      batch.length,
    );
  }

  /** Those columns that are values. */
  valueSchema({ fields }: ArrowSchema): ArrowSchema {
    return { fields: pick(fields, this.#offsets.values) };
  }

  /** A batch of those columns that are values. */
  valueBatch({ columns, length }: ArrowBatch): ArrowBatch {
    return { length, columns: pick(columns, this.#offsets.values) };
  }

  #prepare(schema: ArrowSchema): void {
    if (this.#schema === schema) return;
    this.#schema = schema;
    const reader = (
      offsets: readonly number[],
    ): ReturnType<typeof rowsReader> =>
      rowsReader(pick<ArrowField>(schema.fields, offsets), this.#forms);
    this.#readKeys = reader(this.#offsets.keys);
    this.#readRows = reader(this.#offsets.values);
  }
}

function pick<T>(items: readonly T[], offsets: readonly number[]): T[] {
  return offsets.map((offset) => {
    const item = items[offset];
    if (item !== undefined) return item;
    throw udfInvalid(`it takes column ${offset} of ${items.length}`);
  });
}
