import { DataFrame, type SparkSession } from "../../../mod.ts";

const EAGER = "spark.sql.repl.eagerEval";

/**
 * The first rows of a frame that was typed, as a table.
 *
 * Peer: `DataFrame.__repr__` of PySpark with `spark.sql.repl.eagerEval.enabled`.
 *
 * @param value what was typed has given
 * @param spark its settings say how many rows and characters are shown, and whether any
 * @returns null for all else, for streams, and where the settings turn it off
 */
export async function showFrame(
  value: unknown,
  spark: SparkSession,
): Promise<string | null> {
  if (!(value instanceof DataFrame)) return null;
  // Not get(): it would give Spark's default, which is for Python and off.
  const settings = await spark.conf.getAll();
  if (settings.get(`${EAGER}.enabled`)?.toLowerCase() === "false") return null;
  if (await value.isStreaming) return null;
  const table = await value.showString(
    Number(settings.get(`${EAGER}.maxNumRows`) ?? 20),
    Number(settings.get(`${EAGER}.truncate`) ?? 20),
  );
  return table.trimEnd(); // the JVM puts an empty line behind it
}
