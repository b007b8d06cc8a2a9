import { SparkError } from "../../../common/errors.ts";
import type { ArrowOptions } from "../../../serde/arrow/arrow_options.ts";
import type { SessionState } from "../session_state.ts";

/** How a session exchanges values with its JVM. */
export interface SessionForms extends ArrowOptions {
  /** Whether texts and binaries have offsets of 64 bits. */
  readonly largeVarTypes: boolean;
}

/**
 * Reads from a session's settings how values come.
 *
 * @param session the session
 * @throws SparkError `SETTING_INVALID` for a value that means nothing
 */
export async function readForms(session: SessionState): Promise<SessionForms> {
  const conf = await (await session.jsession()).callObject("conf");
  const setting = async <T extends string>(
    key: string,
    ...allowed: readonly [T, ...T[]]
  ): Promise<T> =>
    oneOf(key, await conf.callString("get", key, allowed[0]), allowed);
  return {
    longs: await setting("spark.tspark.longs", "number", "bigint"),
    timestamps: await setting("spark.tspark.timestamps", "date", "instant"),
    dates: await setting("spark.tspark.dates", "date", "plainDate"),
    largeVarTypes: await setting(
      "spark.sql.execution.arrow.useLargeVarTypes",
      "false",
      "true",
    ) === "true",
  };
}

/**
 * A setting's value, if it is one of those allowed.
 *
 * @throws SparkError `SETTING_INVALID`
 */
export function oneOf<T extends string>(
  key: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new SparkError(
    "SETTING_INVALID",
    `Cannot use "${value}" for ${key}: it is none of ${
      allowed.join(", ")
    }; set one of them`,
    { key, value },
  );
}
