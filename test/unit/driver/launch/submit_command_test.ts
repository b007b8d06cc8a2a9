import assert from "node:assert/strict";
import {
  buildSubmitCommand,
  defaultsPath,
  type SubmitCommand,
} from "../../../../src/driver/launch/submit_command.ts";

function build(
  conf: Record<string, string>,
  defaults: string | null = null,
): SubmitCommand {
  return buildSubmitCommand({
    sparkHome: "/spark",
    conf,
    defaults,
    propertiesPath: "/private/p",
  });
}

Deno.test(
  "buildSubmitCommand() puts settings on the command line",
  { permissions: "none" },
  () => {
    assert.deepEqual(
      build({
        "spark.master": "local[2]",
        "spark.app.name": "word count",
        "spark.ui.enabled": "false",
        "spark.odd": "a=b c\nd",
      }, "spark.x 1"),
      {
        command: "/spark/bin/spark-submit",
        args: [
          "--master",
          "local[2]",
          "--name",
          "word count",
          "--conf",
          "spark.ui.enabled=false",
          "--conf",
          "spark.odd=a=b c\nd",
          "pyspark-shell",
        ],
        properties: null,
      },
    );
  },
);

Deno.test(
  "buildSubmitCommand() keeps secrets off the command line, and the defaults with them",
  { permissions: "none" },
  () => {
    const secrets = {
      "spark.ssl.keyPassword": "p1",
      "spark.authenticate.SECRET": "p2",
      "spark.hadoop.fs.s3a.access.key": "p3",
      "spark.my.token": "p4",
      "spark.credentials": "p5",
    };
    const { args, properties } = build(
      { ...secrets, "spark.plain": "v" },
      "spark.eventLog.enabled true",
    );
    assert.deepEqual(args, [
      "--conf",
      "spark.plain=v",
      "--properties-file",
      "/private/p",
      "pyspark-shell",
    ]);
    assert.equal(
      properties,
      "spark.eventLog.enabled true\n" +
        "spark.ssl.keyPassword=p1\n" +
        "spark.authenticate.SECRET=p2\n" +
        "spark.hadoop.fs.s3a.access.key=p3\n" +
        "spark.my.token=p4\n" +
        "spark.credentials=p5\n",
    );
  },
);

Deno.test(
  "buildSubmitCommand() escapes secrets as java.util.Properties reads them",
  { permissions: "none" },
  () => {
    const { properties } = build({ "spark.a b=c.secret": " #!x\\y:z\n\u00e9" });
    assert.equal(
      properties,
      "spark.a\\u0020b\\=c.secret=\\u0020\\#\\!x\\\\y\\:z\\u000a\\u00e9\n",
    );
  },
);

Deno.test(
  "buildSubmitCommand() refuses Spark Connect, set or by default",
  { permissions: "none" },
  () => {
    const refused = (mode: string): object => ({
      condition: "CONNECT_MODE_REFUSED",
      message:
        `Cannot start Spark with "spark.api.mode" set to "${mode}": TSpark talks to a classic session, not to Spark Connect; remove the setting or set it to "classic"`,
    });
    assert.throws(
      () => build({ "spark.api.mode": "Connect" }),
      refused("Connect"),
    );
    for (
      const line of [
        "spark.api.mode connect",
        " spark.api.mode=connect",
        "spark.api.mode\t : connect # x",
      ]
    ) {
      assert.throws(() => build({}, `# x\n${line}\n`), refused("connect"));
    }
    build({ "spark.api.mode": "classic" }, "spark.api.mode connect");
    build({}, "#spark.api.mode connect\nspark.api.modes connect");
  },
);

Deno.test(
  "defaultsPath() follows SPARK_CONF_DIR",
  { permissions: "none" },
  () => {
    assert.equal(defaultsPath("/s", {}), "/s/conf/spark-defaults.conf");
    assert.equal(
      defaultsPath("/s", { SPARK_CONF_DIR: "/c" }),
      "/c/spark-defaults.conf",
    );
  },
);
