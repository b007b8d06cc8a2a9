import assert from "node:assert/strict";
import { basename } from "node:path";
import { builtAddonPath } from "../../../src/bridge/addon.ts";

const SCRIPT = new URL("../../../scripts/build_native.ts", import.meta.url);
const ADDON = basename(builtAddonPath());
const RUN_LIMIT_MS = 60_000;

/** A `cargo` that makes a library of its arguments; the folder comes last. */
const CARGO = `#!/bin/sh
for last; do :; done
/bin/mkdir -p "$last/release"
for kind in so dylib; do echo "$*" > "$last/release/libtspark_addon.$kind"; done
echo built >&2
`;
const CARGO_FAILS = "#!/bin/sh\necho broken >&2\nexit 101\n";
const rustc = (version: string) => `#!/bin/sh\necho rustc ${version}\n`;

/** A crate and the programs that the script finds, in a folder of their own. */
interface Place {
  readonly crate: string;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  run(): Promise<{ code: number; text: string }>;
}

async function inPlace(body: (place: Place) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const crate = `${folder}/crate`;
  const place: Place = {
    crate,
    async write(path, text): Promise<void> {
      const full = `${folder}/${path}`;
      await Deno.mkdir(full.slice(0, full.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(full, text, { mode: 0o755 });
    },
    remove: (path) => Deno.remove(`${folder}/${path}`),
    async run(): Promise<{ code: number; text: string }> {
      const output = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--allow-all", SCRIPT.href, `${crate}/`],
        clearEnv: true,
        env: { PATH: `${folder}/programs`, NO_COLOR: "1", HOME: folder },
        signal: AbortSignal.timeout(RUN_LIMIT_MS),
      }).output();
      const text = new TextDecoder().decode(output.stderr).trim();
      return { code: output.code, text };
    },
  };
  try {
    await place.write("crate/Cargo.toml", "[package]");
    for (
      const path of [
        "Cargo.lock",
        "build.rs",
        "core/Cargo.toml",
        "core/src/lib.rs",
        "src/lib.rs",
      ]
    ) {
      await place.write(`crate/${path}`, "one");
    }
    await place.write("programs/cargo", CARGO);
    await place.write("programs/rustc", rustc("1"));
    await body(place);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const built = { code: 0, text: "Building the native addon\nbuilt" };
const quiet = { code: 0, text: "" };

Deno.test("buildNative builds once, and again when sources, rustc or the addon changed", () =>
  inPlace(async ({ crate, write, remove, run }) => {
    assert.deepEqual(await run(), built);
    assert.equal(
      await Deno.readTextFile(`${crate}/${ADDON}`),
      `build --release --locked --manifest-path ${crate}/Cargo.toml --target-dir ${crate}/target\n`,
    );
    assert.deepEqual(await run(), quiet);

    await write("crate/core/src/frame.rs", "two");
    assert.deepEqual(await run(), built, "a new source");
    await write("crate/core/src/frame.rs", "three");
    assert.deepEqual(await run(), built, "a changed source");
    await write("crate/core/tests/frame.rs", "test");
    assert.deepEqual(await run(), quiet, "a new test");
    await write("programs/rustc", rustc("2"));
    assert.deepEqual(await run(), built, "another rustc");
    await remove(`crate/${ADDON}`);
    assert.deepEqual(await run(), built, "no addon");
    assert.deepEqual(await run(), quiet);
  }));

Deno.test("buildNative puts a new file in the place of the addon, which processes may have mapped", () =>
  inPlace(async ({ crate, write, run }) => {
    await run();
    using mapped = await Deno.open(`${crate}/${ADDON}`);
    await write("crate/src/lib.rs", "two");
    assert.deepEqual(await run(), built);
    const names = Array.from(Deno.readDirSync(crate), (entry) => entry.name);
    assert.deepEqual(
      names.filter((name) => name.includes(ADDON)).sort(),
      [ADDON, `${ADDON}.stamp`],
    );
    const { ino } = await Deno.stat(`${crate}/${ADDON}`);
    assert.notEqual((await mapped.stat()).ino, ino);
  }));

Deno.test("buildNative gives code 1 when cargo fails, and tries again the next time", () =>
  inPlace(async ({ write, run }) => {
    await write("programs/cargo", CARGO_FAILS);
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(await run(), {
        code: 1,
        text: [
          "Building the native addon",
          "broken",
          "Cannot build the native addon: cargo failed, see above",
        ].join("\n"),
      });
    }
  }));

Deno.test("buildNative says what follows without Rust, and succeeds", () =>
  inPlace(async ({ write, remove, run }) => {
    await remove("programs/rustc");
    const missing = {
      code: 0,
      text:
        "No Rust here: TSpark runs without its native addon, slower; install Rust (rustc and cargo) to build it",
    };
    assert.deepEqual(await run(), missing);
    await write("programs/rustc", "#!/bin/sh\nexit 1\n"); // rustup without a toolchain
    assert.deepEqual(await run(), missing);

    await write("programs/rustc", rustc("1"));
    assert.deepEqual(await run(), built);
    await remove("programs/rustc");
    assert.deepEqual(await run(), {
      code: 0,
      text:
        "No Rust here: TSpark runs with the native addon that is there, whatever its sources; install Rust (rustc and cargo) to build it anew",
    });
  }));
