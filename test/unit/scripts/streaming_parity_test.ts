import assert from "node:assert/strict";

const ROOT = new URL("../../../", import.meta.url);
const TESTS = new URL("test/integration/every_spark/", ROOT);

Deno.test("docs/streaming_parity.md names tests that there are", async () => {
  const page = await Deno.readTextFile(
    new URL("docs/streaming_parity.md", ROOT),
  );
  const titles = new Set<string>();
  for await (const { name } of Deno.readDir(TESTS)) {
    if (!name.startsWith("streaming_")) continue;
    const text = await Deno.readTextFile(new URL(name, TESTS));
    for (const [, title = ""] of text.matchAll(/t\.step\(\s*"([^"]+)"/g)) {
      titles.add(title);
    }
  }
  const named = page.split("\n").filter((line) => line.startsWith("|"))
    .flatMap((line) => [...line.matchAll(/"([^"]+)"/g)])
    .map(([, title = ""]) => title);
  assert.ok(named.length > 30);
  assert.deepEqual(named.filter((title) => !titles.has(title)), []);
});
