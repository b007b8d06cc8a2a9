/**
 * How a worker comes by its connection to the JVM, and what both say first.
 *
 * @module
 */
import type { Addon, LoadedAddon } from "../../src/bridge/addon.ts";
import { openDescriptorIo, type WorkerIo } from "../../src/bridge/worker_io.ts";
import type { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { withTimeout } from "../../src/common/deadline.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import {
  readSecret,
  readSecretAnswer,
  writePid,
  writeSecret,
  writeSecretAnswer,
} from "../../src/protocol/handshake.ts";
import { MAX_SECRET_BYTES } from "../../src/protocol/limits.ts";
import {
  ownVariables,
  prefersIpv6,
  usesUnixSockets,
  type Variables,
} from "./spark_environment.ts";

/** A pipe to the daemon: that it has lost its reader tells that the daemon has ended. */
const STDOUT = 1;

/** How long who connects may take to show a secret, which Spark and we do at once. */
export const TRUST_DEADLINE_MS = 10_000;

/** What a greeting needs to know. */
export interface GreetingNeeds {
  readonly variables: Variables;
  /** Forgets a variable that is needed no more. */
  readonly forget: (name: string) => void;
}

/** Says what comes first on a connection; whether the JVM is the right one. */
export type Greeting = (
  reader: ByteReader,
  io: WorkerIo,
  needs: GreetingNeeds,
) => boolean | Promise<boolean>;

/**
 * Waits for a connection of the JVM's, with which this process ends; it ends at
 * once where the daemon has ended.
 *
 * @param listenFd an inherited listening socket
 * @param addon the addon
 */
export function acceptJvm(listenFd: number, addon: Addon): WorkerIo {
  const fd = addon.acceptWorker(listenFd, STDOUT);
  if (fd < 0) Deno.exit(0);
  // With the connection, not with the daemon: when that alone is killed, Spark
  // goes on with the workers that it has.
  addon.exitOnClose(fd);
  addon.closeFd(listenFd);
  // The daemon reads this end of the pipe: it calls for the next spare.
  // deno-lint-ignore tspark/no-stdout-in-worker
  Deno.stdout.writeSync(new Uint8Array([1]));
  return openDescriptorIo(addon, fd);
}

/** Connects to where the JVM waits for a worker that it has started without a daemon. */
export function connectJvm(addon: Addon): WorkerIo {
  const path = Deno.env.get("PYTHON_WORKER_FACTORY_SOCK_PATH");
  const fd = path !== undefined && usesUnixSockets(ownVariables)
    ? addon.connectUnix(path)
    : addon.connectLoopback(factoryPort(), prefersIpv6(ownVariables));
  return openDescriptorIo(addon, fd);
}

/** We say who we are, the JVM proves who it is. */
export async function greetThroughDaemon(
  reader: ByteReader,
  io: WorkerIo,
  { variables, forget }: GreetingNeeds,
): Promise<boolean> {
  const writer = new ByteWriter();
  writePid(writer, Deno.pid);
  io.write(writer.view());
  if (usesUnixSockets(variables)) return true;
  await waitForSecret(reader, io);
  const isRight = readSecret(reader, variables(SECRET) ?? "");
  forget(SECRET);
  writer.clear();
  writeSecretAnswer(writer, isRight);
  io.write(writer.view());
  return isRight;
}

/**
 * Waits until all of a secret has come, right or wrong.
 *
 * @throws ProtocolError `SECRET_LATE`
 */
async function waitForSecret(reader: ByteReader, io: WorkerIo): Promise<void> {
  const arrive = async (): Promise<true> => {
    if (await reader.fillAsync(io, 4)) {
      const { buffer, byteOffset } = reader.window;
      const size = new DataView(buffer, byteOffset).getInt32(0);
      // What is out of bounds is refused where it is read.
      if (size <= MAX_SECRET_BYTES) await reader.fillAsync(io, 4 + size);
    }
    return true;
  };
  if (await withTimeout(TRUST_DEADLINE_MS, arrive()) !== undefined) return;
  throw new ProtocolError(
    "SECRET_LATE",
    `Cannot serve a connection: it did not show the secret within ${TRUST_DEADLINE_MS} ms, as Spark does at once; find out which program connects to this machine's ports`,
    { deadlineMs: TRUST_DEADLINE_MS },
  );
}

/** We prove who we are, then say so. */
export function greetDirectly(
  reader: ByteReader,
  io: WorkerIo,
  { variables }: GreetingNeeds,
): boolean {
  const writer = new ByteWriter();
  if (!usesUnixSockets(variables)) {
    writeSecret(writer, variables(SECRET) ?? "");
    io.write(writer.view());
    readSecretAnswer(reader);
    writer.clear();
  }
  writePid(writer, Deno.pid);
  io.write(writer.view());
  return true;
}

const SECRET = "PYTHON_WORKER_FACTORY_SECRET";

function factoryPort(): number {
  return Number(Deno.env.get("PYTHON_WORKER_FACTORY_PORT"));
}

/**
 * The addon, which connections are served by.
 *
 * @throws ProtocolError `ADDON_NEEDED`
 */
export function needAddon({ addon, reason }: LoadedAddon): Addon {
  if (addon !== null) return addon;
  throw new ProtocolError(
    "ADDON_NEEDED",
    `Cannot serve a connection without the native addon: ${reason}; build it with deno task native`,
    { reason },
  );
}
