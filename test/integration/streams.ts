import assert from "node:assert/strict";
import type { DataFrame, SparkSession, StreamingQuery } from "../../mod.ts";

const LIMIT_MS = 60_000;

/** A stream of lines, and what lets lines come in. */
export interface Arrivals {
  /** Lets lines come in, in one file, all at once. */
  readonly arrive: (...lines: readonly string[]) => Promise<void>;
  readonly lines: DataFrame<{ value: string }>;
}

const made = { inputs: 0 };

/**
 * A stream of lines that a test lets come in.
 *
 * @param spark the session
 * @param folder where their files may be
 */
export async function arrivals(
  spark: SparkSession,
  folder: { readonly path: string },
): Promise<Arrivals> {
  const input = `${folder.path}/in${++made.inputs}`;
  await Deno.mkdir(input);
  let files = 0;
  return {
    async arrive(...lines): Promise<void> {
      const temporary = `${input}.${++files}`;
      await Deno.writeTextFile(temporary, lines.join("\n") + "\n");
      await Deno.rename(temporary, `${input}/${files}.txt`);
    },
    lines: spark.readStream.text(input),
  };
}

/**
 * Sets settings of a session, until they are put back.
 *
 * @param spark the session
 * @param values the settings
 */
export async function settings(
  spark: SparkSession,
  values: Readonly<Record<string, string>>,
): Promise<AsyncDisposable> {
  const before = new Map<string, string | null>();
  for (const [key, value] of Object.entries(values)) {
    before.set(key, await spark.conf.get(key, null));
    spark.conf.set(key, value);
  }
  return {
    async [Symbol.asyncDispose](): Promise<void> {
      for (const [key, value] of before) {
        if (value === null) spark.conf.unset(key);
        else spark.conf.set(key, value);
      }
      await spark.conf.get("spark.app.name", null);
    },
  };
}

/** Starts a query into a table in memory. */
export function toMemory<S extends object>(
  frame: DataFrame<S>,
  name: string,
  mode: "append" | "update",
): Promise<StreamingQuery> {
  return frame.writeStream.format("memory").queryName(name).outputMode(mode)
    .start();
}

/** The rows of a table in memory, in order. */
export async function memory(
  spark: SparkSession,
  name: string,
): Promise<Record<string, unknown>[]> {
  const table = spark.table(name);
  return await table.orderBy(...await table.columns).collect();
}

/** Waits for the end of a query. */
export async function ended(query: StreamingQuery): Promise<void> {
  assert.equal(await query.awaitTermination({ timeoutMs: LIMIT_MS }), true);
}

/** What a query fails with. */
export function failure(query: StreamingQuery): Promise<unknown> {
  return query.awaitTermination({ timeoutMs: LIMIT_MS }).catch((error) =>
    error
  );
}

/** Waits until something is so, or the query fails. */
export async function until(
  query: StreamingQuery,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (!await isSo()) {
    assert.ok(Date.now() < end, "it does not become so");
    await query.awaitTermination({ timeoutMs: 100 });
  }
}

/** The setting of what keeps the states of processors. */
export const ROCKS_DB: Readonly<Record<string, string>> = {
  "spark.sql.streaming.stateStore.providerClass":
    "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
};
