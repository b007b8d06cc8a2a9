/**
 * The nodes of plans and expressions: plain frozen objects with a `kind`, each
 * of which may hold the others, so that their types stand together.
 *
 * @module
 */
import type { Gateway } from "../../gateway/gateway.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { CallSite, LateSite } from "../../runtime/call_site.ts";
import type { SessionState } from "../session_state.ts";
import type { Younger } from "../spark_versions.ts";

/** A value that the JVM takes as it is. A number goes as an int, or a double where it is not whole. */
export type PlainValue = null | boolean | number | string | Uint8Array;

/** A number whose Java type matters. */
export interface TypedNumber {
  readonly kind: "long" | "double";
  readonly value: number | bigint;
}

/** Several arguments as one collection of the JVM's. */
export interface Items {
  readonly kind: "items";
  /** `seq` for a Scala `Seq`, `list` for a `java.util.List`, `scalaList` for a Scala `List`, otherwise an array of that Java class. */
  readonly as: "seq" | "list" | "scalaList" | { readonly arrayOf: string };
  readonly items: readonly Argument[];
}

/** Names with their arguments, as a `java.util.Map` or a Scala `Map`, in their order. */
export interface Entries {
  readonly kind: "entries";
  readonly as: "java" | "scala";
  readonly entries: readonly (readonly [Argument, Argument])[];
}

/** A type, as the JVM's `DataType` object. */
export interface TypeArgument {
  readonly kind: "type";
  /** The type as Spark's JSON writes it. */
  readonly json: string;
}

/** A storage level, as the JVM's object. */
export interface StorageArgument {
  readonly kind: "storage";
  readonly flags: readonly [
    useDisk: boolean,
    useMemory: boolean,
    useOffHeap: boolean,
    deserialized: boolean,
    replication: number,
  ];
}

/** An object of the JVM's that is neither a plan nor a column, made when it is needed. */
export interface ObjectArgument {
  readonly kind: "object";
  /** What it is, for people. */
  readonly name: string;
  /** Makes it, or gives the one that was made before. */
  readonly make: (gateway: Gateway) => Promise<JavaObject>;
}

/** What an operation of a plan or of an expression is given. */
export type Argument =
  | PlainValue
  | ObjectArgument
  | TypedNumber
  | Items
  | Entries
  | TypeArgument
  | StorageArgument
  | Expression
  | Relation;

/** What was made for a node once. */
export class RelationState {
  /** The node's object in the JVM, once something needed it. */
  made: JavaObject | null = null;
  /** Its making, for those that need it meanwhile: they look again when it has ended. */
  making: Promise<unknown> | null = null;
}

/**
 * One operation of a plan. Its object in the JVM is a `Dataset`, or what a
 * `Dataset` leads to: a `RelationalGroupedDataset`, its `na` and `stat`
 * functions, a `TableArg`.
 */
export interface Relation {
  readonly kind: "relation";
  /** The operation by the name that it has in Spark, such as `filter`. */
  readonly operation: string;
  /** What it works on; null for a source. */
  readonly input: Relation | null;
  /** What it is given, in Spark's order. */
  readonly args: readonly Argument[];
  /** Makes a source's object in the JVM; absent for everything else. */
  readonly open?: OpenSource;
  /** Where the program wrote it. */
  readonly site: CallSite;
  /** The session whose JVM object it becomes. */
  readonly session: SessionState;
  readonly state: RelationState;
}

/** Makes a source's object, given the JVM's session. */
export type OpenSource = (session: JavaObject) => Promise<JavaObject>;

/** A column by its name, found where it is used. */
export interface ColumnName {
  readonly kind: "column";
  readonly name: string;
}

/** A column of one frame, by name, however many frames with that name meet later. */
export interface FrameColumn {
  readonly kind: "frameColumn";
  readonly frame: Relation;
  /** The `Dataset`'s method that finds it. */
  readonly by: "col" | "colRegex" | "metadataColumn";
  readonly name: string;
}

/** A value. */
export interface Literal {
  readonly kind: "literal";
  readonly value: LiteralValue;
}

