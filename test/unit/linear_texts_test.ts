import assert from "node:assert/strict";
import { threadCpuUsage } from "node:process";
import { framePosition } from "../../src/common/frame_position.ts";
import { withoutEnd } from "../../src/common/without_end.ts";
import { placeModules } from "../../src/driver/closure/module_places.ts";
import { packageOf } from "../../src/driver/closure/package_name.ts";
import {
  startOfFunction,
  toScriptText,
} from "../../src/driver/closure/script_text.ts";
import { StackMapper } from "../../src/driver/closure/stack_mapper.ts";
import { explainError } from "../../src/driver/runtime/explain_error.ts";
import { javaErrorText } from "../../src/driver/runtime/java_error_text.ts";
import { JvmLog } from "../../src/driver/launch/jvm_log.ts";
import { buildSubmitCommand } from "../../src/driver/launch/submit_command.ts";
import { JavaError } from "../../src/common/errors.ts";
import { formatFailure } from "../../src/protocol/failure_text.ts";
import { sameText } from "../../src/testing/same_text.ts";
import { parseTypeJson } from "../../src/types/type_json.ts";
import { FunctionOutput } from "../../worker/task/function_output.ts";

/** Enough that what grows with the square takes minutes. */
const MANY = 300_000;
const LIMIT_MS = 20_000;

const SITE = { operation: "collect()", position: "program.ts:3:4" };

const LOST = formatFailure({
  name: "WorkerError",
  message: "the worker ended",
  stack: "",
  condition: "WORKER_LOST",
  partition: 0,
  stage: 0,
  attempt: 0,
  cause: null,
});

/** By what it does: reads a text of users or packages. */
const readers: Record<string, (text: string) => unknown> = {
  "toScriptText()": (text) => toScriptText(text),
  "startOfFunction()": (text) =>
    startOfFunction(toScriptText(text), "() => 1", 0, text.length),
  "packageOf()": (text) => packageOf(text),
  "mapStack()": (text) => new StackMapper().mapStack(text),
  "framePosition()": (text) => framePosition(text),
  "withoutEnd()": (text) => withoutEnd(text, "\n"),
  "buildSubmitCommand()": (text) =>
    buildSubmitCommand({
      sparkHome: "/spark",
      conf: {},
      defaults: `spark.api.mode${text}`,
      propertiesPath: "/p",
    }),
  "placeModules()": (text) => {
    const comment = text.replaceAll("*/", "* ");
    const quoted = text.replaceAll(/[`\\$]/g, " ");
    return placeModules({
      text:
        `var import_meta = {};\n/*${comment}*/\nf(\`${quoted}\`, import_meta.url);\n`,
      map: "",
      mapUrl: "",
      folder: "/",
    });
  },
  "JvmLog": (text) => {
    const log = new JvmLog(() => {});
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += 1000) {
      log.push(bytes.subarray(at, at + 1000));
    }
    log.end();
  },
  "javaErrorText()": (text) =>
    javaErrorText(
      new JavaError("JAVA_EXCEPTION", text, {
        javaClass: "org.apache.spark.SparkException",
        javaStack: text,
        sqlState: undefined,
      }),
    ),
  "FunctionOutput": (text) => {
    const output = new FunctionOutput(() => {}, null);
    output.begin({ stage: 0, partition: 0, attempt: 0 });
    output.write("stdout", text);
    output.end();
  },
  "parseTypeJson()": (text) => {
    for (const type of [`geography(${text}`, `decimal(1${text}`]) {
      parseTypeJson(JSON.stringify(type)); // a type of a later Spark
    }
  },
  "sameText()": (text) => sameText(text, `${text}.`, { rtol: 0, atol: 0 }),
  "explainError()": (text) =>
    explainError(
      new JavaError("JAVA_EXCEPTION", LOST, {
        javaClass: "org.apache.spark.SparkException",
        javaStack: `${"EOFException ".repeat(MANY)}\n${text}`,
        sqlState: undefined,
      }),
      SITE,
      (stack) => stack,
    ),
};

/** By their look: texts that patterns with nested or adjoining repetitions choke on. */
const texts: Record<string, string> = {
  "comments": "/* a */ ".repeat(MANY),
  "comments that never end": "/*".repeat(MANY),
  "ends of comments": `/*${"*/ ".repeat(MANY)}`,
  "comments in lines": "// a\n".repeat(MANY),
  "a comment of slashes": "/".repeat(MANY),
  "spaces": " ".repeat(MANY),
  "line ends": `${"\n".repeat(MANY)}.`,
  "quotes": `"'`.repeat(MANY),
  "directives": '"a";'.repeat(MANY),
  "prefixes of modules": `"node:`.repeat(MANY),
  "imports of nothing": "import from(".repeat(MANY),
  "brackets": "(".repeat(MANY),
  "folders": `file://${"/node_modules".repeat(MANY)}`,
  "folders and a line end": `file://${"/node_modules/a/b".repeat(MANY)}\n`,
  "caches": `file://${"/npm/r/n/1.0.0/x".repeat(MANY)}\n`,
  "scopes": `https://h/${"@a/b/".repeat(MANY)}`,
  "revived addresses": "tspark:".repeat(MANY),
  "revived addresses without columns": "tspark:a:1 ".repeat(MANY),
  "colons": ":".repeat(MANY),
  "logged errors": " ERROR aExecution: Query ".repeat(MANY),
  "zeros": `0.${"0".repeat(MANY)}x`,
  "tabs and line ends": `at f()${"\t\n".repeat(MANY)}x`,
  "a frame that never ends": `at f(${") ".repeat(MANY)}x`,
  "positions": `at ${":1:1".repeat(MANY)}x`,
  "digits": `:${"1".repeat(MANY)}:`,
  "frames": "    at f (a:1:1".repeat(MANY),
};

for (const [reader, read] of Object.entries(readers)) {
  Deno.test(`${reader} takes time that grows with its text alone`, () => {
    for (const [look, text] of Object.entries(texts)) {
      // Of this thread's processor: other tests run beside it.
      const start = threadCpuUsage();
      read(text);
      const { user, system } = threadCpuUsage(start);
      const took = (user + system) / 1000;
      assert.ok(took < LIMIT_MS, `${look}: ${took} ms`);
    }
  });
}
