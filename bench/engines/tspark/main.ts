/**
 * The TSpark engine: one request per line of JSON on stdin, one marked reply
 * per line on stdout. Settings come as a JSON object of Spark properties in
 * `BENCH_CONF`.
 *
 * @module
 */
import { TextLineStream } from "../../harness/lines.ts";
import { SparkSession } from "../../../mod.ts";
import type { Job } from "./job.ts";

async function main(): Promise<void> {
  await using spark = await startSession();
  reply({
    ready: true,
    spark: spark.version,
    language: `Deno ${Deno.version.deno}`,
  });
  const lines = Deno.stdin.readable
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const line of lines) await answer(spark, line);
}

async function startSession(): Promise<SparkSession> {
  const settings: Record<string, string> = JSON.parse(
    Deno.env.get("BENCH_CONF") ?? "{}",
  );
  let builder = SparkSession.builder.appName("bench");
  for (const [key, value] of Object.entries(settings)) {
    builder = builder.config(key, value);
  }
  return await builder.getOrCreate();
}

async function answer(spark: SparkSession, line: string): Promise<void> {
  const request: { job: string; file: string; rows: number } = JSON.parse(line);
  const name = request.job;
  try {
    const { default: job }: { default: Job<unknown> } = await import(
      `./jobs/${name}.ts`
    );
    const start = performance.now();
    const result = await job.run(spark, request.file, request.rows);
    const seconds = (performance.now() - start) / 1000;
    reply({ job: name, seconds, checksum: job.checksum(result) });
  } catch (error) {
    reply({ job: name, error: String(error) });
  }
}

function reply(fields: Readonly<Record<string, unknown>>): void {
  const line = new TextEncoder().encode(`@bench ${JSON.stringify(fields)}\n`);
  Deno.stdout.writeSync(line);
}

await main();
