/**
 * Looks for every secret of an application where others could read it: command
 * lines of all processes, logs at their most talkative, errors, files.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { TextLineStream } from "../../../bench/harness/lines.ts";
import { withTimeout } from "../../../src/common/deadline.ts";
import { ownSparkHome } from "../own_spark_home.ts";
import { descendants, environmentSecrets } from "../processes.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const PROGRAM = fileURLToPath(
  new URL("../programs/secretive_job.ts", import.meta.url),
);
const DEADLINE_MS = 150_000;
/** Secrets that a user gives. */
const GIVEN = {
  "spark.authenticate": "true",
  "spark.authenticate.secret": "correct-horse-battery-staple",
  "spark.test.password": "hunter2-hunter2-hunter2",
  "spark.io.encryption.enabled": "true",
};
/** Everything to stderr. */
const LOG_ALL = `
rootLogger.level = all
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c: %m%n%ex
`;

Deno.test("no secret is in a command line, a log, an error or a file for others", async (t) => {
  await using folder = await temporaryFolder();
  const { path } = folder;
  using _home = await ownSparkHome(path);
  await Deno.mkdir(`${path}/tmp`);
  await Deno.writeTextFile(`${path}/log4j2.properties`, LOG_ALL);
  const marker = `marker-${crypto.randomUUID()}`;
  await using driver = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", "--no-check", PROGRAM],
      ...[`${path}/secrets`, marker],
      "spark.master=local-cluster[1,2,1024]",
      "spark.ui.enabled=false",
      "spark.log.level=ALL",
      `spark.executor.extraJavaOptions=-Dlog4j.configurationFile=${path}/log4j2.properties`,
    ],
    env: {
      TMPDIR: `${path}/tmp`,
      // Not as arguments of this program, where they would be found.
      PYSPARK_SUBMIT_ARGS: Object.entries(GIVEN)
        .map(([key, value]) => `--conf ${key}=${value}`).join(" "),
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(driver.stderr).text();
  const lines: string[] = [];
  const output = driver.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const until = async (last: string): Promise<boolean> => {
    for (;;) {
      const { value, done } = await output.read();
      if (done) return false;
      lines.push(value);
      if (value.startsWith(last)) return true;
    }
  };
  const held = await withTimeout(DEADLINE_MS, until("HOLDING"));
  if (held !== true) driver.kill();
  assert.equal(held, true, lines.join("\n"));

  const below = [driver.pid, ...descendants(driver.pid)];
  const made: string[] = JSON.parse(
    await Deno.readTextFile(`${path}/secrets`),
  );
  const secrets = new Set([
    ...made,
    ...Object.values(GIVEN).filter((value) => value.length > 10),
    ...below.flatMap(environmentSecrets),
  ]);
  await t.step("there are secrets of all kinds", () => {
    assert.ok(made.length >= 3, `${made.length} of the driver's`);
    assert.ok(below.flatMap(environmentSecrets).length >= 2);
    for (const secret of secrets) assert.ok(secret.length > 10, secret);
  });
  await t.step("not in ps, nor in any /proc/*/cmdline", async () => {
    const { stdout } = await new Deno.Command("ps", {
      args: ["-eww", "-o", "args"],
    }).output();
    const all = [
      new TextDecoder().decode(stdout),
      ...[...Deno.readDirSync("/proc")].map(({ name }) =>
        readOf(`/proc/${name}/cmdline`)
      ),
    ].join("\n");
    assert.ok(all.includes(marker), "the search finds what is there");
    assert.deepEqual(found(secrets, all), []);
  });
  await t.step("files that hold one are this user's alone", () => {
    const holding = filesBelow(`${path}/tmp`)
      .filter((file) => found(secrets, readOf(file)).length > 0);
    for (const file of holding) {
      const { mode } = Deno.statSync(file);
      assert.equal((mode ?? 0o777) & 0o77, 0, file);
    }
    const own = readOf(`${path}/secrets`);
    assert.ok(found(secrets, own).length > 0, "the search finds what is there");
    const connection = holding.filter((file) => file.includes("connection"));
    assert.deepEqual(connection, [], "the connection file is gone by now");
  });

  const writer = driver.stdin.getWriter();
  await writer.write(new Uint8Array([10]));
  assert.equal(await withTimeout(DEADLINE_MS, until("DONE go on")), true);
  await until("nothing more");
  assert.equal((await withTimeout(DEADLINE_MS, driver.status))?.code, 0);

  await t.step("not in what the program printed: errors of all kinds", () => {
    const text = lines.join("\n");
    for (
      const word of ["WorkerError", "JavaError", "Error: no ", "Deno.exit"]
    ) {
      assert.ok(text.includes(word), `"${word}" is not in ${text}`);
    }
    assert.ok(!text.includes("no error"), text);
    assert.deepEqual(found(secrets, text), []);
  });
  await t.step("not in the driver's log", async () => {
    const text = await errors;
    assert.ok(/ (DEBUG|TRACE) /.test(text), "it is at its most talkative");
    assert.ok(text.includes(marker), "the search finds what is there");
    assert.deepEqual(found(secrets, text), []);
  });
  await t.step("not in the executor's log", () => {
    const logs = filesBelow(`${path}/spark/work`)
      .filter((file) => /\/std(err|out)$/.test(file));
    const text = logs.map(readOf).join("\n");
    assert.ok(/ (DEBUG|TRACE) /.test(text), "it is at its most talkative");
    assert.deepEqual(found(secrets, text), []);
  });
});

/** The lines with a secret, the secret left out. */
function found(secrets: ReadonlySet<string>, text: string): string[] {
  return [...secrets].flatMap((secret) =>
    text.split("\n").filter((line) => line.includes(secret))
      .map((line) => line.replaceAll(secret, "<secret>").slice(0, 500))
  );
}

function filesBelow(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
      isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
    );
  } catch {
    return []; // it has gone
  }
}

/** Empty where there is nothing to be read. */
function readOf(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch {
    return "";
  }
}
