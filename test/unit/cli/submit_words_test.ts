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
        mode: "client",
        settings: new Map([["spark.master", "yarn"], ["a", "b"], ["x", "y"]]),
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
    for (const master of ["yarn", "k8s://https://h:443"]) {
      const cluster = ["--master", master, "--deploy-mode", "cluster"];
      const runtime = ["--conf", "spark.pyspark.driver.python=/opt/run"];
      const refused = [
        [cluster, "local:///app.ts"],
        [[...cluster, ...runtime], "app.ts"],
      ] as const;
      // YARN is sent what is not there.
      for (
        const [words, program] of master === "yarn"
          ? refused.slice(0, 1)
          : refused
      ) {
        assert.throws(() => readSubmitWords([...words, program]), {
          message:
            `Cannot submit "${program}" to "${master}" in cluster mode: the machine that runs it has neither the program nor a runtime for it unless you say where; give the program as local:///path and the runtime by --conf spark.pyspark.driver.python=/path, as docs/cli.md tells, or use --deploy-mode client`,
        });
      }
      const { settings: _, ...words } = readSubmitWords(
        [...cluster, ...runtime, "local:///opt/app.ts", "in"],
      );
      assert.deepEqual(words, {
        options: [...cluster, ...runtime],
        program: "/opt/app.ts",
        args: ["in"],
        mode: "installed",
      });
    }
    readSubmitWords(["--master", "yarn", "--deploy-mode", "client", "app.ts"]);
  },
);

Deno.test(
  "readSubmitWords() has YARN sent what the program needs",
  PURE,
  () => {
    const cluster = ["--master", "yarn", "--deploy-mode", "cluster"];
    const { mode, program, settings } = readSubmitWords(
      [...cluster, "--archives", "a.zip#a", "src/app.ts", "in"],
    );
    assert.equal(mode, "shipped");
    assert.equal(program, "src/app.ts");
    assert.equal(settings.get("spark.archives"), "a.zip#a");
  },
);
