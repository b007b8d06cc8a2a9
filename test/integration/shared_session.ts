import type { SparkSession } from "../../mod.ts";
import { startSpark } from "./start_spark.ts";

/** The session that runs now for all files of this process. */
const shared: { session: Promise<SparkSession> | null } = { session: null };

/**
 * The one session of all test files that run together, on two cores. A test
 * does not stop it, and puts back what it changes of it: settings, views,
 * persisted RDDs, added files.
 *
 * @example
 * ```ts ignore
 * Deno.test("count()", async (t) => {
 *   const spark = await sharedSession();
 *   await t.step("counts no rows", async () => { … });
 * });
 * ```
 */
export function sharedSession(): Promise<SparkSession> {
  return shared.session ??= startSpark();
}

/**
 * A session of one test's own, where it needs settings that only a start can
 * set, or stops it. The shared session is ended before, since a program has
 * one application at a time; so files that call this run after all others.
 *
 * @param settings further settings
 */
export async function ownSession(
  settings: Readonly<Record<string, string>> = {},
): Promise<SparkSession> {
  await endSharedSession();
  return await startSpark(settings);
}

/** Ends the shared session, for a test that needs a program without one. */
export async function endSharedSession(): Promise<void> {
  const session = shared.session;
  shared.session = null;
  await (await session)?.stop();
}

Deno.test.afterAll(endSharedSession);
