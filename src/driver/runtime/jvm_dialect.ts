import { SparkError } from "../../common/errors.ts";
import { type Dialect, isSince } from "../../protocol/dialect.ts";

/** What differs between Sparks in the calls that the driver makes into the JVM. */
export interface JvmDialect {
  /** Which Spark it is. */
  readonly dialect: Dialect;
  /** Whether what `parallelize()` sends to may be a Unix socket: `PythonParallelizeServer.connInfo`, not `port`. */
  readonly parallelizesOverSockets: boolean;
  /** Whether `UserDefinedPythonFunction` takes two lists more: what Spark made of the function. */
  readonly udfTakesTranslation: boolean;
  /** Whether methods that run a UDF over rows take its `Expression`, not its `Column`. */
  readonly rowsTakeExpressions: boolean;
  /** Whether `PythonSQLUtils` makes functions and variables of `transform()` and its kin, or their own classes do. */
  readonly makesLambdas: boolean;
  /** Whether the JVM can be told which line of the program makes an expression. */
  readonly takesOrigins: boolean;
  /** Whether `withColumnsRenamed` takes two `Seq`s, not a `java.util.Map`. */
  readonly renamesBySeqs: boolean;
  /** Whether a `Dataset` is told of its `Observation`, or the `Observation` of its `Dataset`. */
  readonly framesTakeObservations: boolean;
  /** Whether `transformWithState` has a form for rows, not for pandas alone. */
  readonly processorsTakeRows: boolean;
  /** Whether an `Observation` gives its metrics as a Java map: `getAsJava`, not Scala's by `get`. */
  readonly observationsGiveJavaMaps: boolean;
}

/** The calls of a Spark. */
export function jvmDialect(dialect: Dialect): JvmDialect {
  return Object.freeze({
    dialect,
    parallelizesOverSockets: isSince(dialect, "4.1"),
    udfTakesTranslation: isSince(dialect, "4.3"),
    rowsTakeExpressions: !isSince(dialect, "4.0"),
    makesLambdas: isSince(dialect, "4.0"),
    takesOrigins: isSince(dialect, "4.0"),
    renamesBySeqs: isSince(dialect, "4.0"),
    framesTakeObservations: isSince(dialect, "4.0"),
    processorsTakeRows: isSince(dialect, "4.1"),
    observationsGiveJavaMaps: isSince(dialect, "4.0"),
  });
}

/**
 * Refuses a method that the running Spark does not have.
 *
 * @param dialect the Spark that runs
 * @param since the first Spark that has it
 * @param method the method as the program wrote it, such as `SparkSession.addTag()`
 * @throws SparkError `NOT_IN_THIS_SPARK`, which names the version that has it
 */
export function requireSpark(
  dialect: Dialect,
  since: Dialect,
  method: string,
): void {
  if (isSince(dialect, since)) return;
  throw new SparkError(
    "NOT_IN_THIS_SPARK",
    `Cannot run ${method} on Spark ${dialect}: it came with Spark ${since}; use that or a later one`,
    { method, dialect, since },
  );
}
