import { orderedArguments } from "../../src/common/named_arguments.ts";
import type { UdfCall } from "../../src/protocol/udf_command.ts";
import {
  udfInvalid,
  type UdfRecord,
  type ValueForms,
} from "../../src/protocol/udf_record.ts";
import type {
  ArrowField,
  ArrowSchema,
} from "../../src/serde/arrow/arrow_type.ts";
import type {
  ArrowBatch,
  ColumnView,
} from "../../src/serde/arrow/column_view.ts";
import { columnReader } from "../../src/serde/arrow/column_reader.ts";
import { sparkTypeOf } from "../../src/serde/arrow/spark_type_of.ts";
import type { DataType } from "../../src/types/spark_types.ts";
import { FailedCall } from "../task/failed_call.ts";

/** The values of a column by index. */
export type Values = ArrayLike<unknown>;

/**
 * Reads one column; one object for all functions that are given it in the same
 * forms, unless its values can be changed: what one function does to an array
 * is nothing that another may see.
 */
interface ColumnRead {
  readonly offset: number;
  readonly read: (view: ColumnView) => Values;
}

/** What was read of one batch: what several functions are given is read once. */
export type ReadColumns = Map<ColumnRead, Values>;

/** Reads the arguments of functions out of batches of one schema. */
export class ArgumentReaders {
  readonly #schema: ArrowSchema;
  readonly #reads = new Map<string, ColumnRead>();

  /** @param schema the columns that come */
  constructor(schema: ArrowSchema) {
    this.#schema = schema;
  }

  /**
   * What reads the arguments of one function.
   *
   * @param offsets the column of each argument
   * @param forms how values come
   * @throws ProtocolError `UDF_INVALID` for a column that does not come; see
   *   also `columnReader`
   */
  of(
    offsets: readonly number[],
    forms: ValueForms,
  ): (batch: ArrowBatch, known: ReadColumns) => Values[] {
    const reads = offsets.map((offset) => this.#read(offset, forms));
    return (batch, known) => reads.map((read) => valuesOf(read, batch, known));
  }

  /**
   * As {@link ArgumentReaders.of}, of a function that is named where it cannot
   * be given a value, such as a long that no number holds.
   *
   * @throws FailedCall, by what it returns
   */
  ofFunction(
    offsets: readonly number[],
    record: UdfRecord,
  ): ReturnType<ArgumentReaders["of"]> {
    const read = this.of(offsets, record.values);
    return (batch, known) => {
      try {
        return read(batch, known);
      } catch (error) {
        throw new FailedCall(error, record, []);
      }
    };
  }

  #read(offset: number, forms: ValueForms): ColumnRead {
    const { longs, timestamps, dates } = forms;
    const key = [offset, longs, timestamps, dates].join();
    const known = this.#reads.get(key);
    if (known !== undefined) return known;
    const { fields } = this.#schema;
    const field = fields[offset];
    if (field === undefined) {
      throw udfInvalid(`it takes column ${offset} of ${fields.length}`);
    }
    const read = { offset, read: valueReader(field, forms) };
    if (isUnchangeable(sparkTypeOf(field), forms)) this.#reads.set(key, read);
    return read;
  }
}

function valuesOf(
  column: ColumnRead,
  batch: ArrowBatch,
  known: ReadColumns,
): Values {
  const before = known.get(column);
  if (before !== undefined) return before;
  const values = column.read(batch.columns[column.offset] as ColumnView);
  known.set(column, values);
  return values;
}

function valueReader(
  field: ArrowField,
  forms: ValueForms,
): (view: ColumnView) => Values {
  const read = columnReader(field, sparkTypeOf(field), field.name, {
    ...forms,
    rows: "plain",
  });
  if (!isDirect(field)) return read;
  return (view) =>
    view.validity === null && view.length > 0 ? view.values : read(view);
}

/** Whether no function can change a value of a type. */
function isUnchangeable(type: DataType, forms: ValueForms): boolean {
  switch (type.kind) {
    case "void":
    case "boolean":
    case "byte":
    case "short":
    case "integer":
    case "long":
    case "float":
    case "double":
    case "decimal":
    case "string":
    case "char":
    case "varchar":
    case "time":
    case "year_month_interval":
    case "day_time_interval":
      return true;
    case "date":
      return forms.dates === "plainDate";
    case "timestamp":
    case "timestamp_ntz":
    case "timestamp_ltz_nanos":
    case "timestamp_ntz_nanos":
      return forms.timestamps === "instant";
    default:
      return false;
  }
}

/** Whether the numbers that lie in memory are the values themselves. */
function isDirect({ type, dictionary }: ArrowField): boolean {
  if (dictionary !== null) return false;
  return (type.kind === "int" && type.signed && type.bits < 64) ||
    (type.kind === "float" && type.bits > 16);
}

/**
 * The column of each argument of a call, in the order of the function's parameters.
 *
 * @param call as the query has it
 * @param record the function that is given them
 * @throws SparkError `ARGUMENT_NAME_INVALID`
 */
export function argumentOffsets(
  { arguments: args }: Pick<UdfCall, "arguments">,
  { name, parameters }: Pick<UdfRecord, "name" | "parameters">,
): number[] {
  return orderedArguments(
    name,
    parameters,
    args.map(({ name, offset }) => ({ name, value: offset })),
  );
}
