import type { Addon } from "../../src/bridge/addon.ts";
import { openDescriptorIo, type WorkerIo } from "../../src/bridge/worker_io.ts";
import { ByteReader } from "../../src/common/byte_reader.ts";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { readSecretAnswer, writeSecret } from "../../src/protocol/handshake.ts";
import type { LocalEndpoint } from "../../src/protocol/local_endpoint.ts";
import type { StateServer } from "../../src/protocol/state_command.ts";

/** A blocking connection to the JVM of this machine, beside the task's own. */
export interface LocalConnection {
  /** What the JVM says. */
  readonly reader: ByteReader;
  /** Where to write, and to close. */
  readonly io: WorkerIo;
}

const BUFFER_BYTES = 1 << 16;

/**
 * Connects to where the JVM listens, and shows the secret.
 *
 * Peer: `SocketAuthHelper.authClient`; a Unix socket takes no secret.
 *
 * @param addon the addon
 * @param endpoint where it listens
 * @param ipv6 whether the loopback address is IPv6's
 * @throws ProtocolError `SECRET_REFUSED`, `SYSTEM_CALL_FAILED`, `BYTES_TRUNCATED`
 */
export function connectLocal(
  addon: Addon,
  endpoint: LocalEndpoint,
  ipv6: boolean,
): LocalConnection {
  const fd = endpoint.kind === "unix"
    ? addon.connectUnix(endpoint.path)
    : addon.connectLoopback(endpoint.port, ipv6);
  const io = openDescriptorIo(addon, fd);
  try {
    const reader = new ByteReader(io, BUFFER_BYTES);
    if (endpoint.kind === "tcp") {
      const writer = new ByteWriter();
      writeSecret(writer, endpoint.secret);
      io.write(writer.view());
      readSecretAnswer(reader);
    }
    return { reader, io };
  } catch (error) {
    io.close();
    throw error;
  }
}

/**
 * Connects to the state server of a task, which takes no secret.
 *
 * Peer: `TransformWithStateInPandasStateServer`, Spark 4.0, and
 * `TransformWithStateInPySparkStateServer`, 4.1 – 4.3.
 *
 * @param addon the addon
 * @param server where it listens
 * @param ipv6 whether the loopback address is IPv6's
 * @throws ProtocolError `SYSTEM_CALL_FAILED`
 */
export function connectStateServer(
  addon: Addon,
  server: StateServer,
  ipv6: boolean,
): LocalConnection {
  const fd = server.kind === "unix"
    ? addon.connectUnix(server.path)
    : addon.connectLoopback(server.port, ipv6);
  const io = openDescriptorIo(addon, fd);
  return { io, reader: new ByteReader(io, BUFFER_BYTES) };
}
