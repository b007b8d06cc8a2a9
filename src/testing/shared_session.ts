import { SparkError } from "../common/errors.ts";
import { endWithTests } from "./end_with_tests.ts";
import { sessionState, SparkSession } from "../driver/sql/spark_session.ts";

/** Small and quiet: tests have few rows. */
const SETTINGS: Readonly<Record<string, string>> = {
  "spark.master": "local[2]",
  "spark.app.name": "tests",
  "spark.driver.memory": "1g",
  "spark.sql.shuffle.partitions": "2",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
};

/** The session of this program's tests, with the settings that it was asked for with. */
const shared: {
  session: Promise<SparkSession> | null;
  settings: Readonly<Record<string, string>>;
} = { session: null, settings: {} };

endWithTests(async () => {
  const { session } = shared;
  shared.session = null;
  await (await session)?.stop();
});

/**
 * The one session of all tests of a file, on two cores: started by the first
 * that asks for it, and ended after the last. A test does not stop it, and
 * puts back what it changes of it: settings, views, cached frames.
 *
 * @param settings settings of Spark; those of the call that starts it count
 * @throws SparkError `SESSION_SETTINGS_DIFFER` when it runs already, with another value for one of them
 *
 * @example
 * ```ts no-eval
 * import { sharedSession } from "@tspark/tspark/testing";
 *
 * Deno.test("range() counts", async () => {
 *   const spark = await sharedSession();
 *   if (await spark.range(3).count() !== 3) throw new Error("lost a row");
 * });
 * ```
 */
export async function sharedSession(
  settings: Readonly<Record<string, string>> = {},
): Promise<SparkSession> {
  if (shared.session === null) {
    shared.settings = { ...SETTINGS, ...settings };
    shared.session = start(shared.settings);
    shared.session.catch(() => {
      shared.session = null; // the next test may try again
    });
    return await shared.session;
  }
  for (const [key, wanted] of Object.entries(settings)) {
    const value = shared.settings[key];
    if (value === wanted) continue;
    throw new SparkError(
      "SESSION_SETTINGS_DIFFER",
      `Cannot share a session with "${key}" = "${wanted}": it was started with ${
        value === undefined ? "Spark's default" : `"${value}"`
      }; give all tests the same settings, or stop() it first`,
      { key, wanted, value },
    );
  }
  const session = await shared.session;
  if (!sessionState(session).runtime.isStopped) return session;
  shared.session = null;
  return await sharedSession(settings);
}

async function start(
  settings: Readonly<Record<string, string>>,
): Promise<SparkSession> {
  return await SparkSession.builder.config(settings).getOrCreate();
}
