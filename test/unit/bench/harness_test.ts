import assert from "node:assert/strict";
import { generateText, TEXT_LINES } from "../../../bench/data/generate.ts";
import { JOBS } from "../../../bench/definitions/mod.ts";
import { WORD_COUNTS } from "../../../bench/definitions/expected.ts";
import { checksumOfCounts } from "../../../bench/engines/tspark/checksum.ts";
import { summarize } from "../../../bench/harness/statistics.ts";
import { TextLineStream } from "../../../bench/harness/lines.ts";
import { formatTable } from "../../../bench/harness/table.ts";

const pure = { permissions: "none" } as const;

Deno.test(
  "summarize() takes the middle of an odd and the mean of an even series",
  pure,
  () => {
    assert.deepEqual(summarize([3, 1, 2]), {
      seconds: [3, 1, 2],
      median: 2,
      min: 1,
      max: 3,
    });
    assert.equal(summarize([4, 1, 2, 10]).median, 3);
    assert.throws(
      () => summarize([]),
      new RangeError("Cannot summarize timings: there is none"),
    );
  },
);

Deno.test(
  "formatTable() sets medians side by side with our share of the others' time",
  pure,
  () => {
    const results = [{
      title: "count",
      engines: { tspark: summarize([1, 2, 3]), pyspark: summarize([4, 4, 5]) },
      target: { pyspark: 4 },
      workerMiB: { tspark: 99.6 },
    }, {
      title: "sum",
      engines: { tspark: summarize([1]) },
      failed: ["pyspark"],
    }];
    assert.equal(
      formatTable(results, ["tspark", "pyspark"]),
      [
        "| job   | tspark (s)       | pyspark (s)      | tspark ÷ pyspark (wanted) | tspark worker (MiB) |",
        "| ----- | ---------------- | ---------------- | ------------------------- | ------------------- |",
        "| count | 2.00 (1.00–3.00) | 4.00 (4.00–5.00) | 0.50 (0.25)               | 100                 |",
        "| sum   | 1.00 (1.00–1.00) | failed           | –                         | –                   |",
      ].join("\n"),
    );
  },
);

Deno.test(
  "TextLineStream gives the same lines for every cut of the text",
  pure,
  async () => {
    const text = "one\n\ntwo\nthree";
    for (let cut = 0; cut <= text.length; cut++) {
      const lines = ReadableStream.from([text.slice(0, cut), text.slice(cut)])
        .pipeThrough(new TextLineStream());
      assert.deepEqual(await Array.fromAsync(lines), [
        "one",
        "",
        "two",
        "three",
      ]);
    }
  },
);

Deno.test("checksumOfCounts() does not depend on the order", pure, () => {
  assert.equal(checksumOfCounts([["a", 2], ["é", 1]]), "2:3:1df7409c4");
  assert.equal(
    checksumOfCounts([["é", 1], ["a", 2]]),
    checksumOfCounts([["a", 2], ["é", 1]]),
  );
});

Deno.test("generateText() writes the small text that the definitions expect", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = await generateText("small", folder);
    const text = await Deno.readTextFile(path);
    const counts = new Map<string, number>();
    for (const word of text.split(/[ \n]/)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    counts.delete(""); // after the last line's end
    assert.equal(text.split("\n").length - 1, TEXT_LINES.small);
    assert.equal(checksumOfCounts([...counts]), WORD_COUNTS.small);
    assert.equal(await generateText("small", folder), path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("every job has its program in every engine", async () => {
  const endings = { tspark: "ts", pyspark: "py", scala: "scala" };
  for (const { name, program = name, engines } of JOBS) {
    for (const [engine, ending] of Object.entries(endings)) {
      if (engines?.includes(engine) === false) continue;
      const file = `${engine}/jobs/${program}.${ending}`;
      const url = new URL(`../../../bench/engines/${file}`, import.meta.url);
      assert((await Deno.stat(url)).isFile, file);
    }
  }
});
