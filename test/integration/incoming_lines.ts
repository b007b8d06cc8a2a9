import assert from "node:assert/strict";
import type { DataFrame, SparkSession, StreamingQuery } from "../../mod.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** Longest that a query under test may take to end. */
export const LIMIT_MS = 60_000;

/** A folder into which lines of text come, for streams. */
export interface IncomingLines extends AsyncDisposable {
  /** The folder that a stream reads. */
  readonly folder: string;
  /** A place beside it, for sinks and checkpoints. */
  at(name: string): string;
  /** Lets lines come in, in one file, all at once. */
  arrive(...lines: readonly string[]): Promise<void>;
  /** The stream of the lines. */
  lines(spark: SparkSession): DataFrame<{ value: string }>;
}

/** Makes a folder for lines, and what is beside it; both go with it. */
export async function incomingLines(): Promise<IncomingLines> {
  const temporary = await temporaryFolder();
  const at = (name: string): string => `${temporary.path}/${name}`;
  const folder = at("in");
  await Deno.mkdir(folder);
  let files = 0;
  return {
    folder,
    at,
    async arrive(...lines) {
      const file = at(`file${++files}`);
      await Deno.writeTextFile(file, lines.join("\n") + "\n");
      await Deno.rename(file, `${folder}/${files}.txt`);
    },
    lines: (spark) =>
      spark.readStream.text(folder, { pathGlobFilter: "*.txt" }),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

/** Waits until a query has ended by itself. */
export async function ended(query: StreamingQuery): Promise<void> {
  assert.equal(await query.awaitTermination({ timeoutMs: LIMIT_MS }), true);
}

/** Waits until a query has failed, and gives its error. */
export async function failed(query: StreamingQuery): Promise<Error> {
  const error: unknown = await query.awaitTermination({ timeoutMs: LIMIT_MS })
    .then(() => new Error("It has not failed"), (error) => error);
  assert.ok(error instanceof Error);
  return error;
}
