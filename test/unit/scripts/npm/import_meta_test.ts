import assert from "node:assert/strict";
import { restoreImportMeta } from "../../../../scripts/npm/import_meta.ts";

/** As dnt 0.43 writes it. */
const WRAPPED =
  'globalThis[Symbol.for("import-meta-ponyfill-esmodule")](import.meta)';

Deno.test("restoreImportMeta() writes import.meta again in all modules, and fails where there is none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/src`);
    await Deno.writeTextFile(`${folder}/mod.js`, "export {};\n");
    await Deno.writeTextFile(
      `${folder}/src/a.js`,
      `const a = new URL("x", ${WRAPPED}.url), b = ${WRAPPED}.url;\n`,
    );
    await restoreImportMeta(folder);
    assert.equal(
      await Deno.readTextFile(`${folder}/src/a.js`),
      'const a = new URL("x", import.meta.url), b = import.meta.url;\n',
    );
    await assert.rejects(restoreImportMeta(folder), {
      message:
        `Cannot find what dnt writes for import.meta below "${folder}": it is another dnt; look what it writes now, and mend scripts/npm/import_meta.ts`,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
