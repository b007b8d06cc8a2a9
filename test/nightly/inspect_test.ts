import assert from "node:assert/strict";
import { withTimeout } from "../../src/common/deadline.ts";
import { Debugger } from "./debugger.ts";

const PROGRAM = new URL("./stepped_job.ts", import.meta.url);
const LIMIT_MS = 60_000;

/** The line of the program that has a mark in it, from 1. */
function lineWith(mark: string): number {
  const lines = Deno.readTextFileSync(PROGRAM).split("\n");
  return lines.findIndex((line) => line.includes(mark)) + 1;
}

/** What a program says on stderr, so far. */
class Said {
  text = "";
  readonly port = Promise.withResolvers<number>();

  /** Reads all of it. */
  async read(stderr: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stderr) {
      this.text += decoder.decode(chunk, { stream: true });
      const found = /waits for a debugger at 127\.0\.0\.1:(\d+):/.exec(
        this.text,
      );
      if (found !== null) this.port.resolve(Number(found[1]));
    }
  }
}

/** What comes in time. */
async function soon<T>(promise: Promise<T>): Promise<T> {
  const value = await withTimeout(LIMIT_MS, promise);
  assert.ok(value !== undefined, "it did not come in time");
  return value;
}

Deno.test("a debugger stops a function at a line of the program's file", async () => {
  await using program = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", PROGRAM.href],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = new Response(program.stdout).text();
  const said = new Said();
  const read = said.read(program.stderr);
  try {
    const line = lineWith("the debugger stops here");
    await using attached = await Debugger.attach(
      await soon(said.port.promise),
    );
    await attached.breakAt(PROGRAM.href, line);
    await attached.begin();
    for (const total of [6, 8]) {
      const stop = await soon(attached.stop());
      assert.equal(stop.file, PROGRAM.href);
      assert.equal(stop.line, line);
      assert.equal(stop.variables["total"], total);
      assert.equal(stop.variables["rate"], 2);
      await attached.resume();
    }
    assert.equal(await soon(output), "[6,8]\n");
    await read;
  } catch (error) {
    throw new Error(said.text, { cause: error });
  }
});
