import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { unpackTar } from "modern-tar";
import { GatewayError } from "../../../../src/common/errors.ts";
import { packWorker } from "../../../../src/driver/launch/worker_archive.ts";

Deno.test("an archive holds Deno, the worker, the addon and what starts them", async () => {
  await withCache(async (folder) => {
    const seen: [number, number][] = [];
    const path = await packWorker({
      deno: await file(folder, "one", "a Deno"),
      addon: await file(folder, "addon", "an addon"),
      onProgress: (done, total) => seen.push([done, total]),
    });
    assert.match(
      path,
      new RegExp(
        `^${folder}/tspark/archives/tspark-worker-[a-z0-9-]+\\.tar\\.gz$`,
      ),
    );
    const entries = await unpack(path);
    assert.deepEqual(
      entries.map(({ header: { name, mode } }) => [name, mode]),
      [
        ["tspark-worker", 0o755],
        ["worker/main.mjs", 0o644],
        ["tspark.node", 0o644],
        ["bin/deno", 0o755],
      ],
    );
    const [program, worker, addon, deno] = entries.map(({ data }) =>
      new TextDecoder().decode(data)
    );
    assert.equal(
      program,
      `#!/bin/sh
here=$(cd "\${0%/*}" && pwd) || exit 1
: "\${DENO_DIR:=$here/cache}"
: "\${TSPARK_ADDON:=$here/tspark.node}"
export DENO_DIR TSPARK_ADDON
test "\${2:-}" != pyspark.worker || exec </dev/null
exec "$here/bin/deno" run --allow-all --no-prompt --quiet --v8-flags=--expose-gc --no-config --no-lock --node-modules-dir=none "$here/worker/main.mjs" "$@"
`,
    );
    assert.equal(addon, "an addon");
    assert.equal(deno, "a Deno");
    // One file: it imports what is in Deno, and nothing else.
    for (
      const [, name] of worker?.matchAll(/^import .* from "(.*)";$/gm) ?? []
    ) {
      assert.match(name ?? "", /^node:/);
    }
    const last = seen.at(-1);
    assert.equal(last?.[0], last?.[1]);
  });
});

Deno.test("the same content is packed once, another content under another name", async () => {
  await withCache(async (folder) => {
    const deno = await file(folder, "one", "a Deno");
    const first = await packWorker({ deno, addon: null });
    const { mtime } = await Deno.stat(first);
    let packed = false;
    const again = await packWorker({
      deno,
      addon: null,
      onProgress: () => packed = true,
    });
    assert.equal(again, first);
    assert.equal(packed, false);
    assert.deepEqual((await Deno.stat(first)).mtime, mtime);
    assert.notEqual(
      await packWorker({
        deno: await file(folder, "two", "A Deno"),
        addon: null,
      }),
      first,
    );
    const to = `${folder}/mine.tar.gz`;
    assert.equal(await packWorker({ deno, addon: null, to }), to);
    assert.deepEqual(await Deno.readFile(to), await Deno.readFile(first));
    assert.equal((await unpack(to)).length, 3); // no addon
  });
});

Deno.test("a part that is not there is named", async () => {
  await withCache(async (folder) => {
    await assert.rejects(
      packWorker({ deno: `${folder}/nothing`, addon: null }),
      (error) =>
        error instanceof GatewayError &&
        error.condition === "WORKER_NOT_PACKED" &&
        error.message ===
          `Cannot pack "${folder}/nothing" as "bin/deno": it cannot be read; name another file`,
    );
  });
});

Deno.test("what another kind of machine needs comes from npm, once", async () => {
  await withCache(async (folder) => {
    const npm = await stubNpm(folder);
    await Deno.writeTextFile(`${npm}.log`, "");
    const options = { platform: "linux-arm64" } as const;
    const path = await packWorker(options);
    assert.match(path, /tspark-worker-linux-arm64-/);
    const entries = await unpack(path);
    const texts = entries.map(({ data }) => new TextDecoder().decode(data));
    assert.match(
      texts[2] ?? "",
      /^tspark\.linux-arm64-gnu\.node of @tspark\/native-linux-arm64-gnu@\d/,
    );
    assert.equal(
      texts[3],
      `deno of @deno/linux-arm64-glibc@${Deno.version.deno}`,
    );
    assert.equal(await packWorker(options), path);
    const log = await Deno.readTextFile(`${npm}.log`);
    assert.equal(log.trim().split("\n").length, 2);
  });
});

Deno.test("what npm says is told when it gives nothing", async () => {
  await withCache(async (folder) => {
    await stubNpm(folder, "echo no such package >&2; exit 1");
    await assert.rejects(
      packWorker({ platform: "darwin-arm64", addon: null }),
      {
        message:
          `Cannot fetch "@deno/darwin-arm64@${Deno.version.deno}" with npm: no such package; install npm, or name files of your own by --deno and --addon`,
      },
    );
  });
});

Deno.test("what npm's registry does not have is told apart", async () => {
  await withCache(async (folder) => {
    await stubNpm(folder, "echo 'npm error code E404' >&2; exit 1");
    await assert.rejects(
      packWorker({ platform: "linux-arm64", deno: "/bin/true" }),
      {
        message: new RegExp(
          `^Cannot fetch "@tspark/native-linux-arm64-gnu@.*" with npm: npm error code E404; it is not in the registry that npm asks: name files of your own by --deno and --addon, or use --addon none, which is slower$`,
        ),
      },
    );
  });
});

Deno.test("a package without the file is told", async () => {
  await withCache(async (folder) => {
    await stubNpm(
      folder,
      PACKING.replace("for file in deno", "for file in node"),
    );
    await assert.rejects(
      packWorker({ platform: "linux-arm64", addon: null }),
      {
        message:
          `Cannot fetch "@deno/linux-arm64-glibc@${Deno.version.deno}" with npm: it has no file "deno"; install npm, or name files of your own by --deno and --addon`,
      },
    );
  });
});

/** Runs with an empty cache. */
async function withCache(
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "tspark-archive-" });
  const saved = ["XDG_CACHE_HOME", "DENO_DIR", "PATH"].map((name) =>
    [name, Deno.env.get(name)] as const
  );
  const { XDG_CACHE_HOME, HOME, DENO_DIR } = Deno.env.toObject();
  // Deno bundles with what it has fetched before.
  Deno.env.set(
    "DENO_DIR",
    DENO_DIR ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/deno`,
  );
  Deno.env.set("XDG_CACHE_HOME", folder);
  try {
    await body(folder);
  } finally {
    for (const [name, value] of saved) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
    await Deno.remove(folder, { recursive: true });
  }
}

async function file(
  folder: string,
  name: string,
  text: string,
): Promise<string> {
  await Deno.writeTextFile(`${folder}/${name}`, text);
  return `${folder}/${name}`;
}

async function unpack(path: string): ReturnType<typeof unpackTar> {
  return await unpackTar(gunzipSync(await Deno.readFile(path)));
}

/** Puts a program `npm` on the path: it packs files that tell their package, and logs that. */
async function stubNpm(
  folder: string,
  body: string = PACKING,
): Promise<string> {
  await Deno.mkdir(`${folder}/bin`);
  const path = `${folder}/bin/npm`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  Deno.env.set("PATH", `${folder}/bin:${Deno.env.get("PATH")}`);
  return path;
}

const PACKING = `
spec=$2; to=\${4#--pack-destination=}
echo "$spec" >> "$0.log"
cd "$to" && mkdir package
for file in deno tspark.linux-arm64-gnu.node; do
  printf '%s of %s' "$file" "$spec" > "package/$file"
done
tar czf one.tgz package && rm -r package`;
