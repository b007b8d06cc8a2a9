/**
 * `deno task fuzz [decoder …] [--inputs n] [--seed s] [--first i] [--record]`:
 * gives decoders inputs that are made of good bytes by small changes, each
 * decoder in a process of its own under watch. An input that is refused is
 * well; any other error, more than 100 ms, or too much memory is a finding.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { DECODERS } from "./decoders/mod.ts";
import { addToRecord } from "./record.ts";
import { describeOutcome, runChild } from "./run_child.ts";

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      inputs: { type: "string", default: "100000" },
      seed: { type: "string", default: "1" },
      first: { type: "string", default: "0" },
      record: { type: "boolean", default: false },
    },
  });
  const names = positionals.length > 0
    ? positionals
    : DECODERS.map(({ name }) => name);
  let findings = 0;
  for (const name of names) {
    const outcome = await runChild({
      decoder: name,
      inputs: Number(values.inputs),
      seed: Number(values.seed),
      first: Number(values.first),
    });
    console.log(describeOutcome(outcome));
    if (outcome.finding !== null) findings++;
    else if (values.record) await addToRecord(outcome);
  }
  return findings === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main());
