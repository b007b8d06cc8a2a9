import type { ArrowOptions } from "../../../serde/arrow/arrow_options.ts";
import type { SessionState } from "../session_state.ts";
import { FORMS, oneOf } from "./value_forms.ts";

/** How a session exchanges values with its JVM. */
export interface SessionForms extends ArrowOptions {
  /** Whether texts and binaries have offsets of 64 bits. */
  readonly largeVarTypes: boolean;
}

/**
 * Reads from a session's settings whether functions are measured.
 *
 * @param session the session
 * @throws SparkError `SETTING_INVALID` for a value that means nothing
 */
export async function readProfile(
  session: SessionState,
): Promise<(typeof FORMS)["spark.tspark.profile"][number]> {
  const conf = await (await session.jsession()).callObject("conf");
  const key = "spark.tspark.profile";
  const [off] = FORMS[key];
  return oneOf(key, await conf.callString("get", key, off), FORMS[key]);
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
    allowed: readonly [T, ...T[]],
  ): Promise<T> =>
    oneOf(key, await conf.callString("get", key, allowed[0]), allowed);
  const form = async <K extends keyof typeof FORMS>(
    key: K,
  ): Promise<(typeof FORMS)[K][number]> => await setting(key, FORMS[key]);
  return {
    longs: await form("spark.tspark.longs"),
    timestamps: await form("spark.tspark.timestamps"),
    dates: await form("spark.tspark.dates"),
    largeVarTypes: await setting(
      "spark.sql.execution.arrow.useLargeVarTypes",
      ["false", "true"],
    ) === "true",
  };
}
