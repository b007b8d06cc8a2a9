/**
 * `deno task bench [name …]`: times small parts with tinybench and prints one
 * table for each file of `bench/micro/`.
 *
 * @module
 */
import type { Bench } from "tinybench";

/** What a file of `bench/micro/` exports. */
export interface MicroBench {
  /** Makes the suite; what it opens is closed by the returned `close`. */
  default(): Promise<{ bench: Bench; close(): Promise<void> }>;
}

const FOLDER = new URL("micro/", import.meta.url);
const SUFFIX = ".bench.ts";

async function main(): Promise<void> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (name.endsWith(SUFFIX)) names.push(name.slice(0, -SUFFIX.length));
  }
  const chosen = Deno.args.length > 0 ? Deno.args : names.toSorted();
  for (const name of chosen) {
    if (!names.includes(name)) {
      throw new RangeError(
        `Cannot time "${name}": there is ${names.toSorted().join(", ")}`,
      );
    }
    const module: MicroBench = await import(
      new URL(name + SUFFIX, FOLDER).href
    );
    const { bench, close } = await module.default();
    try {
      await bench.run();
      console.log(`\n${name}`);
      console.table(bench.table((task) => {
        const { result } = task;
        if (result.state !== "completed") return { task: task.name };
        return {
          "task": task.name,
          "median (ms)": Number(result.latency.p50.toFixed(4)),
          "± (ms)": Number(result.latency.mad.toFixed(4)),
          "runs": result.latency.samplesCount,
        };
      }));
    } finally {
      await close();
    }
  }
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  });
}
