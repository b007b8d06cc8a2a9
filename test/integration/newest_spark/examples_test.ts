import assert from "node:assert/strict";
import { runExample } from "../run_example.ts";

Deno.test("examples/pi.ts comes near π", async () => {
  const [line = ""] = await runExample("pi.ts", "1000000");
  const estimate = Number(/^π is about ([\d.]+)$/.exec(line)?.[1]);
  // Twelve standard deviations of a million darts.
  assert(Math.abs(estimate - Math.PI) < 0.02, line);
});

Deno.test("examples/average_by_key.ts averages each city", async () => {
  assert.deepEqual(await runExample("average_by_key.ts"), [
    "Cairo: 30.0 °C",
    "Oslo: 5.0 °C",
    "Rome: 19.0 °C",
  ]);
});

Deno.test("examples/longest_lines.ts prints one line of each partition", async () => {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, "a\nbb\nccc\n".repeat(1000));
    const lines = await runExample("longest_lines.ts", file);
    assert.deepEqual(lines, ["0: ccc", "1: ccc", "2: ccc", "3: ccc"]);
  } finally {
    await Deno.remove(file);
  }
});
