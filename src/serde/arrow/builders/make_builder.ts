import type { DataType } from "../../../types/spark_types.ts";
import {
  toDays,
  toDurationMicros,
  toLocalMicros,
  toLocalNanos,
  toMicros,
  toMonths,
  toNanos,
  toNanosOfDay,
} from "../time_units.ts";
import { unknownType } from "../spark_arrow.ts";
import {
  SPATIAL_STRUCT,
  spatialParts,
  VARIANT_STRUCT,
  variantParts,
} from "../struct_values.ts";
import {
  ConvertedStructBuilder,
  IntervalBuilder,
} from "./converting_builders.ts";
import type { ColumnBuilder, ColumnPlace } from "./column_builder.ts";
import { DecimalBuilder } from "./decimal_builder.ts";
import { ListBuilder, MapBuilder, StructBuilder } from "./nested_builders.ts";
import {
  FloatBuilder,
  IntBuilder,
  LongBuilder,
  TimeBuilder,
} from "./number_builders.ts";
import {
  BinaryBuilder,
  BooleanBuilder,
  NullBuilder,
} from "./plain_builders.ts";
import { TextBuilder } from "./text_builder.ts";

/**
 * Makes a builder for values of one type. Values are what reading gives, and
 * what means the same: whole numbers as number or bigint, decimals as text,
 * bigint or number, times as `Date`, text or of Temporal's types, structs as
 * objects or arrays, maps as `Map` or, with strings as keys, plain objects.
 *
 * @param type the column's type
 * @param name the column's name, for messages
 * @param nullable whether nulls are taken
 * @param action what a message says could not be done, such as
 *   `take the result of "f"`; `write row 3 of column "f"` when left out
 * @throws SparkError `ARROW_TYPE_UNSUPPORTED`
 */
export function columnBuilder(
  type: DataType,
  name: string,
  nullable: boolean = true,
  action?: string,
): ColumnBuilder {
  const place = { column: name, nullable, top: null };
  return make(type, action === undefined ? place : { ...place, action });
}

function make(type: DataType, place: ColumnPlace): ColumnBuilder {
  switch (type.kind) {
    case "void":
      return new NullBuilder(type, place);
    case "boolean":
      return new BooleanBuilder(type, place);
    case "byte":
      return new IntBuilder(type, place, Int8Array);
    case "short":
      return new IntBuilder(type, place, Int16Array);
    case "integer":
      return new IntBuilder(type, place, Int32Array);
    case "long":
      return new LongBuilder(type, place);
    case "float":
    case "double":
      return new FloatBuilder(type, place);
    case "decimal":
      return new DecimalBuilder(type, place);
    case "string":
    case "char":
    case "varchar":
      return new TextBuilder(type, place);
    case "binary":
      return new BinaryBuilder(type, place);
    case "date":
      return new IntBuilder(type, place, Int32Array, toDays);
    case "timestamp":
      return new TimeBuilder(type, place, toMicros);
    case "timestamp_ntz":
      return new TimeBuilder(type, place, toLocalMicros);
    case "timestamp_ltz_nanos":
      return new TimeBuilder(type, place, toNanos(type.precision));
    case "timestamp_ntz_nanos":
      return new TimeBuilder(type, place, toLocalNanos(type.precision));
    case "time":
      return new TimeBuilder(type, place, toNanosOfDay(type.precision));
    case "interval":
      return new IntervalBuilder(type, place);
    case "year_month_interval":
      return new IntBuilder(type, place, Int32Array, toMonths);
    case "day_time_interval":
      return new TimeBuilder(type, place, toDurationMicros);
    case "variant":
      return new ConvertedStructBuilder(
        type,
        place,
        VARIANT_STRUCT,
        make,
        variantParts,
      );
    case "geometry":
    case "geography":
      return new ConvertedStructBuilder(
        type,
        place,
        SPATIAL_STRUCT,
        make,
        spatialParts(type),
      );
    case "udt":
      return make(type.sqlType, place);
    case "array":
      return new ListBuilder(type, place, make);
    case "map":
      return new MapBuilder(type, place, make);
    case "struct":
      return new StructBuilder(type, type, place, make);
    case "other":
      throw unknownType(place.column, type);
  }
}
