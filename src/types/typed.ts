import { type DataType, type Metadata, NO_METADATA } from "./data_type.ts";

/** Where a type keeps, for the compiler only, the TypeScript type of its values. */
export declare const VALUE_TYPE: unique symbol;

/** What carries the TypeScript type of the values that it describes. */
export interface Typed<T> {
  /** Never there: for the compiler only. */
  readonly [VALUE_TYPE]?: T;
}

/** What a type of a schema's builder becomes for one column, element or value. */
export interface FieldBuilder<T> {
  /** The same type, of which a value may be null. */
  nullable(): TypedField<T | null>;
  /** The same type, with a comment. */
  comment(text: string): TypedField<T>;
  /** The same type, with metadata in place of what it has. */
  withMetadata(metadata: Metadata): TypedField<T>;
}

/**
 * A type that knows the TypeScript type of its values: what `types.int` and
 * its kin are. Structs are of their own class, {@link StructType}.
 */
export type TypedDataType<T> =
  & Exclude<DataType, { readonly kind: "struct" }>
  & Typed<T>
  & FieldBuilder<T>;

/** A type with what a column has beside it: what `types.int.nullable()` and its kin are. */
export class TypedField<T> implements Typed<T>, FieldBuilder<T> {
  /** The type of its values. */
  readonly type: DataType;
  /** Whether a value may be null. */
  readonly isNullable: boolean;
  /** What is kept with it. */
  readonly metadata: Metadata;
  /** Never there: the TypeScript type of its values, for the compiler. */
  declare readonly [VALUE_TYPE]?: T;

  /** @internal */
  constructor(
    type: DataType,
    isNullable = false,
    metadata: Metadata = NO_METADATA,
  ) {
    this.type = type;
    this.isNullable = isNullable;
    this.metadata = metadata;
    Object.freeze(this);
  }

  /** The same type, of which a value may be null. */
  nullable(): TypedField<T | null> {
    return new TypedField(this.type, true, this.metadata);
  }

  /** The same type, with a comment. */
  comment(text: string): TypedField<T> {
    return this.withMetadata({ ...this.metadata, comment: text });
  }

  /** The same type, with metadata in place of what it has. */
  withMetadata(metadata: Metadata): TypedField<T> {
    return new TypedField(this.type, this.isNullable, metadata);
  }
}

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
