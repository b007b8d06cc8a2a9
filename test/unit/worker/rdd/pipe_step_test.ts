import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import { runPipe } from "../../../../worker/rdd/pipe_step.ts";
import {
  asyncTools,
  batchFrames,
  inputOf,
  openAsync,
  TestOutput,
  TestSource,
} from "./async_fixture.ts";

type Pipe = Parameters<typeof runPipe>[0];

function pipe(command: readonly string[], more: Partial<Pipe> = {}): Pipe {
  return { op: "pipe", command, env: [], checkCode: true, ...more };
}

async function run(
  step: Pipe,
  records: readonly unknown[],
  output = new TestOutput(),
): Promise<unknown[]> {
  await runPipe(step, await inputOf(records), asyncTools(output));
  return output.records;
}

Deno.test("runPipe() writes records as lines and reads lines as records", async () => {
  const records = ["a\n\n", "ü", 1, null, { b: [2n] }, "two\nlines", ""];
  assert.deepEqual(await run(pipe(["cat"]), records), [
    "a",
    "ü",
    "1",
    "null",
    '{"b":["2"]}',
    "two",
    "lines",
    "",
  ]);
  assert.deepEqual(await run(pipe(["cat"]), []), []);
  const noEnd = pipe(["printf", "a\\n\\nb"]);
  assert.deepEqual(await run(noEnd, []), ["a", "", "b"]);
});

Deno.test("runPipe() carries more than the system holds between programs", async () => {
  const records = Array.from({ length: 300_000 }, (_, i) => `line ${i}`);
  assert.deepEqual(await run(pipe(["cat"]), records), records);
});

Deno.test("runPipe() gives the program just the environment that it is told", async () => {
  const env = [["GREETING", "good day"]] as const;
  const lines = await run(pipe(["env"], { env }), []);
  assert.deepEqual(lines, ["GREETING=good day"]);
});

Deno.test("runPipe() ends with a program that reads no further", async () => {
  const records = Array.from({ length: 300_000 }, (_, i) => `line ${i}`);
  assert.deepEqual(await run(pipe(["head", "-n", "1"]), records), ["line 0"]);
});

Deno.test("runPipe() ends with a program while it still waits for input", async () => {
  const source = new TestSource();
  const input = await openAsync(source, { kind: "batch" });
  const output = new TestOutput();
  await runPipe(pipe(["echo", "done"]), input, asyncTools(output));
  assert.deepEqual(output.records, ["done"]);
  source.push(batchFrames([[1]]));
  await input.settled();
  assert.deepEqual(input.take(), [1]); // nobody took it
});

Deno.test("runPipe() kills a program when its input fails", async () => {
  const source = new TestSource();
  const input = await openAsync(source, { kind: "batch" });
  source.end();
  const running = runPipe(
    pipe(["cat"]),
    input,
    asyncTools(new TestOutput()),
  );
  await assert.rejects(running, { message: "This read would block" });
});

Deno.test("runPipe() kills an endless program when no further line is wanted", async () => {
  const lines = await run(pipe(["yes"]), ["x"], new TestOutput(3));
  assert.deepEqual(lines, ["y", "y", "y"]);
});

Deno.test("runPipe() tells the code and the last messages of a program that fails", async () => {
  const command = ["sh", "-c", "echo first >&2; echo oh no >&2; exit 3"];
  assert.deepEqual(await run(pipe(command, { checkCode: false }), []), []);
  await assert.rejects(run(pipe(command), ["x"]), (error) => {
    assert.ok(error instanceof WorkerError);
    assert.equal(error.condition, "PIPE_FUNCTION_EXITED");
    assert.deepEqual(error.parameters, {
      func_name: command.join(" "),
      error_code: "3",
    });
    assert.equal(
      error.message,
      "Pipe function `sh -c echo first >&2; echo oh no >&2; exit 3' exited with error code 3; it wrote: first\noh no",
    );
    return true;
  });
  await assert.rejects(run(pipe(["false"]), []), {
    message: "Pipe function `false' exited with error code 1",
  });
});

Deno.test("runPipe() says that a program cannot be started", async () => {
  await assert.rejects(run(pipe(["no-such-program", "x"]), []), {
    name: "WorkerError",
    condition: "PIPE_NOT_STARTED",
    message:
      `Cannot run the command "no-such-program" of mapAsync() at app.ts:1:1: Failed to spawn 'no-such-program': entity not found; check that it is installed on every executor, or give "PATH" in "env"`,
  });
});
