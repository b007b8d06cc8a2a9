/**
 * What the compiler reads from a schema in SQL's words.
 *
 * ```ts ignore
 * schema<const D extends string>(ddl: DdlText<D>): DataFrame<ShapeOfDdl<D>>;
 * udf<A, const D extends string>(f: (…args: A) => ValueOfDdlType<D> | null, returnType: DdlText<D>)
 * ```
 *
 * The text is cut at its commas, each followed by how deep it stands within
 * `<…>` and `(…)`; names within backticks and texts of comments are masked
 * before. A text that is not known when the program is compiled, has SQL
 * comments or over 900 commas is the untyped shape.
 *
 * @module
 */
import type {
  DateOnly,
  Decimal,
  Long,
  TimeOfDay,
  Timestamp,
  TimestampNanos,
  TimestampNtz,
  TimestampNtzNanos,
} from "./type_settings.ts";
import type { CalendarInterval, SpatialValue } from "./values.ts";
import type { VariantVal } from "./variant_val.ts";

/** The shape of rows of a schema: `"id BIGINT NOT NULL, tags ARRAY<STRING>"` is `{ id: number; tags: (string | null)[] | null }`. */
export type ShapeOfDdl<D extends string> = StructOf<D, "kept">;

/** As {@link ShapeOfDdl}, of what readers of files make of it: NOT NULL is dropped, within structs too. */
export type ReadShapeOfDdl<D extends string> = StructOf<D, "dropped">;

/** The type of a value of a type in SQL's words, not null: `"array<int>"` is `(number | null)[]`. */
export type ValueOfDdlType<D extends string> = string extends D ? unknown
  : IsHard<D> extends true ? unknown
  : ColumnsOrType<Trim<Mask<D>>>;

/**
 * The text itself where it is a schema, or a type, else what is wrong with it:
 * as the type of a parameter, it is what the compiler prints.
 */
export type DdlText<D extends string> = ProblemOf<D> extends
  infer P extends string ? [P] extends [never] ? D : P
  : never;

/**
 * Whether a text says columns, or one `STRUCT<…>`.
 *
 * @ignore
 */
export type IsStructDdl<D extends string> = string extends D ? boolean
  : IsHard<D> extends true ? boolean
  : Trim<Mask<D>> extends infer T extends string
    ? Uppercase<T> extends `STRUCT<${string}` | `STRUCT <${string}` ? true
    : [TypeOf<T, "kept">] extends [DdlProblem<string>] ? true
    : false
  : never;

/** What is wrong with a text, in words. */
interface DdlProblem<Text extends string> {
  readonly ddlProblem: Text;
}

/** Whether NOT NULL counts. */
type Nulls = "kept" | "dropped";

type Untyped = Record<string, unknown>;

/** @ignore */
type ProblemOf<D extends string> = string extends D ? never
  : IsHard<D> extends true ? never
  : ColumnsOrType<Trim<Mask<D>>> extends DdlProblem<infer Text> ? Text
  : never;

/**
 * A type, or columns; what is wrong with a text of one word is wrong with a type.
 *
 * @ignore
 */
type ColumnsOrType<T extends string> = TypeOf<T, "kept"> extends infer V
  ? [V] extends [DdlProblem<string>]
    ? T extends `${string}${Space | ":" | ","}${string}` ? Columns<T, "kept">
    : V
  : V
  : never;

/** @ignore */
type StructOf<D extends string, N extends Nulls> = string extends D ? Untyped
  : IsHard<D> extends true ? Untyped
  : Trim<Mask<D>> extends infer T extends string
    ? Uppercase<T> extends `STRUCT<${string}` | `STRUCT <${string}`
      ? TypeOf<T, N>
    : Columns<T, N>
  : never;

/**
 * Texts with SQL comments are left to Spark.
 *
 * @ignore
 */
type IsHard<D extends string> = D extends `${string}--${string}` ? true
  : D extends `${string}/*${string}` ? true
  : false;

// Columns

type Columns<T extends string, N extends Nulls> = [Fields<T, N>] extends
  [FieldOf] ? [Fields<T, N>[2]] extends [never] ? Shape<T, N>
  : DdlProblem<Fields<T, N>[2]>
  : Untyped;

/** A column: its name, the type of its values, and what is wrong with it. */
type FieldOf = readonly [name: string, value: unknown, problem: string];

/**
 * Depends on the text alone: of what a mapped type depends on, the compiler
 * looks through all at each step of a chain, and through a text in no time.
 */
