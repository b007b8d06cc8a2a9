import assert from "node:assert/strict";
import { runExample } from "../run_example.ts";
import { sharedSession } from "../shared_session.ts";

const TEXT = decodeURIComponent(
  new URL("../../../examples/data/kjv.txt", import.meta.url).pathname,
);

/** Counts without Spark and without us: words and their counts, by word. */
async function countIndependently(): Promise<Map<string, number>> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `tr ' ' '\\n' < "$1" | sort | uniq -c`, "sh", TEXT],
    env: { LC_ALL: "C" },
  }).output();
  const counts = new Map<string, number>();
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const [, count, word] = /^ *(\d+) (.*)$/.exec(line) ?? [];
    if (count === undefined || word === undefined) continue;
    counts.set(word, Number(count));
  }
  return counts;
}

Deno.test("the word count equals tr, sort and uniq over both ways to read a text", async () => {
  const expected = await countIndependently();
  assert(expected.size > 10_000);

  const spark = await sharedSession();
  const lines = [
    spark.read.text(TEXT).rdd.map((row) => row.value),
    spark.sparkContext.textFile(TEXT, 3),
  ];
  for (const rdd of lines) {
    const counts = await rdd
      .flatMap((line) => line.split(" "))
      .map((word) => [word, 1])
      .reduceByKey((a, b) => a + b)
      .collect();
    assert.equal(counts.length, expected.size);
    assert.deepEqual(new Map(counts), expected);
  }
});

Deno.test("examples/word_count.ts prints the most frequent words and the totals", async () => {
  const expected = [...await countIndependently()]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = expected.reduce((sum, [, count]) => sum + count, 0);

  const output = await runExample("word_count.ts", TEXT);
  assert.equal(output.length, 21);
  for (const [index, line] of output.slice(0, 20).entries()) {
    const [word, count] = expected[index] ?? [];
    assert.equal(line.trim(), `${count}  ${JSON.stringify(word)}`);
  }
  assert.equal(output[20], `${total} words, ${expected.length} different`);
});
