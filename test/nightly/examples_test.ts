import assert from "node:assert/strict";
import { runExample } from "../integration/run_example.ts";

Deno.test("examples/sessions.ts cuts visits at breaks", async () => {
  assert.deepEqual(await runExample("sessions.ts"), [
    "ann's session 1: 3 clicks, 09:00–09:30",
    "ann's session 2: 1 clicks, 11:00–11:00",
    "bob's session 1: 1 clicks, 09:05–09:05",
    "bob's session 2: 2 clicks, 09:50–10:15",
  ]);
});

Deno.test("examples/windowed_words.ts counts the words that a server sends", async () => {
  using server = Deno.listen({ hostname: "localhost", port: 0 });
  const script = new URL(
    "../../examples/windowed_words.ts",
    import.meta.url,
  );
  await using program = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      script.href,
      "localhost",
      `${server.addr.port}`,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  using connection = await server.accept();
  await connection.write(new TextEncoder().encode("to be or\nnot to be\n"));
  const counts = new Map<string, number>();
  let text = "";
  for await (
    const part of program.stdout.pipeThrough(new TextDecoderStream())
  ) {
    text += part;
    const lines = text.split("\n").slice(0, -1);
    // The lines may come into two batches, and into two windows.
    for (const line of lines) {
      const [, start, word = "", n] = /^(\S+) (\w+) (\d+)$/.exec(line) ?? [];
      counts.set(`${start} ${word}`, Number(n));
    }
    const all = counts.values().reduce((sum, n) => sum + n, 0);
    if (all === 6) break;
  }
  const words = [...counts.keys()].map((key) => key.split(" ")[1]);
  assert.deepEqual([...new Set(words)].toSorted(), ["be", "not", "or", "to"]);
});

Deno.test("examples/excel_source.ts reads each file of a folder", async () => {
  const lines = await runExample("excel_source.ts");
  assert.deepEqual(lines.filter((line) => /\d/.test(line)), [
    "|     Ann| 19.75|2026-03-30|",
    "|     Bob| 83.75|2026-06-21|",
    "|     Cid|  19.0|2026-04-02|",
  ]);
});

Deno.test("examples/rest_source.ts reads pages, and leaves a filter to the service", async () => {
  const [count, ...lines] = await runExample("rest_source.ts");
  assert.equal(count, "95 orders");
  const ids = lines.filter((line) => line.includes("Rome"))
    .map((line) => Number(line.split("|")[1]));
  const wanted = Array.from({ length: 95 }, (_, id) => id)
    .filter((id) => id % 3 === 1 && (id * 7) % 50 > 40);
  assert.deepEqual(ids, wanted);
});

Deno.test("examples/websocket_source.ts takes every message once", async () => {
  const counts = new Map<string, number>();
  for (const line of await runExample("websocket_source.ts")) {
    const [, sensor = "", n] = /^(\w): (\d+) values, /.exec(line) ?? [];
    counts.set(sensor, (counts.get(sensor) ?? 0) + Number(n));
  }
  assert.deepEqual([...counts].sort(), [["a", 25], ["b", 25]]);
});

Deno.test("examples/clicks_to_sessions.ts ends each user's sessions", async () => {
  assert.deepEqual(await runExample("clicks_to_sessions.ts"), [
    "ann 09:00 to 09:30, clicks: 3",
    "bob 09:05 to 09:05, clicks: 1",
    "bob 09:50 to 10:15, clicks: 2",
    "ann 11:00 to 11:00, clicks: 1",
  ]);
});
