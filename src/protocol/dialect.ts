import { ProtocolError } from "../common/errors.ts";

/** The versions of the worker protocol, named by the first Spark that speaks each. */
export type Dialect = "3.5" | "4.0" | "4.1" | "4.2" | "4.3";

/** All dialects, oldest first. */
export const DIALECTS: readonly Dialect[] = Object.freeze(
  ["3.5", "4.0", "4.1", "4.2", "4.3"] as const,
);

/**
 * The dialect that a Spark speaks.
 *
 * @param sparkVersion what `SparkContext.version()` says, such as `"4.0.5"` or `"3.5.2-amzn-1"`
 * @throws ProtocolError `SPARK_VERSION_INVALID` for a text that is no version;
 *   `SPARK_VERSION_TOO_OLD` before 3.5; `SPARK_VERSION_UNKNOWN` after the
 *   newest minor version known here, since its header may have any shape
 *
 * @example
 * ```ts
 * dialectOf("4.1.4"); // "4.1"
 * ```
 */
export function dialectOf(sparkVersion: string): Dialect {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})(?!\d)/.exec(sparkVersion) ??
    [];
  if (major === undefined || minor === undefined) {
    throw new ProtocolError(
      "SPARK_VERSION_INVALID",
      `Cannot choose a worker protocol for Spark "${sparkVersion}": this is not a version such as "4.3.0"; check SPARK_HOME`,
      { sparkVersion },
    );
  }
  const name = `${Number(major)}.${Number(minor)}`;
  const dialect = DIALECTS.find((known) => known === name);
  if (dialect !== undefined) return dialect;
  throw isBefore35(Number(major), Number(minor))
    ? new ProtocolError(
      "SPARK_VERSION_TOO_OLD",
      `Cannot choose a worker protocol for Spark "${sparkVersion}": the oldest Spark that TSpark speaks to is 3.5; install Spark ${
        DIALECTS.join(", ")
      }`,
      { sparkVersion },
    )
    : new ProtocolError(
      "SPARK_VERSION_UNKNOWN",
      `Cannot choose a worker protocol for Spark "${sparkVersion}": this TSpark knows Spark ${
        DIALECTS.join(", ")
      } and nothing newer; update TSpark, or use one of these`,
      { sparkVersion },
    );
}

/** Whether a Spark is of a version or a later one. */
export function isSince(dialect: Dialect, since: Dialect): boolean {
  return DIALECTS.indexOf(dialect) >= DIALECTS.indexOf(since);
}

function isBefore35(major: number, minor: number): boolean {
  return major < 3 || (major === 3 && minor < 5);
}
