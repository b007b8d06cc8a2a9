import assert from "node:assert/strict";
import { threadCpuUsage } from "node:process";
import { framePosition } from "../../src/common/frame_position.ts";
import { withoutEnd } from "../../src/common/without_end.ts";
import { packageOf } from "../../src/driver/closure/package_name.ts";
import {
  startOfFunction,
  toScriptText,
} from "../../src/driver/closure/script_text.ts";
import { StackMapper } from "../../src/driver/closure/stack_mapper.ts";
import { explainError } from "../../src/driver/runtime/explain_error.ts";
import { buildSubmitCommand } from "../../src/driver/launch/submit_command.ts";
import { JavaError } from "../../src/common/errors.ts";
import { formatFailure } from "../../src/protocol/failure_text.ts";

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
