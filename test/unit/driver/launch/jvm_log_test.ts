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
const QUERY =
  `26/11/30 09:07:07 ERROR MicroBatchExecution: Query [id = 1-2, runId = 3-4] terminated with error
org.apache.spark.api.python.PythonException: [PYTHON_EXCEPTION] An exception: bad z
`;
const QUERY_STACK =
  `    at tspark:file:///a.ts:40:32\n[tspark failure] {"name":"Error"}\n SQLSTATE: 38000\n${STACK}`;
const MASTER =
  `26/11/30 09:07:07 WARN StandaloneAppClient$ClientEndpoint: Failed to connect to master nohost:7077
org.apache.spark.SparkException: Exception thrown in awaitResult: 
`;
const BROADCAST =
  `26/11/30 09:07:07 ERROR Utils: Exception encountered\norg.apache.spark.SparkException: gone\n${STACK}`;
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
      assert.equal(
        shown(QUERY + QUERY_STACK + WARNING + MASTER + STACK, chunk),
        QUERY + WARNING + MASTER,
      );
      assert.equal(shown(BROADCAST + PRINTED, chunk), PRINTED);
      const other = `java.lang.Error: of something else\n${STACK}no line's end`;
      assert.equal(shown(other, chunk), other);
      const long = INFO + CONTEXT + WARNING;
      assert.equal(shown(long, chunk), long);
    }
  },
);
