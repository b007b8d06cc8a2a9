import assert from "node:assert/strict";
import fc from "fast-check";
import { join } from "shlex";
import {
  isSubmitSwitch,
  parseSubmitArguments,
} from "../../../../src/driver/launch/submit_arguments.ts";

const PURE = { permissions: "none" } as const;

Deno.test(
  "parseSubmitArguments() tells settings from other options",
  PURE,
  () => {
    assert.deepEqual(
      parseSubmitArguments(
        `--master 'local[2]' --name "word count" -c a=1 --conf=b=x=y --jars a.jar,b.jar --conf a=2 -v --driver-memory=2g --properties-file p pyspark-shell`,
      ),
      {
        conf: {
          "spark.master": "local[2]",
          "spark.app.name": "word count",
          a: "2",
          b: "x=y",
        },
        options: ["--jars", "a.jar,b.jar", "-v", "--driver-memory", "2g"],
        propertiesFile: "p",
      },
    );
  },
);

Deno.test(
  "parseSubmitArguments() finds nothing in no text, or a shell alone",
  PURE,
  () => {
    const nothing = { conf: {}, options: [], propertiesFile: null };
    assert.deepEqual(parseSubmitArguments(""), nothing);
    assert.deepEqual(parseSubmitArguments(" pyspark-shell "), nothing);
  },
);

Deno.test(
  "parseSubmitArguments() reads back every setting that was quoted",
  PURE,
  () => {
    const key = fc.string({ minLength: 1 }).filter((text) =>
      !text.includes("=") && text !== "__proto__"
    );
    fc.assert(fc.property(key, fc.string(), (key, value) => {
      const text = join(["--conf", `${key}=${value}`, "pyspark-shell"]);
      assert.deepEqual(parseSubmitArguments(text).conf, { [key]: value });
    }));
  },
);

Deno.test(
  "parseSubmitArguments() refuses what is no list of options",
  PURE,
  () => {
    const refuses = (text: string, state: string): void =>
      assert.throws(() => parseSubmitArguments(text), {
        condition: "SUBMIT_ARGUMENTS_INVALID",
        message:
          `Cannot read PYSPARK_SUBMIT_ARGS: ${state}; set it to options of spark-submit, quoted as for a shell, such as "--master local[2]"`,
      });
    refuses("app.ts", '"app.ts" is not an option');
    refuses("pyspark-shell --verbose", '"pyspark-shell" is not an option');
    refuses("--master", '"--master" has no value');
    refuses("--conf hush", '"--conf" is not followed by key=value');
    refuses("--conf =hush", '"--conf" is not followed by key=value');
    refuses("--name 'x", "Got EOF while in a quoted string");
  },
);

Deno.test("parseSubmitArguments() refuses Spark Connect", PURE, () => {
  assert.throws(() => parseSubmitArguments("--remote sc://host"), {
    condition: "CONNECT_MODE_REFUSED",
    message:
      'Cannot start Spark with "--remote sc://host": TSpark talks to a classic session, not to Spark Connect; give "--master" in its place',
  });
});

Deno.test("isSubmitSwitch() knows options without a value", PURE, () => {
  assert(isSubmitSwitch("--verbose"));
  assert(!isSubmitSwitch("--master"));
});