/** A value that has one form in Spark; lists, maps and objects are calls over these. */
export type LiteralValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  /** A decimal by its text, which holds all digits. */
  | { readonly type: "decimal"; readonly text: string }
  /** Microseconds since 1970 UTC. */
  | { readonly type: "timestamp"; readonly micros: bigint }
  /** A local date and time, in ISO form. */
  | { readonly type: "timestamp_ntz"; readonly text: string }
  /** A date, in ISO form. */
  | { readonly type: "date"; readonly text: string }
  /** A time of day, in ISO form. */
  | { readonly type: "time"; readonly text: string }
  /** A length of time, in ISO form, such as `PT1.5S`. */
  | { readonly type: "duration"; readonly text: string }
  /** Years and months, in ISO form, such as `P1Y2M`. */
  | { readonly type: "period"; readonly text: string };

/** An expression in SQL. */
export interface SqlText {
  readonly kind: "sql";
  readonly text: string;
}

/** A function of Spark's, by name. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Argument[];
  /**
   * How the JVM finds it: `sql` by its name in SQL, all arguments being
   * columns; `static` as a method of `org.apache.spark.sql.functions`.
   */
  readonly by: "sql" | "static";
  /** Since when there is one, where not every Spark has it; absent for functions that the program names itself. */
  readonly younger?: Younger;
  /** Where the program wrote it. */
  readonly origin: LateSite;
}

/** A method of Spark's `Column`: operators, casts, sort orders, fields. */
export interface Operation {
  readonly kind: "operation";
  /** The method's name in the JVM, such as `plus`. */
  readonly method: string;
  readonly target: Expression;
  readonly args: readonly Argument[];
  /** Where the program wrote it. */
  readonly origin: LateSite;
}

/** An expression under one name, or several for a generator's columns. */
export interface Alias {
  readonly kind: "alias";
  readonly child: Expression;
  readonly names: readonly string[];
  /** The column's metadata as JSON; null for that of the expression. */
  readonly metadata: string | null;
}

/** A function over columns, as the higher-order functions take. */
export interface Lambda {
  readonly kind: "lambda";
  readonly variables: readonly LambdaVariable[];
  readonly body: Expression;
}

/** A parameter of a {@link Lambda}. */
export interface LambdaVariable {
  readonly kind: "variable";
  readonly name: string;
}

/** An expression over a window. */
export interface Over {
  readonly kind: "over";
  readonly child: Expression;
  readonly window: WindowFrame;
}

/** Which rows a window function sees. */
export interface WindowFrame {
  readonly kind: "window";
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly Expression[];
  readonly frame:
    | {
      readonly unit: "rows" | "range";
      readonly start: number | bigint;
      readonly end: number | bigint;
    }
    | null;
}

/** The first branch whose condition holds. */
export interface Case {
  readonly kind: "case";
  readonly branches: readonly (readonly [Expression, Expression])[];
  readonly otherwise: Expression | null;
  /** Where the program wrote its first branch. */
  readonly origin: LateSite;
}

/** A frame as a value: its one value, or whether it has a row. */
export interface Subquery {
  readonly kind: "subquery";
  readonly frame: Relation;
  readonly how: "scalar" | "exists";
}

/** A function of the program's own. */
export interface UdfCall {
  readonly kind: "udf";
  /** Its name, for people. */
  readonly name: string;
  /** Gives the JVM's `UserDefinedPythonFunction`. */
  readonly udf: UdfSource;
  readonly args: readonly Argument[];
  /** Where the program wrote it. */
  readonly site: CallSite;
}

/** An argument by name, for functions that take such. */
export interface NamedArgument {
  readonly kind: "named";
  readonly name: string;
  readonly value: Expression;
}

/** What a {@link UdfCall} needs of a function: kept apart so that plans know nothing of workers. */
export interface UdfSource {
  /** The JVM's object for the function, made once for a session. */
  toJvm(session: SessionState): Promise<JavaObject>;
}

/** A tree that gives a column. */
export type Expression =
  | ColumnName
  | FrameColumn
  | Literal
  | SqlText
  | Call
  | Operation
  | Alias
  | Lambda
  | LambdaVariable
  | Over
  | Case
  | Subquery
  | UdfCall
  | NamedArgument;
