/**
 * Columns of other programs in the types that Spark has.
 *
 * @module
 */
import { SparkError } from "../../common/errors.ts";
import {
  type ArrowField,
  type ArrowType,
  arrowTypeName,
} from "./arrow_type.ts";
import { type ColumnValues, type ColumnView, isValid } from "./column_view.ts";

/** A column's type in Spark's Arrow, and what makes its views such. */
export interface NormalColumn {
  /** The column in a type that Spark has. */
  readonly field: ArrowField;
  /** The same values in that type. */
  normalize(view: ColumnView): ColumnView;
}

/**
 * How a column comes to a type that Spark has: unsigned integers as larger
 * ones, times in Spark's units, lists and binaries of a fixed size as others.
 *
 * @param field the column as it is
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED`; when views are normalized
 *   `ARROW_VALUE_INEXACT` for a time that Spark's unit cannot hold
 */
export function normalColumn(field: ArrowField): NormalColumn {
  const children = field.children.map(normalColumn);
  const type = normalType(field);
  const normal: ArrowField = {
    ...field,
    type,
    children: children.map((child) => child.field),
  };
  const convert = converter(field, type);
  const normalize = (view: ColumnView): ColumnView => ({
    ...view,
    field: normal,
    ...(view.dictionary === null
      ? convert(view)
      : { dictionary: normalize(view.dictionary) }),
    children: view.children.map((child, i) =>
      children[i]?.normalize(child) ?? child
    ),
  });
  return { field: normal, normalize };
}

function normalType(field: ArrowField): ArrowType {
  const { type } = field;
  switch (type.kind) {
    case "int":
      if (type.signed) return type;
      if (type.bits === 64) {
        return { kind: "decimal", precision: 20, scale: 0, bits: 128 };
      }
      return { kind: "int", bits: WIDER[type.bits], signed: true };
    case "float":
      if (type.bits !== 16) return type;
      break;
    case "decimal":
      if (type.bits === 128) return type;
      break;
    case "date":
      return { kind: "date", unit: "day" };
    case "time":
      return { kind: "time", unit: "ns", bits: 64 };
    case "timestamp":
      return { ...type, unit: "us" };
    case "duration":
      return { kind: "duration", unit: "us" };
    case "interval":
      if (type.unit !== "dayTime") return type;
      break;
    case "fixedBinary":
      return { kind: "binary", large: false };
    case "fixedList":
      return { kind: "list", large: false };
    default:
      return type;
  }
  throw new SparkError(
    "ARROW_TYPE_UNSUPPORTED",
    `Cannot make a DataFrame of column "${field.name}": Spark has no type for Arrow's ${
      arrowTypeName(type)
    }; cast it first`,
    { column: field.name, type: arrowTypeName(type) },
  );
}

const WIDER = { 8: 16, 16: 32, 32: 64 } as const;

type Converted = Partial<Pick<ColumnView, "values" | "offsets">>;

function converter(
  field: ArrowField,
  to: ArrowType,
): (view: ColumnView) => Converted {
  const { type } = field;
  switch (type.kind) {
    case "int":
      if (type.signed) return () => ({});
      return ({ values }) => ({ values: widened(values) });
    case "date":
      if (type.unit === "day") return () => ({});
      return (view) => ({
        values: Int32Array.from(scaled(view, 1n, 86_400_000n), Number),
      });
    case "time":
    case "timestamp":
    case "duration": {
      const unit = "unit" in to ? to.unit : type.unit;
      const [times, by] = ratioOf(type.unit, unit);
      if (times === by && type.kind !== "time") return () => ({});
      return (view) => ({ values: scaled(view, times, by) });
    }
    case "fixedBinary":
      return ({ length }) => ({ offsets: steps(length, type.width) });
    case "fixedList":
      return ({ length }) => ({ offsets: steps(length, type.size) });
    default:
      return () => ({});
  }
}

const PER_SECOND: Readonly<Record<string, bigint>> = {
  s: 1n,
  ms: 1000n,
  us: 1_000_000n,
  ns: 1_000_000_000n,
};

function ratioOf(
  from: string,
  to: string,
): readonly [times: bigint, by: bigint] {
  const [a, b] = [PER_SECOND[from] ?? 1n, PER_SECOND[to] ?? 1n];
  return b >= a ? [b / a, 1n] : [1n, a / b];
}

/** Values in another unit, each exact. */
function scaled(view: ColumnView, times: bigint, by: bigint): BigInt64Array {
  const made = new BigInt64Array(view.length);
  for (let i = 0; i < view.length; i++) {
    if (!isValid(view, i)) continue;
    const value = BigInt(view.values[i] as number | bigint) * times;
    made[i] = value / by;
    if ((made[i] as bigint) * by !== value) throw inexact(view, i);
  }
  return made;
}

function inexact({ field, values }: ColumnView, row: number): SparkError {
  const type = arrowTypeName(field.type);
  return new SparkError(
    "ARROW_VALUE_INEXACT",
    `Cannot make a DataFrame of column "${field.name}": row ${row} has ${
      values[row]
    } of type ${type}, which Spark's unit does not hold; round it first`,
    { column: field.name, row, type },
  );
}

function widened(values: ColumnValues): ColumnValues {
  if (values instanceof Uint8Array) return Int16Array.from(values);
  if (values instanceof Uint16Array) return Int32Array.from(values);
  if (values instanceof Uint32Array) return BigInt64Array.from(values, BigInt);
  const words = new Int32Array(4 * values.length);
  values.forEach((value: number | bigint, i: number) => {
    words[4 * i] = Number(BigInt.asIntN(32, BigInt(value)));
    words[4 * i + 1] = Number(BigInt.asIntN(32, BigInt(value) >> 32n));
  });
  return words;
}

function steps(length: number, size: number): Int32Array {
  return Int32Array.from({ length: length + 1 }, (_, i) => i * size);
}
