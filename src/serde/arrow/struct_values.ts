/**
 * Types that Arrow has as structs of plain columns.
 *
 * Peer: `ArrowUtils.toArrowField` of Spark 4.0 (variants) and 4.1 (shapes).
 *
 * @module
 */
import { type SpatialType, StructType } from "../../types/spark_types.ts";
import { sridOf } from "../../types/spatial_reference.ts";
import { VariantVal } from "../../types/variant_val.ts";
import { encodeVariant } from "../../types/variant_encode.ts";
import type { FieldsOf } from "./builders/converting_builders.ts";

/** What a variant is in Arrow. */
export const VARIANT_STRUCT: StructType = new StructType([
  { name: "value", type: { kind: "binary" }, nullable: false },
  { name: "metadata", type: { kind: "binary" }, nullable: false },
]);

/** What a shape is in Arrow. */
export const SPATIAL_STRUCT: StructType = new StructType([
  { name: "srid", type: { kind: "integer" }, nullable: false },
  { name: "wkb", type: { kind: "binary" }, nullable: false },
]);

/** The number that Arrow's metadata has for a shape's reference system. */
export function arrowSrid(type: SpatialType): string {
  const srid = sridOf(type.crs);
  return srid === "any" ? "-1" : srid;
}

/** The parts of a variant: of a `VariantVal`, or of a value that is encoded as one. */
export function variantParts(value: unknown): ReturnType<FieldsOf> {
  const variant = value instanceof VariantVal ? value : encodeVariant(value);
  if (variant !== null) return [variant.value, variant.metadata];
  return {
    wanted:
      "give a VariantVal, or null, booleans, numbers, strings, bigints, dates, Uint8Arrays, and arrays and plain objects of these",
  };
}

/** The parts of a shape. */
export function spatialParts(type: SpatialType): FieldsOf {
  const srid = arrowSrid(type);
  return (value) => {
    if (typeof value === "object" && value !== null) {
      const parts = value as Readonly<Record<string, unknown>>;
      const isRight = srid === "-1" || String(parts["srid"]) === srid;
      if (parts["wkb"] instanceof Uint8Array && isRight) {
        return [parts["srid"], parts["wkb"]];
      }
    }
    const wanted = srid === "-1" ? "a number" : srid;
    return {
      wanted: `give { srid, wkb } with well-known binary and ${wanted} as srid`,
    };
  };
}
