import { type DataType, type FieldBuilder, TypedField } from "./data_type.ts";
import type { Typed } from "./typed.ts";

/**
 * A type that knows the TypeScript type of its values: what `types.int` and
 * its kin are. Structs are of their own class, {@link StructType}.
 */
export type TypedDataType<T> =
  & Exclude<DataType, { readonly kind: "struct" }>
  & Typed<T>
  & FieldBuilder<T>;

/** Gives a type the methods of a builder, apart from its data: they do not count in comparisons. */
export function typedType<T>(type: DataType): TypedDataType<T> {
  const field = new TypedField<T>(type);
  const methods: FieldBuilder<T> = {
    nullable: () => field.nullable(),
    comment: (text) => field.comment(text),
    withMetadata: (metadata) => field.withMetadata(metadata),
  };
  const copy = { ...type };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(copy, name, { value });
  }
  return Object.freeze(copy) as TypedDataType<T>;
}
