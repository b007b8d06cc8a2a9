import assert from "node:assert/strict";
import { SparkFiles } from "../../../mod.ts";
import { Files } from "../modules/handles.ts";
import { endSharedSession, ownSession } from "../shared_session.ts";

Deno.test("SparkFiles before an application was started is refused", async () => {
  await endSharedSession();
  assert.throws(() => SparkFiles.get("x"), {
    name: "SparkError",
    condition: "CONTEXT_MISSING",
    message:
      "Cannot tell where added files are: there is no SparkContext; call SparkContext.getOrCreate() first",
  });
});

Deno.test("files for the workers", async (t) => {
  await using spark = await ownSession();
  const sc = spark.sparkContext;
  const folder = await Deno.makeTempDir();
  await using _removed = {
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
  const once = sc.range(0, 2, 1, 2);

  await t.step("addFile() brings a file", async () => {
    await Deno.writeTextFile(`${folder}/a file.txt`, "content");
    await sc.addFile(`${folder}/a file.txt`);
    const seen = await once.map(() => [
      Deno.readTextFileSync(SparkFiles.get("a file.txt")),
      SparkFiles.get("a file.txt").startsWith(SparkFiles.getRootDirectory()),
    ]).collect();
    assert.deepEqual(seen, [["content", true], ["content", true]]);
    assert.equal(
      await Deno.readTextFile(SparkFiles.get("a file.txt")),
      "content",
    );
    assert.equal(
      SparkFiles.get("a file.txt"),
      `${SparkFiles.getRootDirectory()}/a file.txt`,
    );
    const files = await sc.listFiles();
    assert.equal(files.length, 1);
    assert.match(files[0] ?? "", /a(%20| )file\.txt$/);
  });

  await t.step("addFile() brings a folder with all that is in it", async () => {
    await Deno.mkdir(`${folder}/tree/leaf`, { recursive: true });
    await Deno.writeTextFile(`${folder}/tree/leaf/x`, "deep");
    await sc.addFile(`${folder}/tree`, true);
    const seen = await once.map(() =>
      Deno.readTextFileSync(Files.get("tree/leaf/x"))
    ).collect();
    assert.deepEqual(seen, ["deep", "deep"]);
    await assert.rejects(sc.addFile(`${folder}/tree`), {
      name: "JavaError",
      javaClass: "org.apache.spark.SparkException",
    });
  });

  await t.step("addArchive() brings an archive and unpacks it", async () => {
    const { success } = await new Deno.Command("tar", {
      args: ["-czf", `${folder}/packed.tar.gz`, "-C", `${folder}/tree`, "leaf"],
    }).output();
    assert.ok(success);
    await sc.addArchive(`${folder}/packed.tar.gz#opened`);
    const seen = await once.map(() =>
      Deno.readTextFileSync(SparkFiles.get("opened/leaf/x"))
    ).collect();
    assert.deepEqual(seen, ["deep", "deep"]);
    const archives = await sc.listArchives();
    assert.equal(archives.length, 1);
    assert.match(archives[0] ?? "", /packed\.tar\.gz#opened$/);
  });

  await t.step("a missing file is Spark's error", async () => {
    await assert.rejects(sc.addFile(`${folder}/none`), {
      name: "JavaError",
      javaClass: "java.io.FileNotFoundException",
    });
  });
});
