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

Deno.test("examples/sales.ts shows what its lines add up to", async () => {
  const csv = new URL("../../../examples/data/sales.csv", import.meta.url);
  const folder = await Deno.makeTempDir();
  try {
    const printed = await runExample(
      "sales.ts",
      csv.pathname,
      `${folder}/sales`,
    );
    const [, ...lines] = (await Deno.readTextFile(csv)).trimEnd().split("\n");
    const cents = new Map<string, number>();
    for (const line of lines) {
      const [, , , product = "", quantity, price] = line.split(",");
      const revenue = Math.round(Number(price) * 100) * Number(quantity);
      if (Number.isNaN(revenue)) continue;
      cents.set(product, (cents.get(product) ?? 0) + revenue);
    }
    const [[product, most] = ["", 0]] = [...cents].toSorted((a, b) =>
      b[1] - a[1]
    );
    assert.equal(printed[0], "2 malformed lines");
    assert.equal(
      printed.at(-1),
      `Best: ${product}, ${(most / 100).toFixed(2)}`,
    );
    assert.equal(printed[2], "| city|     Q1|     Q2|     Q3|      Q4|");
    const months = [...Deno.readDirSync(`${folder}/sales`)]
      .filter(({ isDirectory }) => isDirectory);
    assert.equal(months.length, 12);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("examples/typed_pipeline.ts adds up by country", async () => {
  assert.deepEqual(await runExample("typed_pipeline.ts"), [
    "Peru: 186 in 2 orders",
    "unknown: 26 in 1 orders",
  ]);
});
