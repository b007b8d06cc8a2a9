import assert from "node:assert/strict";
import { dirname } from "node:path";
import { commandWords, CONFIG, tspark, tsparkAtTerminal } from "./tspark.ts";
import { withTemporaryFolder } from "./temporary_folder.ts";

Deno.test("tspark --help tells commands, examples and exit codes", async () => {
  const { code, out, err } = await tspark(["--help"]);
  assert.deepEqual([code, err], [0, ""]);
  for (
    const word of ["run", "submit", "shell", "doctor", "spark", "version"]
  ) {
    assert.match(out, new RegExp(`^  ${word} `, "m"));
  }
  assert.match(out, /^Examples:$/m);
  assert.match(out, /^Exit codes: 0 /m);
});

Deno.test("tspark --help takes less than 0.3 s of the processor", async () => {
  const seconds: number[] = [];
  for (let round = 0; round < 5; round++) {
    // Not by the clock, which runs on while others have the processor.
    const { success, stderr } = await new Deno.Command("bash", {
      args: [
        ...["-c", 'TIMEFORMAT="%U %S"; time "$@" >/dev/null', "bash"],
        ...[Deno.execPath(), ...commandWords(["--help"])],
      ],
      env: { LC_ALL: "C" },
    }).output();
    assert.ok(success);
    const [user = NaN, system = NaN] = new TextDecoder().decode(stderr).trim()
      .split(" ").map(Number);
    seconds.push(user + system);
  }
  assert.ok(Math.min(...seconds) < 0.3, `${seconds}`);
});

Deno.test("tspark shell in a project that does not link the sources tells how to", async () => {
  await withTemporaryFolder(async (folder) => {
    const config = `${folder}/deno.json`;
    const source = dirname(CONFIG);
    await Deno.writeTextFile(config, '{ "imports": { "a": "npm:a@1" } }');
    await Deno.mkdir(`${folder}/notes`);
    const env = { SPARK_HOME: folder };
    const refused = await tspark(["shell"], { cwd: `${folder}/notes`, env });
    assert.deepEqual([refused.code, refused.err], [
      2,
      `tspark: Cannot open a shell by "${config}": it does not link TSpark's sources, which this command runs from; add "links": ["${source}"] to "${config}", or open the shell in a folder that is in no project`,
    ]);
    await Deno.writeTextFile(config, `{ "links": ["${source}"] }`);
    const linked = await tspark(["shell"], { cwd: `${folder}/notes`, env });
    assert.match(linked.err, /^tspark: Cannot use SPARK_HOME /);
  });
});

Deno.test("tspark <command> --help tells options and examples", async () => {
  const run = await tspark(["run", "--help"]);
  for (
    const word of ["--master", "--conf", "--packages", "--jars", "--files"]
  ) {
    assert(run.out.includes(word), run.out);
  }
  assert.match(run.out, /--archives[^]*--driver-memory[^]*--executor-memory/);
  for (const command of ["run", "submit", "shell", "spark"]) {
    const { code, out } = await tspark([command, "--help"]);
    assert.match(out, /^Examples:$/m);
    assert.equal(code, 0);
  }
});

Deno.test("tspark ends with code 2 and a hint for a command line that is wrong", async () => {
  const hint = "\nRun with --help to see what is understood";
  const wrong: readonly (readonly [string[], string])[] = [
    [["frobnicate"], `tspark: unknown command 'frobnicate'${hint}`],
    [["run"], `tspark: missing required argument 'program'${hint}`],
    [["run", "--frob", "app.ts"], `tspark: unknown option '--frob'${hint}`],
    [["spark", "remove"], `tspark: missing required argument 'version'${hint}`],
    [
      ["shell", "--conf", "x"],
      'tspark: Cannot take the setting "x": it is not of the form key=value; write it like --conf spark.ui.enabled=false',
    ],
    [
      ["run", "no_such.ts"],
      'tspark: Cannot run "no_such.ts": there is no such file; give the path of a program',
    ],
    [
      ["run", "."],
      'tspark: Cannot run ".": it is a folder; give the path of a program',
    ],
    [
      ["run", ""],
      'tspark: Cannot run "": there is no such file; give the path of a program',
    ],
    [
      ["shell", "--master", ""],
      'tspark: Cannot take "" for --master: it is empty; give it a value, or leave --master out',
    ],
    [
      ["run", "--conf", "", "a.ts"],
      'tspark: Cannot run "a.ts": there is no such file; give the path of a program',
    ],
    [
      ["submit"],
      'tspark: Cannot submit: there is no program among the words ""; name it after the options',
    ],
    [
      ["submit", "--master", "spark://h:1", "--deploy-mode", "cluster", "a.ts"],
      'tspark: Cannot submit to "spark://h:1" in cluster mode: Spark runs only Java and Scala programs so there; use --deploy-mode client',
    ],
  ];
  for (const [words, err] of wrong) {
    assert.deepEqual(await tspark(words), { code: 2, out: "", err });
  }
});

