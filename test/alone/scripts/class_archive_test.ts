import assert from "node:assert/strict";
import { classArchive } from "../../../scripts/class_archive.ts";

Deno.test("classArchive() makes none, and says why, where it finds no Java", async () => {
  const folder = await Deno.makeTempDir();
  const before = Deno.env.get("JAVA_HOME");
  const said: unknown[] = [];
  const { error } = console;
  try {
    await Deno.mkdir(`${folder}/jars`);
    Deno.env.set("JAVA_HOME", `${folder}/java`);
    console.error = (text) => said.push(text);
    assert.equal(await classArchive(folder, "-XX:+UseSerialGC"), null);
    assert.match(
      String(said),
      /^JVMs start without an archive of classes: Cannot find Java: /,
    );
  } finally {
    console.error = error;
    if (before === undefined) Deno.env.delete("JAVA_HOME");
    else Deno.env.set("JAVA_HOME", before);
    await Deno.remove(folder, { recursive: true });
  }
});
