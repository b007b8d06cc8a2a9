import type { JavaObject } from "../../gateway/java_object.ts";
import { connectServed } from "../../gateway/served_result.ts";
import { sendChunks } from "../../runtime/send_chunks.ts";
import type { SessionState } from "../session_state.ts";

/**
 * Makes a `Dataset` of an Arrow stream, which goes to the JVM by a socket, so
 * that nothing of it is written to disk.
 *
 * Peer: `ArrowIteratorServer`, `PythonSQLUtils.toDataFrame`, Spark 3.5 – 4.3.
 * Layout: the stream, in chunks.
 *
 * @param session the session
 * @param stream the schema's message, batches and the end, in the form of the
 *   session: see `readForms`
 * @param schema the schema as Spark's JSON
 */
export async function datasetOf(
  session: SessionState,
  stream: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  schema: string,
): Promise<JavaObject> {
  const { gateway, calls } = session.runtime;
  const server = await gateway.construct(
    "org.apache.spark.sql.api.python.ArrowIteratorServer",
  );
  const address = await server.call(
    calls.parallelizesOverSockets ? "connInfo" : "port",
  );
  const secret = await server.call("secret");
  await sendChunks(await connectServed(gateway, address, secret), stream);
  return await gateway.callStaticObject(
    "org.apache.spark.sql.api.python.PythonSQLUtils",
    "toDataFrame",
    await server.callObject("getResult"),
    schema,
    await session.jsession(),
  );
}