Deno.test("tspark without a command shows the help and ends with code 2", async () => {
  const { code, err } = await tspark([]);
  assert.match(err, /^Usage: tspark /);
  assert.equal(code, 2);
});

Deno.test("tspark version tells itself, the runtime and the platform", async () => {
  const { code, out } = await tspark(["version"]);
  assert.match(out, /^tspark \d+\.\d+\.\d+, Deno \d+\.\d+\.\d+, \w+ \w+$/);
  assert.equal(code, 0);
  const { out: number } = await tspark(["--version"]);
  assert(out.startsWith(`tspark ${number},`), number);
});

Deno.test("tspark run tells that a setting's value should not stand there", async () => {
  await withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.ts`, "");
    const { code, err } = await tspark(
      ["run", "-c", "spark.my.password=hush", `${folder}/a.ts`],
    );
    assert.equal(
      err,
      'tspark: The value of "spark.my.password" stands on this command line, where every user of the machine can read it; put it into a file and give --properties-file',
    );
    assert.equal(code, 0);
  });
});

Deno.test("tspark run gives the program what follows it, options as well", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/words.ts`;
    await Deno.writeTextFile(path, "console.log(JSON.stringify(Deno.args));");
    const cases: readonly (readonly [string[], string[]])[] = [
      [["--verbose", "--limit", "3", "book.txt"], [
        "--verbose",
        "--limit",
        "3",
        "book.txt",
      ]],
      [["--verbose", "--master", "local[2]", "book.txt"], [
        "--verbose",
        "book.txt",
      ]],
      [["--", "--verbose", "--master", "x"], ["--verbose", "--master", "x"]],
      [["a", "--", "b", ""], ["a", "b", ""]],
    ];
    for (const [words, given] of cases) {
      const { code, out } = await tspark([
        "run",
        "--name",
        "n",
        path,
        ...words,
      ]);
      assert.deepEqual([code, JSON.parse(out)], [0, given]);
    }
  });
});

Deno.test("tspark run --local-worker sets what has functions run in the program's process", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/words.ts`;
    await Deno.writeTextFile(
      path,
      "console.log(Deno.env.get('PYSPARK_SUBMIT_ARGS'));",
    );
    const words = ["run", "--local-worker", "-c", "spark.a=b", path];
    const { code, out } = await tspark(words);
    assert.deepEqual([code, out], [
      0,
      "--name words.ts --conf spark.a=b --conf spark.tspark.localWorker=true pyspark-shell",
    ]);
  });
});

Deno.test("tspark run ends as the program does, by code or by signal", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/end.ts`;
    await Deno.writeTextFile(
      path,
      `if (Deno.args[0] === "kill") Deno.kill(Deno.pid, "SIGKILL"); Deno.exit(9);`,
    );
    assert.equal((await tspark(["run", path])).code, 9);
    assert.equal((await tspark(["run", path, "kill"])).code, 137);
  });
});

Deno.test("tspark run leaves Ctrl-C to the program, and passes SIGTERM on", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/wait.ts`;
    await Deno.writeTextFile(
      path,
      `setInterval(() => {}, 1000);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => { console.log(signal); Deno.exit(signal === "SIGINT" ? 3 : 4); });
}
console.log("waits", Deno.ppid);
`,
    );
    const interrupted = tsparkAtTerminal(["run", path]);
    await interrupted.shows(/^waits/m);
    interrupted.type("\x03");
    assert.equal(await interrupted.ended(), 3);
    assert.match(interrupted.screen(), /SIGINT/);

    const terminated = tsparkAtTerminal(["run", path]);
    const [, parent] = await terminated.shows(/^waits (\d+)/m);
    Deno.kill(Number(parent), "SIGTERM");
    assert.equal(await terminated.ended(), 4);
  });
});