type Shape<T extends string, N extends Nulls> =
  & { [C in Extract<Fields<T, N>, FieldOf> as C[0]]: C[1] }
  // deno-lint-ignore ban-types -- has the compiler print the members
  & {};

/**
 * Any of the fields between the commas that stand at no depth; null for too
 * many. A list of them would take a type for each of its lengths, with as many
 * parameters, and so would a count of all commas: it is one of 30 and one of
 * 30 times these.
 */
type Fields<
  T extends string,
  N extends Nulls,
  Depth extends readonly 0[] = [],
  Before extends string = "",
  Done extends FieldOf = never,
  Units extends readonly 0[] = [],
  Tens extends readonly 0[] = [],
> = Tens["length"] extends 30 ? null
  : T extends `${infer Head},${infer Rest}`
    ? DepthAfter<Head, Depth> extends infer D extends readonly 0[]
      ? D extends readonly [] ? Fields<
          Rest,
          N,
          [],
          "",
          Done | Field<Single<Trim<`${Before}${Head}`>>, N>,
          NextUnits<Units>,
          NextTens<Units, Tens>
        >
      : Fields<
        Rest,
        N,
        D,
        `${Before}${Head},`,
        Done,
        NextUnits<Units>,
        NextTens<Units, Tens>
      >
    : never
  : Done | Field<Single<Trim<`${Before}${T}`>>, N>;

type NextUnits<U extends readonly 0[]> = U["length"] extends 29 ? []
  : [...U, 0];

type NextTens<U extends readonly 0[], T extends readonly 0[]> =
  U["length"] extends 29 ? [...T, 0] : T;

type Field<T extends string, N extends Nulls> = T extends ""
  ? readonly ["", unknown, "a column is missing"]
  : T extends `\`${infer Name}\`${infer Rest}`
    ? NamedField<Unmask<Name>, AfterName<Rest>, N>
  : NameAndType<T> extends readonly [
    infer Name extends string,
    infer Type extends string,
  ] ? NamedField<Name, AfterName<Type>, N>
  : NamedField<T, "", N>;

type NamedField<Name extends string, T extends string, N extends Nulls> =
  T extends "" ? readonly [Name, unknown, `the column "${Name}" has no type`]
    : Parts<T> extends readonly [
      infer Base extends string,
      infer Inner,
      infer After extends string,
    ]
      ? ValueOf<Base, Inner, N> extends infer V
        ? [V] extends [DdlProblem<infer Why>]
          ? readonly [Name, unknown, `${Why}, in the column "${Name}"`]
        : readonly [
          Name,
          N extends "kept" ? IsNotNull<After> extends true ? V : V | null
            : V | null,
          never,
        ]
      : never
    : never;

/** A name up to a space or a colon, and the rest; null where there is neither. */
type NameAndType<T extends string> = T extends `${infer A}:${infer B}`
  ? A extends `${infer C} ${infer D}`
    ? D extends Space | "" ? readonly [C, B] : readonly [C, `${D}:${B}`]
  : readonly [A, B]
  : T extends `${infer A} ${infer B}` ? readonly [A, B]
  : null;

type AfterName<T extends string> = Trim<T> extends `:${infer R}` ? Trim<R>
  : Trim<T>;

type IsNotNull<After extends string> = Words<After> extends `NOT NULL${string}`
  ? true
  : false;

// Types

type TypeOf<T extends string, N extends Nulls> = Parts<T> extends readonly [
  infer Base extends string,
  infer Inner,
  infer After extends string,
] ? Trim<After> extends "" ? ValueOf<Base, Inner, N>
  : DdlProblem<`there is "${Trim<After>}" after a type`>
  : never;

/** Of `base<inner> after` the three; of others the name with its words, null, and what follows. */
type Parts<T extends string> = T extends `${infer Base}<${infer Rest}`
  ? UpToLast<Rest> extends readonly [
    infer Inner extends string,
    infer After extends string,
  ] ? readonly [Uppercase<Trim<Base>>, Inner, After]
  : readonly [Uppercase<Trim<Base>>, DdlProblem<`a ">" is missing`>, ""]
  : PlainParts<Words<T>>;

/** The text before the last `>`, and behind it. */
type UpToLast<T extends string, Before extends string = ""> = T extends
  `${infer A}>${infer B}`
  ? B extends `${string}>${string}` ? UpToLast<B, `${Before}${A}>`>
  : readonly [`${Before}${A}`, B]
  : null;

type PlainParts<T extends string> = T extends `${infer Type} NOT NULL${infer R}`
  ? readonly [PlainName<Type>, null, `NOT NULL${R}`]
  : T extends `${infer Type} COMMENT${string}`
    ? readonly [PlainName<Type>, null, ""]
  : readonly [PlainName<T>, null, ""];

