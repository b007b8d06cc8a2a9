/**
 * What Spark starts on the driver's machine while it plans a query. The
 * questions go to the driver's program and its answers come back, as they are:
 * its classes live there, and nothing of them has to be sent.
 *
 * @module
 */
import { ByteReader } from "../../src/common/byte_reader.ts";
import { withTimeout } from "../../src/common/deadline.ts";
import { errorMessage } from "../../src/common/error_message.ts";
import { writeErrorText } from "../../src/common/log.ts";
import {
  readSecret,
  readSecretAnswer,
  writePid,
  writeSecret,
  writeSecretAnswer,
} from "../../src/protocol/handshake.ts";
import { writeAnswerFailure } from "../../src/protocol/planner_answer.ts";
import {
  PLANNER_VARIABLE,
  writePlannerGreeting,
} from "../../src/protocol/planner_link.ts";
import { announce, listenWithDeno } from "../daemon/listen.ts";
import {
  connectToProgram,
  readSized,
  send,
} from "../daemon/program_connection.ts";
import {
  ownVariables,
  prefersIpv6,
  usesUnixSockets,
} from "../daemon/spark_environment.ts";

const TRUST_DEADLINE_MS = 10_000; // the JVM shows the secret at once

/**
 * Listens for the JVM, and hands each connection through.
 *
 * Peer: `PythonWorkerFactory.startDaemon`, Spark 4.0 – 4.3. It ends with its
 * stdin; the pids that come there to be killed are all this process's, and
 * their connections are closed by the JVM as well.
 *
 * @param module what Spark asks for
 */
export async function runPlannerDaemon(module: string): Promise<void> {
  const listener = listenWithDeno();
  const end = (): never => {
    listener.remove();
    Deno.exit(0);
  };
  Deno.addSignalListener("SIGTERM", end);
  Deno.addSignalListener(
    "SIGINT",
    () => {/* for the driver: Spark tells us what follows */},
  );
  announce(listener.address);
  acceptAll(listener.accept, module).catch((error) => {
    writeErrorText(`Cannot go on: ${errorMessage(error)}\n`);
    end();
  });
  for await (const _ of Deno.stdin.readable) { /* pids */ }
  end();
}

/**
 * Connects to the JVM itself, as it has a stream's source do, and everything
 * where `spark.python.use.daemon` is false.
 *
 * @param module what Spark asks for
 */
export async function runPlannerAlone(module: string): Promise<void> {
  const path = ownVariables("PYTHON_WORKER_FACTORY_SOCK_PATH");
  const jvm = path !== undefined && usesUnixSockets(ownVariables)
    ? await Deno.connect({ transport: "unix", path })
    : await Deno.connect({
      hostname: prefersIpv6(ownVariables) ? "::1" : "127.0.0.1",
      port: Number(ownVariables("PYTHON_WORKER_FACTORY_PORT")),
    });
  if (!usesUnixSockets(ownVariables)) {
    await send(jvm, (writer) => writeSecret(writer, secret()));
    readSecretAnswer(ByteReader.of(await readSized(jvm)));
  }
  await send(jvm, (writer) => writePid(writer, Deno.pid));
  await handThrough(jvm, module);
  Deno.exit(0);
}

async function acceptAll(
  accept: () => Promise<Deno.Conn>,
  module: string,
): Promise<void> {
  for (;;) {
    const jvm = await accept();
    serve(jvm, module).catch((error) => {
      writeErrorText(
        `Cannot serve a connection of Spark's planner: ${
          errorMessage(error)
        }\n`,
      );
      close(jvm);
    });
  }
}

async function serve(jvm: Deno.Conn, module: string): Promise<void> {
  await send(jvm, (writer) => writePid(writer, Deno.pid));
  if (!usesUnixSockets(ownVariables)) {
    const sent = await withTimeout(TRUST_DEADLINE_MS, readSized(jvm));
    if (sent === undefined) return close(jvm);
    const isRight = readSecret(ByteReader.of(sent), secret());
    await send(jvm, (writer) => writeSecretAnswer(writer, isRight));
    if (!isRight) return close(jvm);
  }
  await handThrough(jvm, module);
}

/** Connects the JVM with the driver's program until either closes. */
async function handThrough(jvm: Deno.Conn, module: string): Promise<void> {
  let program: Deno.Conn;
  try {
    program = await connectProgram(module);
  } catch (error) {
    const reason =
      `Cannot reach the driver's program, which has the function or source that Spark asks for: ${
        errorMessage(error)
      }`;
    await send(jvm, (writer) => writeAnswerFailure(writer, reason));
    for await (const _ of jvm.readable) { /* until the JVM has read it */ }
    return;
  }
  await Promise.allSettled([
    jvm.readable.pipeTo(program.writable),
    program.readable.pipeTo(jvm.writable),
  ]);
}

async function connectProgram(module: string): Promise<Deno.Conn> {
  return await connectToProgram(
    PLANNER_VARIABLE,
    (writer, secret) => writePlannerGreeting(writer, secret, module),
  );
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

function secret(): string {
  return ownVariables("PYTHON_WORKER_FACTORY_SECRET") ?? "";
}
