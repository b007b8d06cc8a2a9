import assert from "node:assert/strict";

const SCRIPT = new URL("../../../scripts/spark_install.ts", import.meta.url);

/** A `python3` that unpacks an empty Spark where pip would have put a real one. */
const PIP = `#!/bin/sh
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/pyspark/bin" && echo "$$" > "$2/pyspark/bin/spark-submit"
`;
const NO_PIP = "#!/bin/sh\nexit 1\n";
const PIP_FAILS = `#!/bin/sh\ncase "$*" in *--version) ;; *) exit 7 ;; esac\n`;

interface Result {
  readonly code: number;
  readonly text: string;
}

/** Runs the script with a cache and a `python3` of its own. */
async function install(
  folder: string,
  python: string | null,
  ...args: string[]
): Promise<Result> {
  const programs = `${folder}/programs`;
  await Deno.mkdir(programs, { recursive: true });
  if (python !== null) {
    await Deno.writeTextFile(`${programs}/python3`, python, { mode: 0o755 });
  }
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", SCRIPT.href, ...args],
    env: {
      XDG_CACHE_HOME: folder,
      PATH: python === null ? programs : `${programs}:/usr/bin:/bin`,
      NO_COLOR: "1",
    },
  }).output();
  return {
    code: output.code,
    text: new TextDecoder().decode(output.stderr).trim(),
  };
}

/** Runs the body in a folder that is removed afterwards. */
async function inFolder(
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("spark_install puts the version asked for into the cache and does nothing the second time", () =>
  inFolder(async (folder) => {
    const home = `${folder}/tspark/spark/4.1.4/pyspark`;
    assert.deepEqual(await install(folder, PIP, "4.1.4"), {
      code: 0,
      text: `Spark 4.1.4 is now in ${home}`,
    });
    assert.deepEqual(await install(folder, NO_PIP, "4.1.4"), {
      code: 0,
      text: `Spark 4.1.4 is already in ${home}`,
    });
  }));

Deno.test("spark_install has pip keep no second copy in a cache of its own", () =>
  inFolder(async (folder) => {
    const told = `${folder}/arguments`;
    const python = PIP.replace(
      "#!/bin/sh\n",
      `#!/bin/sh\necho "$*" > ${told}\n`,
    );
    assert.equal((await install(folder, python, "4.1.4")).code, 0);
    const [program, ...args] = (await Deno.readTextFile(told)).trim().split(
      " ",
    );
    assert.equal(program, "-m");
    assert.ok(args.includes("--no-cache-dir"), args.join(" "));
    assert.equal(args.at(-1), "pyspark==4.1.4");
  }));

Deno.test("spark_install twice at once leaves one whole Spark and no remains", () =>
  inFolder(async (folder) => {
    const results = await Promise.all([
      install(folder, PIP, "4.3.0"),
      install(folder, PIP, "4.3.0"),
    ]);
    assert.deepEqual(results.map((result) => result.code), [0, 0]);
    const entries = await Array.fromAsync(
      Deno.readDir(`${folder}/tspark/spark`),
    );
    assert.deepEqual(entries.map((entry) => entry.name), ["4.3.0"]);
  }));

Deno.test("spark_install refuses what is not a version", () =>
  inFolder(async (folder) => {
    for (const version of ["", "latest", "4", "../4.3.0", "4.3.0 evil"]) {
      assert.deepEqual(await install(folder, PIP, version), {
        code: 1,
        text:
          `Cannot install Spark "${version}": that is not a version; give one such as "4.3.0"`,
      });
    }
    for (const version of ["2.4.8", "3.3.4", "4.9.0"]) {
      assert.deepEqual(await install(folder, PIP, version), {
        code: 1,
        text:
          `Cannot install Spark "${version}": TSpark works with Spark 3.5, 4.0, 4.1, 4.2, 4.3; give one such as "4.3.0"`,
      });
    }
  }));

Deno.test("spark_install says what to install when Python or pip is missing", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await install(folder, null, "4.3.0"), {
      code: 1,
      text:
        'Cannot install Spark "4.3.0": "python3" does not start; install Python 3 with pip, or set SPARK_HOME to a Spark of your own',
    });
    assert.deepEqual(await install(folder, NO_PIP, "4.3.0"), {
      code: 1,
      text:
        'Cannot install Spark "4.3.0": "python3 -m pip" does not run; install pip (on Debian: apt-get install python3-pip), or set SPARK_HOME to a Spark of your own',
    });
  }));

Deno.test("spark_install reports pip's failure and leaves nothing behind", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await install(folder, PIP_FAILS, "4.3.0"), {
      code: 1,
      text:
        'Cannot install Spark "4.3.0": pip ended with exit code 7; see its message above',
    });
    const entries = await Array.fromAsync(
      Deno.readDir(`${folder}/tspark/spark`),
    );
    assert.deepEqual(entries, []);
  }));
