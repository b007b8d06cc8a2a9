import assert from "node:assert/strict";
import { withTemporaryFolder } from "./temporary_folder.ts";
import { tspark, tsparkAtTerminal } from "./tspark.ts";

/** An archive of a small Deno, so that packing takes no time. */
async function small(folder: string): Promise<string[]> {
  await Deno.writeTextFile(`${folder}/small`, "a Deno");
  return ["pack", "--deno", "small", "--addon", "none"];
}

Deno.test("tspark pack tells where the archive is", () =>
  withTemporaryFolder(async (folder) => {
    const env = { XDG_CACHE_HOME: folder };
    const words = await small(folder);
    const cached = await tspark(words, { env, cwd: folder });
    assert.equal(cached.err, "");
    assert.match(
      cached.out,
      /\/tspark\/archives\/tspark-worker-[a-z0-9-]+\.tar\.gz$/,
    );
    assert.deepEqual(
      await tspark([...words, "--to", "mine.tar.gz"], { env, cwd: folder }),
      { code: 0, out: `${folder}/mine.tar.gz`, err: "" },
    );
    assert.deepEqual(
      await Deno.readFile(`${folder}/mine.tar.gz`),
      await Deno.readFile(cached.out),
    );
  }));

Deno.test("tspark pack draws a bar at a terminal, and takes it away", () =>
  withTemporaryFolder(async (folder) => {
    const words = await small(folder);
    const terminal = tsparkAtTerminal(words, {
      env: { XDG_CACHE_HOME: folder },
      cwd: folder,
    });
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.raw, /\[Pack =+> +\d\/\d MB\]/);
    assert.match(terminal.screen(), /^\S+\/tspark-worker-[a-z0-9-]+\.tar\.gz$/);
  }));

Deno.test("tspark pack refuses machines that no worker runs on, and files that are not there", () =>
  withTemporaryFolder(async (folder) => {
    assert.deepEqual(await tspark(["pack", "--platform", "win32-x64"]), {
      code: 2,
      out: "",
      err:
        'tspark: Cannot pack a worker for "win32-x64": workers run on linux-x64, linux-arm64, darwin-x64, darwin-arm64; name one of these',
    });
    const env = { XDG_CACHE_HOME: folder };
    const targets: readonly (readonly [string, string])[] = [
      [
        "w.zip",
        `Cannot pack a worker into "${folder}/w.zip": the archive is a .tar.gz, which its name has to say; give it that ending`,
      ],
      [
        "no/such/w.tar.gz",
        `Cannot pack a worker into "${folder}/no/such/w.tar.gz": the folder "${folder}/no/such" is not there, or this user may not write to it; make it, or name another one`,
      ],
      [
        "",
        'Cannot pack a worker into "": the archive is a .tar.gz, which its name has to say; give it that ending',
      ],
    ];
    for (const [to, err] of targets) {
      assert.deepEqual(
        await tspark(["pack", "--to", to], { env, cwd: folder }),
        {
          code: 1,
          out: "",
          err: `tspark: ${err}`,
        },
      );
    }
    assert.deepEqual(
      await tspark(["pack", "--deno", "none"], { env, cwd: folder }),
      {
        code: 1,
        out: "",
        err:
          `tspark: Cannot pack "${folder}/none" as "bin/deno": it cannot be read; name another file`,
      },
    );
  }));
