import { JavaError, SparkError } from "../../common/errors.ts";
import {
  activeApplication,
  type Application,
  getOrStartApplication,
} from "../context/active_runtime.ts";
import {
  differingSettings,
  isReadAtStart,
  warnOfLateSettings,
} from "../context/late_settings.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { SparkConf } from "../runtime/spark_conf.ts";
import type { SessionState } from "./session_state.ts";

const SPARK = "spark."; // spark-submit takes no other keys

/**
 * A session with settings of a builder, of the program's application, which is
 * started if there is none. One that runs takes over what can still change, and
 * a line on stderr tells the rest.
 *
 * Peer: `SparkSession.applyModifiableSettings`.
 *
 * @param conf the builder's settings
 * @param which the program's first session, or one of its own where that is there already
 * @param site where the program asked
 * @returns the application with the session, and whether this call started it
 * @throws JavaError for a value that a setting cannot have
 */
export async function openSession(
  conf: SparkConf,
  which: "first" | "new",
  site: CallSite,
): Promise<Application & { isNew: boolean }> {
  const all = conf.getAll();
  const own = all.filter(([key]) => !key.startsWith(SPARK));
  const application = await getOrStartApplication(
    new SparkConf(all.filter(([key]) => key.startsWith(SPARK))),
    site,
  );
  const { runtime, isNew } = application;
  const session = isNew || which === "first"
    ? application.session
    : application.session.fork(site, "newSession");
  try {
    const late = await applySettings(
      session,
      isNew ? own : differingSettings(runtime.conf, conf),
      site,
    );
    warnOfLateSettings(site, late);
    return { ...application, session };
  } catch (error) {
    if (isNew) await runtime.stop();
    throw error;
  }
}

/**
 * The program's first session.
 *
 * @throws SparkError `NO_ACTIVE_OR_DEFAULT_SESSION` when no application runs
 */
export function defaultSession(): SessionState {
  const application = activeApplication();
  if (application !== null) return application.session;
  throw new SparkError(
    "NO_ACTIVE_OR_DEFAULT_SESSION",
    "Cannot give the active session: no session runs; start one by SparkSession.builder.getOrCreate()",
  );
}

/** Sets what can still be set, and tells the names of the rest. */
async function applySettings(
  session: SessionState,
  settings: readonly (readonly [string, string])[],
  site: CallSite,
): Promise<string[]> {
  const early = settings.filter(([key]) => isReadAtStart(key));
  const others = settings.filter(([key]) => !isReadAtStart(key));
  const late = early.map(([key]) => key);
  if (others.length === 0) return late;
  return await session.enqueue(site, async (java) => {
    const conf = await java.callObject("conf");
    for (const [key, value] of others) {
      try {
        await conf.call("set", key, value);
      } catch (error) {
        if (!isFixed(error)) throw error;
        late.push(key);
      }
    }
    return late;
  });
}

/** Whether Spark says that a setting cannot change any more; its name differs between versions. */
function isFixed(error: unknown): boolean {
  return error instanceof JavaError &&
    error.javaClass === "org.apache.spark.sql.AnalysisException";
}
