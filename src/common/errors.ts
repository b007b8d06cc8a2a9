/**
 * The error classes of TSpark: one root and one class for each thing that a
 * caller would catch. No other file declares an error class.
 *
 * @module
 */

/** What an error is about, by name: shown to tools, never parsed from text. */
export type ErrorParameters = Readonly<
  Record<string, string | number | boolean | bigint | null | undefined>
>;

/** Everything TSpark throws on its own account, apart from `TypeError` and `RangeError` for bad arguments. */
export class SparkError extends Error {
  /** Stable upper-case name of what happened, such as `"FRAME_TRUNCATED"`. */
  readonly condition: string;
  /** The values that the message speaks of, by name. */
  readonly parameters: ErrorParameters;

  /**
   * Makes an error; the message is written where it is thrown.
   *
   * @param condition stable upper-case name of what happened
   * @param message action, value in quotes, current state, remedy
   * @param parameters the values that the message speaks of
   * @param options `cause`: the error below this one
   */
  constructor(
    condition: string,
    message: string,
    parameters: ErrorParameters = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
    this.condition = condition;
    this.parameters = Object.freeze({ ...parameters });
  }
}

/** The JVM could not be started, reached or kept: launch, handshake, connection, shutdown. */
export class GatewayError extends SparkError {}

/** Bytes on the wire or in a file are not what the protocol says. */
export class ProtocolError extends SparkError {}

/** A function cannot be serialized for the workers. */
export class ClosureError extends SparkError {}

/** A user's function, or the worker that ran it, failed in a task. */
export class WorkerError extends SparkError {
  /** The whole stack of the worker, with positions in the program's files; consoles leave it out. */
  declare readonly workerStack: string;

  /**
   * Makes an error of what a worker told.
   *
   * @param condition stable upper-case name of what happened
   * @param message what failed, and where
   * @param parameters the values that the message speaks of
   * @param options `cause`: what was thrown; `workerStack`: the whole stack
   */
  constructor(
    condition: string,
    message: string,
    parameters: ErrorParameters = {},
    options: ErrorOptions & { readonly workerStack?: string } = {},
  ) {
    super(condition, message, parameters, options);
    const { workerStack = "" } = options;
    Object.defineProperty(this, "workerStack", { value: workerStack });
  }
}

/** One place where actual rows are not the expected ones; null where one side has no row left. */
export interface RowDifference {
  /** The row that is there. */
  readonly actual: unknown;
  /** The row that should be there. */
  readonly expected: unknown;
}

/** Two DataFrames or schemas are not equal, as a test asserted. */
export class SparkAssertionError extends SparkError {
  /** The rows that differ; none where schemas do. Consoles leave them out: the message has them. */
  declare readonly differences: readonly RowDifference[];

  /**
   * Makes an error of what was found.
   *
   * @param condition `"DIFFERENT_ROWS"` or `"DIFFERENT_SCHEMA"`
   * @param message what differs, line by line
   * @param parameters the values that the message speaks of
   * @param differences the rows that differ
   */
  constructor(
    condition: string,
    message: string,
    parameters: ErrorParameters = {},
    differences: readonly RowDifference[] = [],
  ) {
    super(condition, message, parameters);
    Object.defineProperty(this, "differences", { value: differences });
  }
}

/** Where a Java exception came from and what Spark says of it. */
export interface JavaErrorDetails {
  /** Full name of the exception's class, such as `"java.io.IOException"`. */
  readonly javaClass: string;
  /** The exception's stack trace as the JVM prints it, causes included. */
  readonly javaStack: string;
  /** Spark's five-character SQL state, where the exception has one. */
  readonly sqlState?: string | undefined;
  /** The program's operation that it came from and where that stands, such as `"sql() at app.ts:14:9"`. */
  readonly site?: string | undefined;
}

/** An exception that a call raised in the JVM. */
export class JavaError extends SparkError {
  /** Full name of the exception's class, such as `"java.io.IOException"`. */
  readonly javaClass: string;
  /** The exception's stack trace as the JVM prints it, causes included; consoles leave it out. */
  declare readonly javaStack: string;
  /** Spark's five-character SQL state, where the exception has one. */
  readonly sqlState: string | undefined;
  /** The program's operation that it came from and where that stands, such as `"sql() at app.ts:14:9"`. */
  readonly site: string | undefined;

  /**
   * Makes an error of what the JVM told.
   *
   * @param condition Spark's error condition, or `"JAVA_EXCEPTION"` where it names none
   * @param message the exception's own message
   * @param details class, stack and SQL state
   * @param parameters Spark's message parameters
   * @param options `cause`: the error below this one
   */
  constructor(
    condition: string,
    message: string,
    details: JavaErrorDetails,
    parameters: ErrorParameters = {},
    options?: ErrorOptions,
  ) {
    super(condition, message, parameters, options);
    this.javaClass = details.javaClass;
    Object.defineProperty(this, "javaStack", { value: details.javaStack });
    this.sqlState = details.sqlState;
    this.site = details.site;
  }
}

/** Spark cannot make sense of a query or of a plan: an unknown column or table, types that do not fit. */
export class AnalysisException extends JavaError {}

/** Spark cannot parse a text of SQL. */
export class ParseException extends AnalysisException {}

/** Spark was given an argument that it does not take. */
export class IllegalArgumentException extends JavaError {}

/** Spark does not support what was asked of it. */
export class UnsupportedOperationException extends JavaError {}

/** A number overflowed or was divided by zero in a query. */
export class ArithmeticException extends JavaError {}

/** A text in a query is not the number that it was taken for. */
export class NumberFormatException extends IllegalArgumentException {}

/** An index of an array in a query is out of its bounds. */
export class ArrayIndexOutOfBoundsException extends JavaError {}

/** A text in a query is not the date or time that it was taken for. */
export class DateTimeException extends JavaError {}

/** A query failed while it ran, by what its data holds. */
export class SparkRuntimeException extends JavaError {}

/** What was asked for does not exist. */
export class SparkNoSuchElementException extends JavaError {}

/** A result differs between versions of Spark, and the session has not said which it wants. */
export class SparkUpgradeException extends JavaError {}

/** A streaming query ended with an error. */
export class StreamingQueryException extends JavaError {}

/** A query could not be executed. */
export class QueryExecutionException extends JavaError {}
