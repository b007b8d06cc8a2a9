import assert from "node:assert/strict";
import {
  formatOutput,
  type OutputLine,
  type TaskOutput,
} from "../../../../src/protocol/task_output.ts";
import { FunctionOutput } from "../../../../worker/task/function_output.ts";
import { OutputSample } from "../../../../worker/task/output_sample.ts";

const PLACE = { stage: 3, partition: 2, attempt: 0 };

/** A line of a task. */
function line(text: string): OutputLine {
  return { time: 0, level: "info", text };
}

/** What functions print, with what becomes of it. */
function printing(accumulator: number | null): {
  readonly output: FunctionOutput;
  readonly logged: string[];
  readonly brought: () => TaskOutput[];
} {
  const logged: string[] = [];
  const output = new FunctionOutput((text) => logged.push(text), accumulator);
  const brought = (): TaskOutput[] => {
    const all: TaskOutput[] = [];
    output.bring({
      own: (id) => ({
        id,
        value: null,
        add: (term) => all.push(...term as TaskOutput[]),
      }),
    });
    return all;
  };
  return { output, logged, brought };
}

Deno.test("formatOutput() says when and where a line was printed", {
  permissions: "none",
}, () => {
  assert.equal(
    formatOutput(line("a\nb"), PLACE),
    "1970-01-01T00:00:00.000Z [stage 3, partition 2] a\nb\n",
  );
  assert.equal(
    formatOutput({ ...line("a"), level: "warn" }, { ...PLACE, attempt: 1 }),
    "1970-01-01T00:00:00.000Z [stage 3, partition 2, attempt 1] warn: a\n",
  );
});

Deno.test("formatOutput() leaves a JSON record one, with its place in it", {
  permissions: "none",
}, () => {
  const spark = '"spark":{"stage":3,"partition":2,"attempt":0}';
  assert.equal(
    formatOutput(line('{"level":30,"msg":"a"}'), PLACE),
    `{"level":30,"msg":"a",${spark}}\n`,
  );
  assert.equal(formatOutput(line("{ }"), PLACE), `{${spark}}\n`);
  assert.match(formatOutput(line('{"spark":1}'), PLACE), /\] \{"spark":1\}\n$/);
  assert.match(formatOutput(line("{a}"), PLACE), /\] \{a\}\n$/);
});

Deno.test("FunctionOutput takes lines whole, in whatever pieces they come", {
  permissions: "none",
}, () => {
  const { output, logged, brought } = printing(7);
  assert.equal(output.print("info", "of no task\n"), false);
  assert.equal(output.write("stdout", "of no task\n"), false);
  output.begin(PLACE);
  output.write("stdout", "a");
  output.write("stderr", "b\n");
  output.write("stdout", "c\nd");
  output.print("trace", "Trace: t");
  output.print("trace", "\n");
  const [task] = brought();
  assert.deepEqual(
    task?.lines.map(({ level, text }) => `${level} ${text}`),
    ["error b", "info ac", "trace Trace: t", "info d"],
  );
  assert.deepEqual([task.stage, task.partition, task.leftOut], [3, 2, 0]);
  assert.equal(logged.length, 4);
  output.end();
  assert.equal(output.print("info", "of no task\n"), false);
});

Deno.test(
  "FunctionOutput brings nothing where nothing was printed, or nobody wants it",
  {
    permissions: "none",
  },
  () => {
    const silent = printing(7);
    silent.output.begin(PLACE);
    assert.deepEqual(silent.brought(), []);
    const unwanted = printing(null);
    unwanted.output.begin(PLACE);
    unwanted.output.print("info", "a\n");
    assert.deepEqual(unwanted.brought(), []);
    assert.equal(unwanted.output.lastOfFailed(), null);
    assert.equal(unwanted.logged.length, 1);
  },
);

Deno.test(
  "OutputSample keeps all of few lines, and of many those from all of the task",
  {
    permissions: "none",
  },
  () => {
    const limits = { lines: 10, characters: 1000, line: 20, last: 3 };
    const few = new OutputSample(limits);
    for (let i = 0; i < 7; i++) few.add(line(`${i}`));
    assert.deepEqual(few.lines().map(({ text }) => text), [..."0123456"]);
    const many = new OutputSample(limits);
    for (let i = 0; i < 1000; i++) many.add(line(`${i}`));
    const texts = many.lines().map(({ text }) => Number(text));
    assert.ok(texts.length <= limits.lines);
    assert.deepEqual(texts.slice(-3), [997, 998, 999]);
    assert.equal(texts[0], 0);
    assert.ok(texts.some((n) => n > 300 && n < 700));
    assert.equal(many.count, 1000);
  },
);

Deno.test("OutputSample keeps within its characters, the last lines first", {
  permissions: "none",
}, () => {
  const limits = { lines: 100, characters: 50, line: 20, last: 3 };
  const sample = new OutputSample(limits);
  for (let i = 0; i < 50; i++) sample.add(line(`${i}`.repeat(30)));
  const texts = sample.lines().map(({ text }) => text);
  assert.ok(texts.join("").length <= limits.characters);
  assert.equal(texts.at(-1), `${"49".repeat(10)}… (60 characters)`);
});
