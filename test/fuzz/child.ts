/**
 * Gives one decoder its inputs and reports as JSON lines on stdout:
 * `child.ts <decoder> <inputs> <seed> <first>`. Its parent watches.
 *
 * @module
 */
import { DECODERS } from "./decoders/mod.ts";
import { runDecoder } from "./run_decoder.ts";

const [name, inputs, seed, first] = Deno.args;
const decoder = DECODERS.find((known) => known.name === name);
if (decoder === undefined) throw new Error(`There is no decoder "${name}"`);

function report(value: unknown): void {
  console.log(JSON.stringify(value));
}

report({ inputs: 0 });
const end = await runDecoder(decoder, {
  inputs: Number(inputs),
  seed: Number(seed),
  first: Number(first),
  onProgress: report,
});
const status = Deno.readTextFileSync("/proc/self/status");
const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
report({ end, peak });
