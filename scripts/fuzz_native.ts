/**
 * `deno task fuzz:native [--inputs 10000000] [--memory 1024]`: the Rust
 * decoders against plain readings of their formats, each property on so many
 * inputs, in a process that may have so many MB of address space. `cargo test`
 * runs the same on 256 inputs each.
 *
 * A failure prints the smallest input that proptest finds; it is kept as a
 * case of its own in native/core/tests.
 *
 * @module
 */
import { parseArgs } from "node:util";

const NATIVE = new URL("../native/", import.meta.url);
const TEST = ["test", "--release", "--package", "tspark-core", "--test"];

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      inputs: { type: "string", default: "10000000" },
      memory: { type: "string", default: "1024" },
    },
  });
  const [inputs, memory] = [Number(values.inputs), Number(values.memory)];
  const built = await cargo(["gather", "--no-run"], {});
  if (built !== 0) return built;
  const begin = performance.now();
  // The limit is the shell's, which cargo and the test inherit.
  const code = await run("sh", [
    ...["-c", `ulimit -v ${memory * 1024} && exec cargo "$@"`, "cargo"],
    ...[...TEST, "gather", "--", "equals", "however"],
  ], { PROPTEST_CASES: String(inputs) });
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(
    JSON.stringify({
      decoder: "gather (Rust)",
      inputs,
      addressSpaceMb: memory,
      seconds,
      ok: code === 0,
    }),
  );
  return code;
}

function cargo(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  return run("cargo", [...TEST, ...args], env);
}

async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const command = new Deno.Command(program, {
    args: [...args],
    env: { ...env },
    cwd: NATIVE,
    stdin: "null",
  });
  return (await command.spawn().status).code;
}

if (import.meta.main) Deno.exit(await main());
