const LOG_LEVELS: readonly LogLevel[] = [
  "ALL",
  "DEBUG",
  "ERROR",
  "FATAL",
  "INFO",
  "OFF",
  "TRACE",
  "WARN",
];

/** How much of Spark's log reaches stderr. */
export type LogLevel =
  | "ALL"
  | "DEBUG"
  | "ERROR"
  | "FATAL"
  | "INFO"
  | "OFF"
  | "TRACE"
  | "WARN";

/**
 * Refuses what is no level.
 *
 * @param level what was given
 * @throws RangeError for another name
 */
export function checkLogLevel(level: string): void {
  if (LOG_LEVELS.some((known) => known === level)) return;
  throw new RangeError(
    `Cannot set the log level "${level}": give one of ${LOG_LEVELS.join(", ")}`,
  );
}
