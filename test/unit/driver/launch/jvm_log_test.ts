import assert from "node:assert/strict";
import { JvmLog } from "../../../../src/driver/launch/jvm_log.ts";

const STACK = `\tat org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
Caused by: java.lang.Error: x
\t... 3 more
`;
const MAIN =
  `Exception in thread "main" org.apache.spark.SparkException: no master\n${STACK}`;
const CONTEXT =
  `26/11/30 09:07:07 ERROR SparkContext: Error initializing SparkContext.
org.apache.spark.SparkException: Could not parse\n${STACK}`;
const NO_PATH =
  `26/11/30 09:07:07 WARN FileStreamSink: Assume no metadata directory. Error while looking for metadata directory in the path: none.
java.io.FileNotFoundException: File none does not exist
${STACK}`;
/** What functions print goes through the same pipe, and is no line of a log. */
const PRINTED = "of a function\n  {\n  at: 3\n";
const WARNING = "26/11/30 09:07:07 WARN Utils: hostname ünd\n";
const INFO = "26/11/30 09:07:06 INFO SparkContext: Running\n";

function shown(text: string, chunk: number): string {
  const bytes = new TextEncoder().encode(text);
  const parts: Uint8Array[] = [];
  const log = new JvmLog((part) => parts.push(part.slice()));
  for (let at = 0; at < bytes.length; at += chunk) {
    log.push(bytes.subarray(at, at + chunk));
  }
  log.end();
  return new TextDecoder().decode(
    Uint8Array.from(parts.flatMap((p) => [...p])),
  );
}

Deno.test(
  "JvmLog leaves out stacks of errors that the program gets, in chunks of any size",
  {
    permissions: "none",
  },
  () => {
    for (const chunk of [1, 7, 100, 10_000]) {
      assert.equal(shown(WARNING + MAIN, chunk), WARNING);
      assert.equal(
        shown(WARNING + CONTEXT + WARNING, chunk),
        WARNING + WARNING,
      );
      assert.equal(shown(NO_PATH + WARNING, chunk), WARNING);
      assert.equal(shown(NO_PATH + PRINTED, chunk), PRINTED);
      assert.equal(shown(MAIN + MAIN + PRINTED, chunk), PRINTED);
      const other = `java.lang.Error: of something else\n${STACK}no line's end`;
      assert.equal(shown(other, chunk), other);
      const long = INFO + CONTEXT + WARNING;
      assert.equal(shown(long, chunk), long);
    }
  },
);
