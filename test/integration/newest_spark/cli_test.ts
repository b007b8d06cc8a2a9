import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../cli/temporary_folder.ts";
import { tspark, tsparkAtTerminal } from "../../cli/tspark.ts";

const PROGRAMS = new URL("../../cli/programs/", import.meta.url).pathname;
const ECHO = `${PROGRAMS}echo.ts`;
const NO_PAGE = "spark.ui.enabled=false";
/** What Spark tells of a setting that it got and keeps to itself. */
const REDACTED = "*********(redacted)";

/** The line of JSON of `programs/echo.ts`. */
function told(out: string): unknown {
  return JSON.parse(/^\{.*\}$/m.exec(out)?.[0] ?? "null");
}

Deno.test("tspark run hands options to the driver, arguments to the program, and its exit code back", async () => {
  const options = ["--master", "local[2]", "--driver-memory", "700m"];
  const settings = ["--conf", "spark.given=a  b", "-c", NO_PAGE];
  const args = ["--", "5", "--verbose", "in put"];
  const { code, out, err } = await tspark(
    ["run", ...options, ECHO, ...settings, "-c", "spark.own=lost", ...args],
  );
  assert.deepEqual(told(out), {
    master: "local[2]",
    name: "echo.ts",
    args: ["5", "--verbose", "in put"],
    given: "a  b",
    own: "program",
    memory: "700m",
    sum: 9900,
  }, err);
  assert.equal(code, 5);
  assert(!/\[Stage/.test(err), err);
});

Deno.test("tspark run takes a secret from a properties file, and Spark's settings with it", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/secret.conf`;
    await Deno.writeTextFile(
      path,
      `spark.my.secret hush\nspark.master local[1]\nspark.given=file\n${NO_PAGE}\n`,
    );
    const { code, out, err } = await tspark(
      ["run", "--properties-file", path, "--name", "mine", ECHO],
    );
    assert.deepEqual(told(out), {
      master: "local[1]",
      name: "mine",
      args: [],
      given: "file",
      own: "program",
      secret: REDACTED,
      sum: 9900,
    }, err);
    assert.equal(code, 0);
  });
});

Deno.test("tspark submit runs the program in stock spark-submit's JVM, with a cluster's defaults", async () => {
  await withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/spark-defaults.conf`,
      `spark.given default\nspark.my.secret hush\nspark.master local[8]\n${NO_PAGE}\n`,
    );
    const { code, out, err } = await tspark(
      ["submit", "--master", "local[2]", ECHO, "4", "--flag", "a b"],
      { env: { SPARK_CONF_DIR: folder } },
    );
    assert.deepEqual(told(out), {
      master: "local[2]",
      name: "echo.ts",
      args: ["4", "--flag", "a b"],
      given: "default",
      own: "program",
      secret: REDACTED,
      sum: 9900,
    }, err);
    assert.equal(code, 4);
  });
});

Deno.test("tspark shell reads lines from a pipe, functions among them", async () => {
  const { code, out, err } = await tspark(
    ["shell", "--master", "local[2]", "-c", NO_PAGE],
    {
      input: [
        "const factor: number = 3; function scale(n: number) { return n * factor }",
        "const scaled = await sc.range(0, 4, 1, 2).map((n) => scale(n)).collect()",
        "`${await spark.range(7).count()} rows, ${scaled}`",
        'const most = spark.range(7).agg(F.max("id").cast("string").as("most"))',
        "`most is ${(await most.first()).most}, ${types.string.kind}`",
        'const gone = sc.textFile("/no/such").count()',
        "await gone.catch(() => {})", // after nobody awaited it
        'const late = sc.textFile("/not/there").count()',
        "await sc.range(3).count()",
        "",
      ].join("\n"),
    },
  );
  assert.match(out, /7 rows, 0,3,6,9/, err);
  assert.match(out, /most is 6, string/, err);
  assert.doesNotMatch(out, /Uncaught undefined/);
  assert.match(err, /^Uncaught JavaError: .*file:\/not\/there/m);
  assert.match(err, /^TSpark on Spark \d.*, master local\[2\], /m);
  assert.match(err, /^Web page: off$/m);
  assert.equal(code, 0);
});