/** A type's name without numbers and collation: `DECIMAL` of `DECIMAL(10, 2)`. */
type PlainName<T extends string> = T extends
  `${infer Name}(${infer Size})${infer R}`
  ? PlainName<`${Trim<Name>}${R}${NanosMark<Name, Trim<Size>>}`>
  : T extends `${infer Name} COLLATE ${string}` ? Trim<Name>
  : Trim<T>;

/** Marks timestamps of more digits than microseconds have: their values are of another type. */
type NanosMark<Name extends string, Size extends string> = Name extends
  `TIMESTAMP${string}` ? Size extends "7" | "8" | "9" ? " NANOS" : "" : "";

type ValueOf<Base extends string, Inner, N extends Nulls> = Inner extends
  DdlProblem<string> ? Inner
  : Inner extends string ? NestedOf<Base, Inner, N>
  : Base extends keyof Values ? Values[Base]
  : Base extends "ARRAY" | "MAP" | "STRUCT"
    ? DdlProblem<`the type "${Base}" says nothing of what is in it`>
  : DdlProblem<`the type "${Lowercase<Base>}" is unknown`>;

type NestedOf<Base extends string, Inner extends string, N extends Nulls> =
  Base extends "ARRAY" ? ArrayOf<TypeOf<Trim<Inner>, N>>
    : Base extends "MAP" ? MapOf<Pair<Inner>, N>
    : Base extends "STRUCT"
    // deno-lint-ignore ban-types -- a struct of no fields
      ? Trim<Inner> extends "" ? {} : Columns<Trim<Inner>, N>
    : DdlProblem<`the type "${Lowercase<Base>}" has no types in it`>;

type ArrayOf<E> = [E] extends [DdlProblem<string>] ? E : (E | null)[];

type MapOf<P, N extends Nulls> = P extends readonly [
  infer K extends string,
  infer V extends string,
]
  ? TypeOf<Trim<K>, N> extends infer Key
    ? [Key] extends [DdlProblem<string>] ? Key
    : TypeOf<Trim<V>, N> extends infer Value
      ? [Value] extends [DdlProblem<string>] ? Value
      : Map<Key, Value | null>
    : never
  : never
  : DdlProblem<"a map has the types of keys and values">;

/** The two sides of the first comma at no depth. */
type Pair<
  T extends string,
  Depth extends readonly 0[] = [],
  Before extends string = "",
> = T extends `${infer Head},${infer Rest}`
  ? DepthAfter<Head, Depth> extends infer D extends readonly 0[]
    ? D extends readonly [] ? readonly [`${Before}${Head}`, Rest]
    : Pair<Rest, D, `${Before}${Head},`>
  : never
  : null;

interface Values {
  BINARY: Uint8Array;
  BIGINT: Long;
  BOOLEAN: boolean;
  BYTE: number;
  CHAR: string;
  CHARACTER: string;
  DATE: DateOnly;
  DEC: Decimal;
  DECIMAL: Decimal;
  DOUBLE: number;
  FLOAT: number;
  GEOGRAPHY: SpatialValue;
  GEOMETRY: SpatialValue;
  INT: number;
  INTEGER: number;
  INTERVAL: CalendarInterval;
  "INTERVAL DAY": bigint;
  "INTERVAL DAY TO HOUR": bigint;
  "INTERVAL DAY TO MINUTE": bigint;
  "INTERVAL DAY TO SECOND": bigint;
  "INTERVAL HOUR": bigint;
  "INTERVAL HOUR TO MINUTE": bigint;
  "INTERVAL HOUR TO SECOND": bigint;
  "INTERVAL MINUTE": bigint;
  "INTERVAL MINUTE TO SECOND": bigint;
  "INTERVAL MONTH": number;
  "INTERVAL SECOND": bigint;
  "INTERVAL YEAR": number;
  "INTERVAL YEAR TO MONTH": number;
  LONG: Long;
  NUMERIC: Decimal;
  REAL: number;
  SHORT: number;
  SMALLINT: number;
  STRING: string;
  TIME: TimeOfDay;
  "TIME WITHOUT TIME ZONE": TimeOfDay;
  TIMESTAMP: Timestamp;
  "TIMESTAMP NANOS": TimestampNanos;
  "TIMESTAMP WITH LOCAL TIME ZONE": Timestamp;
  "TIMESTAMP WITH LOCAL TIME ZONE NANOS": TimestampNanos;
  "TIMESTAMP WITHOUT TIME ZONE": TimestampNtz;
  "TIMESTAMP WITHOUT TIME ZONE NANOS": TimestampNtzNanos;
  TIMESTAMP_LTZ: Timestamp;
  "TIMESTAMP_LTZ NANOS": TimestampNanos;
  TIMESTAMP_NTZ: TimestampNtz;
  "TIMESTAMP_NTZ NANOS": TimestampNtzNanos;
  TINYINT: number;
  VARCHAR: string;
  VARIANT: VariantVal;
  VOID: null;
}

