import assert from "node:assert/strict";
import { loadAddon, openAddon } from "../../../src/bridge/addon.ts";
import {
  addonFiles,
  denoFiles,
  type WorkerFiles,
} from "../../../src/bridge/worker_files.ts";
import { temporaryFolder } from "../../integration/temporary_folder.ts";

const loaded = loadAddon();
assert.ok(loaded.addon !== null, loaded.reason ?? "");
const KINDS: readonly [string, WorkerFiles][] = [
  ["Deno", denoFiles],
  ["the addon", addonFiles(openAddon(loaded.path))],
];

for (const [name, files] of KINDS) {
  Deno.test(`${name} reads parts of files`, async () => {
    await using folder = await temporaryFolder();
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    Deno.writeFileSync(`${folder.path}/a`, bytes);
    Deno.writeFileSync(`${folder.path}/empty`, new Uint8Array(0));
    using file = files.openFile(`${folder.path}/a`);
    assert.equal(file.length, 100_000);
    assert.deepEqual(file.read(0, 100_000), bytes);
    const part = file.read(70_000, 10);
    assert.deepEqual(part, bytes.slice(70_000, 70_010));
    assert.equal(part.buffer.byteLength, 10);
    assert.deepEqual(file.read(99_998, 10), bytes.slice(99_998));
    using empty = files.openFile(`${folder.path}/empty`);
    assert.equal(empty.length, 0);
    assert.equal(empty.read(0, 1).length, 0);
    assert.throws(
      () => files.openFile(`${folder.path}/no`),
      /No such file or directory/,
    );
  });

  Deno.test(`${name} writes and reads a file without a name`, async () => {
    await using folder = await temporaryFolder();
    const file = files.openNameless(folder.path);
    assert.deepEqual([...Deno.readDirSync(folder.path)], []);
    assert.equal(file.write(new Uint8Array([1, 2, 3, 4])), 4);
    file.seek(1);
    const into = new Uint8Array(8);
    assert.equal(file.read(into), 3);
    assert.deepEqual(into.subarray(0, 3), new Uint8Array([2, 3, 4]));
    assert.equal(file.read(into), null);
    file.seek(2);
    file.write(new Uint8Array([9]));
    file.seek(0);
    assert.equal(file.read(into), 4);
    assert.deepEqual(into.subarray(0, 4), new Uint8Array([1, 2, 9, 4]));
    file.close();
    assert.throws(() => files.openNameless(`${folder.path}/no`));
  });
}
