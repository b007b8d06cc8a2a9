import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** Mistakes, and what the compiler says of each, alone. */
const MISTAKES: readonly [string, RegExp][] = [
  [
    "numbers.reduceByKey((a, b) => a);",
    /'"reduceByKey\(\) needs an RDD of pairs \[key, value\]: make them with map\(\) or keyBy\(\)"'/,
  ],
  [
    "numbers.map((n) => ({ key: n, value: 1 })).mapValues((v) => v);",
    /'"mapValues\(\) needs an RDD of pairs/,
  ],
  ["numbers.map((n) => [n, 1, 2]).keys();", /'"keys\(\) needs an RDD of pairs/],
  ["texts.sum();", /Type 'string' is not assignable to type 'number'/],
  [
    "texts.mapAsync((text) => text, { concurency: 2 });",
    /'concurency' does not exist in type 'AsyncOptions'\. Did you mean to write 'concurrency'\?/,
  ],
  [
    'texts.pipe("sort", { checkcode: true });',
    /'checkcode' does not exist in type 'PipeOptions'\. Did you mean to write 'checkCode'\?/,
  ],
  ["numbers.node;", /Property 'node' does not exist on type 'RDD<number>'/],
  ["new RDD(numbers);", /Constructor of class 'RDD<T>' is private/],
];

Deno.test("the compiler says of a mistake what is wrong, once", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/mistakes.ts`;
    const lines = MISTAKES.map(([line]) => line);
    const text = `import { RDD } from "@tspark/tspark";
declare const numbers: RDD<number>;
declare const texts: RDD<string>;
${lines.join("\n")}
`;
    await Deno.writeTextFile(file, text);
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", `${ROOT}/deno.json`, file],
      env: { NO_COLOR: "1" },
      stderr: "piped",
    }).output();
    const errors = new TextDecoder().decode(stderr).split(/\n(?=TS\d+ )/)
      .filter((error) => error.startsWith("TS"));
    assert.equal(errors.length, MISTAKES.length, errors.join("\n"));
    for (const [i, [line, message]] of MISTAKES.entries()) {
      const error = errors[i] ?? "";
      assert.ok(error.includes(line), `${line}\n${error}`);
      assert.match(error, message);
      assert.doesNotMatch(error, /overload/i);
      assert.ok(error.split("\n").length < 16, error);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