// Texts

/** How deep the text leaves what follows it. */
type DepthAfter<T extends string, D extends readonly 0[]> = Closed<
  T,
  ")",
  Closed<T, ">", Opened<T, "(", Opened<T, "<", D>>>
>;

type Opened<T extends string, Sign extends string, D extends readonly 0[]> =
  T extends `${string}${Sign}${infer R}` ? Opened<R, Sign, readonly [...D, 0]>
    : D;

type Closed<T extends string, Sign extends string, D extends readonly 0[]> =
  T extends `${string}${Sign}${infer R}` ? Closed<
      R,
      Sign,
      D extends readonly [0, ...infer E extends readonly 0[]] ? E : D
    >
    : D;

type Space = " " | "\n" | "\t" | "\r";

/** @ignore */
type Trim<T extends string> = T extends `${Space}${infer R}` ? Trim<R>
  : T extends `${infer R}${Space}` ? Trim<R>
  : T;

/** Large letters, and one space between words. */
type Words<T extends string> = Single<Uppercase<Trim<T>>>;

type Single<T extends string> = T extends
  `${infer A}${"\n" | "\t" | "\r"}${infer B}` ? Single<`${A} ${B}`>
  : T extends `${infer A}  ${infer B}` ? Single<`${A} ${B}`>
  : T;

// Names within backticks, and texts

/**
 * The text without the texts of comments, and names within backticks without the signs that cut it.
 *
 * @ignore
 */
type Mask<T extends string, Done extends string = ""> = T extends
  `${infer A}\`${infer R}` ? HasQuote<A> extends true ? SkipText<T, Done>
  : MaskedName<R> extends readonly [
    infer Name extends string,
    infer Rest extends string,
  ] ? Mask<Rest, `${Done}${A}\`${Name}\``>
  : `${Done}${T}`
  : SkipText<T, Done>;

type SkipText<T extends string, Done extends string> = T extends
  `${infer A}'${infer R}`
  ? A extends `${infer B}"${infer S}`
    ? Mask<TextEnd<`${S}'${R}`, '"'>, `${Done}${B}`>
  : Mask<TextEnd<R, "'">, `${Done}${A}`>
  : T extends `${infer A}"${infer R}` ? Mask<TextEnd<R, '"'>, `${Done}${A}`>
  : `${Done}${T}`;

type HasQuote<T extends string> = T extends `${string}'${string}` ? true
  : T extends `${string}"${string}` ? true
  : false;

/** What follows a text. */
type TextEnd<T extends string, Quote extends string> = T extends
  `${infer A}${Quote}${infer R}` ? A extends `${string}\\` ? TextEnd<R, Quote>
  : R extends `${Quote}${infer S}` ? TextEnd<S, Quote>
  : R
  : "";

type MaskedName<T extends string, Done extends string = ""> = T extends
  `${infer A}\`${infer R}`
  ? R extends `\`${infer S}` ? MaskedName<S, `${Done}${MaskSigns<A>}\uE007`>
  : readonly [`${Done}${MaskSigns<A>}`, R]
  : null;

type MaskSigns<T extends string> = Swap<
  Swap<
    Swap<
      Swap<
        Swap<Swap<Swap<T, ",", "\uE000">, "<", "\uE001">, ">", "\uE002">,
        "(",
        "\uE003"
      >,
      ")",
      "\uE004"
    >,
    ":",
    "\uE005"
  >,
  " ",
  "\uE006"
>;

type Unmask<T extends string> = Swap<
  Swap<
    Swap<
      Swap<
        Swap<
          Swap<Swap<Swap<T, "\uE000", ",">, "\uE001", "<">, "\uE002", ">">,
          "\uE003",
          "("
        >,
        "\uE004",
        ")"
      >,
      "\uE005",
      ":"
    >,
    "\uE006",
    " "
  >,
  "\uE007",
  "`"
>;

type Swap<T extends string, From extends string, To extends string> = T extends
  `${infer A}${From}${infer B}` ? Swap<`${A}${To}${B}`, From, To> : T;
