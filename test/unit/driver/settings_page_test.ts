import assert from "node:assert/strict";

const ROOT = new URL("../../../", import.meta.url);

/** Names of settings that a folder's sources know. */
async function settingsIn(folder: URL): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const entry of Deno.readDir(folder)) {
    const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
    if (entry.isDirectory) {
      for (const name of await settingsIn(url)) names.add(name);
    } else if (entry.name.endsWith(".ts")) {
      const text = await Deno.readTextFile(url);
      for (const [, name = ""] of text.matchAll(/"(spark\.tspark\.[\w.]+)"/g)) {
        names.add(name);
      }
    }
  }
  return names;
}

Deno.test("docs/settings.md has every setting of TSpark's own, and no other", async () => {
  const page = await Deno.readTextFile(new URL("docs/settings.md", ROOT));
  const told = [...page.matchAll(/^\| `(spark\.tspark\.[\w.]+)`/gm)]
    .map(([, name]) => name).sort();
  const known = new Set([
    ...await settingsIn(new URL("src/", ROOT)),
    ...await settingsIn(new URL("worker/", ROOT)),
  ]);
  assert.deepEqual(told, [...known].sort());
});