Deno.test("tspark shell at a terminal tells the page, completes, awaits and ends", async () => {
  const shell = tsparkAtTerminal(["shell", "--master", "local[2]"]);
  await shell.shows(/^Web page: http:.*\n.*Ctrl-D the shell\n>$/m);
  shell.type("await sc.parall\t");
  await shell.shows(/> await sc\.parallelize$/m);
  shell.type("([20, 22], 2).map((n) => n + 1).sum()\r");
  await shell.shows(/^44\n>$/m);
  shell.type("await sc.broken()\r");
  await shell.shows(/TypeError: sc\.broken is not a function[^]*\n>$/);
  shell.type("\x04");
  assert.equal(await shell.ended(), 0);
});

Deno.test("tspark shell shows frames as tables, and Tab knows their columns and the tables", async () => {
  const shell = tsparkAtTerminal(
    ["shell", "--master", "local[2]", "-c", NO_PAGE],
  );
  await shell.shows(/Ctrl-D the shell\n>$/m);
  shell.type(
    'const cities = spark.range(25).withColumn("title", F.lit("x"))\r',
  );
  await shell.shows(/^undefined\n>$/m);
  shell.type("cities\r");
  await shell.shows(/^\| 19\| {4}x\|\n.*\nonly showing top 20 rows\n+>$/m);
  shell.type('cities.limit(2).select("ti\t');
  await shell.shows(/^> cities\.limit\(2\)\.select\("title$/m);
  shell.type('", F.col("i\t');
  await shell.shows(/"title", F\.col\("id$/m);
  shell.type('"))\r');
  await shell.shows(/^\| {4}x\| {2}1\|\n\+-+\+-+\+\n+>$/m);
  shell.type('cities.createOrReplaceTempView("cli_test_cities")\r');
  await shell.shows(/cli_test_cities"\)\n(?:undefined|Promise.*)\n>$/m);
  shell.type('await spark.table("cli_te\t');
  await shell.shows(/^> await spark\.table\("cli_test_cities$/m);
  shell.type('").count()\r');
  await shell.shows(/^25\n>$/m);
  shell.type('await spark.conf.get("spark.sql.ansi.ena\t');
  await shell.shows(/^> await spark\.conf\.get\("spark\.sql\.ansi\.enabled$/m);
  shell.type('")\r');
  await shell.shows(/^'true'\n>$/m);
  shell.type("await spark.sql('select 7 as seven')\r");
  await shell.shows(/^\| {4}7\|\n\+-+\+\n+>$/m);
  shell.type("spark.readStream.format('rate').load()\r");
  await shell.shows(/load\(\)\nDataFrame\[.*\]\n>$/);
  shell.type("spark.range(0, 1e15, 1, 4).filter('id % 7 = 8')\r");
  await shell.shows(/^\[Stage \d+ .*running\]?/m);
  shell.type("\x03");
  await shell.shows(/Cannot finish the action: Ctrl-C interrupted it[^]*\n>$/);
  shell.type(
    "await spark.conf.set('spark.sql.repl.eagerEval.maxNumRows', 3)\rcities\r",
  );
  await shell.shows(/^only showing top 3 rows\n+>$/m);
  shell.type(
    "await spark.conf.set('spark.sql.repl.eagerEval.enabled', false)\rcities\r",
  );
  await shell.shows(/^DataFrame\[.*\]\n>$/m);
  shell.type("\x04");
  assert.equal(await shell.ended(), 0);
});

Deno.test("Ctrl-C in tspark shell ends the job and its bar, and the prompt stays with its variables", async () => {
  const shell = tsparkAtTerminal(
    ["shell", "--master", "local[2]", "-c", NO_PAGE],
  );
  await shell.shows(/Ctrl-D the shell\n>$/m);
  shell.type("const mine = 41\r");
  await shell.shows(/undefined\n>$/m);
  const endless = [
    "await sc.range(0, 1e15, 1, 4).count()",
    "await spark.range(0, 1e15, 1, 4).filter('id % 7 = 8').count()",
  ];
  for (const [i, line] of endless.entries()) {
    shell.type(`${line}\r`);
    await shell.shows(/^\[Stage \d+ .*running\]?/m);
    shell.type("\x03");
    const told = "SparkError: Cannot finish the action: Ctrl-C interrupted it";
    await shell.shows(new RegExp(`(${told}[^]*\n>[^]*){${i + 1}}$`));
  }
  shell.type("await sc.range(mine + 1).count()\r");
  await shell.shows(/^42\n>$/m);
  assert(!shell.screen().includes("[Stage"), shell.screen());
  shell.type(
    "console.log('wai' + 'ting'); await new Promise((end) => setTimeout(end, 1e8))\r",
  );
  await shell.shows(/^waiting$/m);
  shell.type("\x03");
  await shell.shows(/No action runs: Ctrl-C again leaves the shell/);
  shell.type("\x03");
  assert.equal(await shell.ended(), 130);
});

Deno.test("a long stage draws a bar at a terminal and leaves none behind", async () => {
  const terminal = tsparkAtTerminal(
    ["run", "--master", "local[2,2]", "-c", NO_PAGE, `${PROGRAMS}slow.ts`],
  );
  await terminal.shows(/^\[Stage 0 =*> +\d\/8, \d running/m);
  await terminal.shows(/1 failed, \d+ s left\]$/m);
  assert.equal(await terminal.ended(), 0);
  assert.match(terminal.screen(), /^counted 8$/m);
  assert(!terminal.screen().includes("[Stage"), terminal.screen());
});

Deno.test("a read of 2,000 files draws that they are listed, then the stage that reads them", async () => {
  await withTemporaryFolder(async (folder) => {
    for (let i = 0; i < 2000; i++) {
      await Deno.mkdir(`${folder}/day=${i}`);
      await Deno.writeTextFile(`${folder}/day=${i}/part.txt`, `line ${i}\n`);
    }
    const terminal = tsparkAtTerminal([
      "run",
      ...["--master", "local[2]", "-c", NO_PAGE],
      // A task for four files, so that the read takes long enough to be seen.
      ...["-c", "spark.sql.files.maxPartitionBytes=16m"],
      ...[`${PROGRAMS}many_files.ts`, folder],
    ]);
    await terminal.shows(/^\[Stage 0, listing files =*> +\d+\/2000/m);
    await terminal.shows(/^\[Stage \d+ =*> +\d+\/500, \d running/m);
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.screen(), /^counted 2000$/m);
    assert(!terminal.screen().includes("[Stage"), terminal.screen());
  });
});

Deno.test("Ctrl-C takes the bar away and ends the program", async () => {
  const terminal = tsparkAtTerminal(
    ["run", "--master", "local[2,2]", "-c", NO_PAGE, `${PROGRAMS}slow.ts`],
  );
  await terminal.shows(/^\[Stage 0 =*> +\d\/8, \d running/m);
  terminal.type("\x03");
  assert.equal(await terminal.ended(), 130);
  assert(!terminal.screen().includes("[Stage"), terminal.screen());
});

Deno.test("spark.ui.showConsoleProgress=false draws no bar", async () => {
  const terminal = tsparkAtTerminal([
    "run",
    ...["--master", "local[8,2]", "-c", NO_PAGE],
    ...["-c", "spark.ui.showConsoleProgress=false"],
    `${PROGRAMS}slow.ts`,
  ]);
  assert.equal(await terminal.ended(), 0);
  assert.match(terminal.screen(), /^counted 8$/m);
  assert(!terminal.raw.includes("[Stage"), terminal.raw);
});

Deno.test("tspark doctor --job runs a job and finds all well", async () => {
  const { code, out } = await tspark(["doctor", "--job"]);
  assert.match(out, /^ok {2}Spark +\d.* in .*, found through \w+/m);
  assert.match(out, /^ok {2}Job +done, \d+\.\d s with the start$/m);
  assert.match(out, /^All is well$/m);
  assert.equal(code, 0);
});
