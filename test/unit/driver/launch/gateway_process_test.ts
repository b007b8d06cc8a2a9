import assert from "node:assert/strict";
import {
  type GatewayProcess,
  launchGateway,
  type LaunchOptions,
} from "../../../../src/driver/launch/gateway_process.ts";

const DECODER = new TextDecoder();
/** Leaves port 513 and the secret "abc", as the JVM does: complete at once. */
const OFFER =
  `printf '\\000\\000\\002\\001\\000\\000\\000\\003abc' > "$_PYSPARK_DRIVER_CONN_INFO_PATH.tmp"
mv "$_PYSPARK_DRIVER_CONN_INFO_PATH.tmp" "$_PYSPARK_DRIVER_CONN_INFO_PATH"
`;

/** What a fake spark-submit left behind. */
interface Trial {
  readonly sparkHome: string;
  /** All that was forwarded. */
  log: string;
  launch(options?: Partial<LaunchOptions>): Promise<GatewayProcess>;
}

/** Runs `body` with a Spark whose spark-submit is the script. */
async function withSubmit(
  script: string,
  body: (trial: Trial) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const sparkHome = `${folder}/spark`;
  const trial: Trial = {
    sparkHome,
    log: "",
    launch: (options = {}) =>
      launchGateway({
        sparkHome,
        conf: {},
        env: {
          PATH: Deno.env.get("PATH") ?? "",
          JAVA_HOME: `${folder}/java`,
          OUT: folder,
        },
        log: (bytes) => trial.log += DECODER.decode(bytes),
        ...options,
      }),
  };
  try {
    await Deno.mkdir(`${sparkHome}/bin`, { recursive: true });
    await Deno.mkdir(`${sparkHome}/conf`);
    await Deno.mkdir(`${folder}/java/bin`, { recursive: true });
    await Deno.writeTextFile(
      `${folder}/java/bin/java`,
      `#!/bin/sh\necho 'openjdk version "17.0.1"' >&2\n`,
      { mode: 0o755 },
    );
    await Deno.writeTextFile(
      `${sparkHome}/bin/spark-submit`,
      `#!/bin/sh\n${script}`,
      { mode: 0o755 },
    );
    await body(trial);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("launchGateway() waits for the file, forwards output and ends the process by its stdin", async () => {
  await withSubmit(
    `echo "to stdout $SPARK_CONNECT_MODE"; echo "to stderr" >&2
${OFFER}cat; echo bye >&2; exit 3\n`,
    async (trial) => {
      const process = await trial.launch();
      assert.equal(process.port, 513);
      assert.equal(process.secret, "abc");
      await process.close();
      const exit = await process.exited;
      assert.deepEqual([exit.code, exit.signal], [3, null]);
      assert.match(trial.log, /to stdout 0\n/);
      assert.deepEqual(
        exit.lastLines.toSorted(),
        ["bye", "to stderr", "to stdout 0"],
      );
    },
  );
});

Deno.test("launchGateway() passes secrets in a private file that it removes", async () => {
  await withSubmit(
    `while [ $# -gt 0 ]; do echo "$1" >> "$OUT/args"
  if [ "$1" = --properties-file ]; then ls -l "$2" > "$OUT/mode"; cat "$2" > "$OUT/properties"; echo "$2" > "$OUT/path"; fi
  shift; done
ls -ld "$(dirname "$_PYSPARK_DRIVER_CONN_INFO_PATH")" > "$OUT/folder"
${OFFER}cat\n`,
    async (trial) => {
      const out = `${trial.sparkHome}/..`;
      await Deno.writeTextFile(
        `${trial.sparkHome}/conf/spark-defaults.conf`,
        "spark.from.defaults yes",
      );
      await using _process = await trial.launch({
        conf: { "spark.master": "local", "spark.my.password": "hush" },
      });
      const args = await Deno.readTextFile(`${out}/args`);
      assert.ok(!args.includes("hush"));
      assert.match(
        args,
        /^--name\ntspark\n--master\nlocal\n--properties-file\n/,
      );
      assert.equal(
        await Deno.readTextFile(`${out}/properties`),
        "spark.from.defaults yes\nspark.my.password=hush\n",
      );
      assert.match(await Deno.readTextFile(`${out}/mode`), /^-rw------- /);
      assert.match(await Deno.readTextFile(`${out}/folder`), /^drwx------ /);
      const path = (await Deno.readTextFile(`${out}/path`)).trim();
      await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
      await assert.rejects(Deno.stat(path + "/.."), Deno.errors.NotFound);
    },
  );
});

const WRITE_ARGS = `for word in "$@"; do echo "$word" >> "$OUT/args"; done
cp "$3" "$OUT/properties" 2>/dev/null
${OFFER}cat\n`;

Deno.test("launchGateway() takes options from PYSPARK_SUBMIT_ARGS, which count less than the program's settings", async () => {
  await withSubmit(WRITE_ARGS, async (trial) => {
    const out = `${trial.sparkHome}/..`;
    await Deno.writeTextFile(`${out}/mine.conf`, "spark.from.file yes");
    const env = {
      PATH: Deno.env.get("PATH") ?? "",
      OUT: out,
      PYSPARK_SUBMIT_ARGS:
        `--jars a.jar --name given --conf spark.a=given --conf spark.b=given --properties-file ${out}/mine.conf pyspark-shell`,
    };
    const conf = { "spark.a": "program" };
    await using _process = await trial.launch({ env, conf });
    assert.equal(
      await Deno.readTextFile(`${out}/args`),
      `--jars\na.jar\n--name\ngiven\n--conf\nspark.a=program\n--conf\nspark.b=given\n--properties-file\n${out}/mine.conf\npyspark-shell\n`,
    );
  });
});

Deno.test("launchGateway() keeps secrets of PYSPARK_SUBMIT_ARGS off the command line, and its file with them", async () => {
  await withSubmit(
    WRITE_ARGS.replace('"$3"', '"$4"'),
    async (trial) => {
      const out = `${trial.sparkHome}/..`;
      await Deno.writeTextFile(`${out}/mine.conf`, "spark.from.file yes");
      const env = {
        PATH: Deno.env.get("PATH") ?? "",
        OUT: out,
        PYSPARK_SUBMIT_ARGS:
          `--conf spark.my.token=hush --properties-file ${out}/mine.conf`,
      };
      await using _process = await trial.launch({ env });
      assert(!(await Deno.readTextFile(`${out}/args`)).includes("hush"));
      assert.equal(
        await Deno.readTextFile(`${out}/properties`),
        "spark.from.file yes\nspark.my.token=hush\n",
      );
    },
  );
});

Deno.test("launchGateway() refuses a properties file that is not there", async () => {
  await withSubmit("exit 1\n", async (trial) => {
    const env = { PYSPARK_SUBMIT_ARGS: "--properties-file /no/such" };
    await assert.rejects(trial.launch({ env }), {
      condition: "PROPERTIES_FILE_MISSING",
      message:
        'Cannot read the properties file "/no/such": there is no such file; give the path of a file of settings',
    });
  });
});

Deno.test("launchGateway() refuses a master of PYSPARK_SUBMIT_ARGS that is none, before it starts anything", async () => {
  await withSubmit("exit 1\n", async (trial) => {
    const env = { PYSPARK_SUBMIT_ARGS: "--master locl[2]" };
    await assert.rejects(trial.launch({ env }), {
      condition: "MASTER_INVALID",
      message:
        /^Cannot use master "locl\[2\]": Spark knows no master of that kind/,
    });
  });
});

Deno.test("launchGateway() shows the last lines of a process that ends first", async () => {
  await withSubmit(
    `printf '26/11/29 12:00:00 WARN Utils: hostname\\nException in thread: no such master\\n\\tat org.apache.Main\\n' >&2; exit 1\n`,
    async (trial) => {
      await assert.rejects(trial.launch(), {
        condition: "JVM_NOT_STARTED",
        message:
          `Cannot start the JVM with "${trial.sparkHome}/bin/spark-submit": it ended with code 1 before its gateway was ready; its last lines were:\nException in thread: no such master`,
      });
    },
  );
  await withSubmit("kill -9 $$\n", async (trial) => {
    await assert.rejects(trial.launch(), {
      condition: "JVM_NOT_STARTED",
      message:
        `Cannot start the JVM with "${trial.sparkHome}/bin/spark-submit": it ended by SIGKILL before its gateway was ready; it printed nothing`,
    });
  });
});

Deno.test("launchGateway() says that Java is missing when that is why", async () => {
  await withSubmit("exit 1\n", async (trial) => {
    await Deno.remove(`${trial.sparkHome}/../java/bin/java`);
    await assert.rejects(trial.launch(), { condition: "JAVA_NOT_FOUND" });
  });
});

Deno.test("launchGateway() says that spark-submit is missing", async () => {
  await withSubmit("", async (trial) => {
    await Deno.remove(`${trial.sparkHome}/bin/spark-submit`);
    await assert.rejects(trial.launch(), (error: Error) => {
      assert.match(error.message, /it ended with code 127 before/);
      assert.match(error.message, /bin\/spark-submit: .*not found/);
      return true;
    });
  });
});

Deno.test("launchGateway() refuses a corrupt file and ends the process", async () => {
  await withSubmit(
    `echo $$ > "$OUT/pid"; echo nonsense > "$_PYSPARK_DRIVER_CONN_INFO_PATH.tmp"
mv "$_PYSPARK_DRIVER_CONN_INFO_PATH.tmp" "$_PYSPARK_DRIVER_CONN_INFO_PATH"; cat\n`,
    async (trial) => {
      await assert.rejects(trial.launch(), {
        condition: "HANDSHAKE_CORRUPT",
        message:
          "Cannot read the connection file that the JVM wrote: its 9 bytes are not a port and a secret; check that SPARK_HOME is an unchanged Spark 3.5 or 4.x",
      });
      const pid = Number(await Deno.readTextFile(`${trial.sparkHome}/../pid`));
      assert.throws(() => Deno.kill(pid, "SIGTERM"), Deno.errors.NotFound);
    },
  );
});

Deno.test("launchGateway() gives up after its deadline and ends the process", async () => {
  await withSubmit("echo waiting >&2; exec cat\n", async (trial) => {
    await assert.rejects(
      trial.launch({ startupTimeoutMs: 500 }),
      {
        condition: "STARTUP_TIMEOUT",
        message:
          `Cannot start the JVM with "${trial.sparkHome}/bin/spark-submit": its gateway was not ready after 500 ms; raise startupTimeoutMs if the machine is slow; its last lines were:\nwaiting`,
      },
    );
  });
});

Deno.test("launchGateway() gives up when it is aborted", async () => {
  await withSubmit("echo waiting >&2; exec cat\n", async (trial) => {
    const controller = new AbortController();
    await assert.rejects(
      trial.launch({
        signal: controller.signal,
        log: () => controller.abort(new Error("changed my mind")),
      }),
      { message: "changed my mind" },
    );
  });
});

Deno.test("launchGateway() keeps an interrupt at the terminal from the process", async () => {
  await withSubmit(
    `${OFFER}kill -INT $$; echo survived >&2; cat\n`,
    async (trial) => {
      const process = await trial.launch();
      await process.close();
      assert.deepEqual((await process.exited).lastLines, ["survived"]);
    },
  );
});

Deno.test("launchGateway() joins the JVM that the environment names", async () => {
  const process = await launchGateway({
    sparkHome: "/nowhere",
    conf: {},
    env: { PYSPARK_GATEWAY_PORT: "4000", PYSPARK_GATEWAY_SECRET: "s" },
  });
  assert.deepEqual(
    [process.port, process.secret, process.pid, process.lastLines()],
    [4000, "s", null, []],
  );
  await process.close();
});
