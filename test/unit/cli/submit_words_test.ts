import assert from "node:assert/strict";
import { readSubmitWords } from "../../../src/cli/submit_words.ts";

const PURE = { permissions: "none" } as const;

Deno.test(
  "readSubmitWords() ends the options at the first word that is none",
  PURE,
  () => {
    assert.deepEqual(
      readSubmitWords([
        ...["--master", "yarn", "--verbose", "--conf=a=b", "-c", "x=y"],
        ...["app.ts", "--master", "mine", "in"],
      ]),
      {
        options: ["--master", "yarn", "--verbose", "--conf=a=b", "-c", "x=y"],
        program: "app.ts",
        args: ["--master", "mine", "in"],
      },
    );
  },
);

Deno.test("readSubmitWords() refuses words without a program", PURE, () => {
  for (const words of [[], ["--verbose"], ["--master", "local"]]) {
    assert.throws(() => readSubmitWords(words), {
      condition: "COMMAND_LINE_INVALID",
      message: `Cannot submit: there is no program among the words "${
        words.join(" ")
      }"; name it after the options`,
    });
  }
  assert.throws(() => readSubmitWords(["--master"]), {
    message:
      'Cannot submit with "--master": it has no value; write one after it',
  });
});

Deno.test(
  "readSubmitWords() refuses cluster mode, and says why for each kind of cluster",
  PURE,
  () => {
    const standalone =
      'Cannot submit to "spark://h:7077" in cluster mode: Spark runs only Java and Scala programs so there; use --deploy-mode client';
    const waysToAsk = [
      ["--master", "spark://h:7077", "--deploy-mode", "cluster"],
      ["--deploy-mode=cluster", "--master=spark://h:7077"],
      [
        "--conf",
        "spark.submit.deployMode=cluster",
        "--master",
        "spark://h:7077",
      ],
      ["-c", "spark.master=spark://h:7077", "--deploy-mode", "cluster"],
    ];
    for (const words of waysToAsk) {
      assert.throws(() => readSubmitWords([...words, "app.ts"]), {
        message: standalone,
      });
    }
    const yarn = ["--master", "yarn", "--deploy-mode", "cluster", "app.ts"];
    assert.throws(() => readSubmitWords(yarn), {
      message:
        'Cannot submit to "yarn" in cluster mode from the program\'s source: the machine that would run it has neither the program nor its runtime; use client mode, or submit an image or an archive as docs/cli.md tells',
    });
    readSubmitWords(["--master", "yarn", "--deploy-mode", "client", "app.ts"]);
  },
);
