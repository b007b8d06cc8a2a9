import { ByteReader } from "../../common/byte_reader.ts";
import { GatewayError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";

/** How to reach a JVM's gateway. */
export interface ConnectionInfo {
  /** Its TCP port. */
  readonly port: number;
  /** What each connection has to say first. */
  readonly secret: string;
}

/**
 * Reads the file that the JVM leaves for us.
 *
 * Layout: int32 BE port, int32 BE length of the secret (bytes), the secret in UTF-8.
 * Peer: `org.apache.spark.api.python.PythonGatewayServer.main`.
 *
 * @param bytes the whole file
 * @throws GatewayError `HANDSHAKE_CORRUPT` when it holds anything else
 */
export function readConnectionInfo(bytes: Uint8Array): ConnectionInfo {
  let info: ConnectionInfo;
  let left: number;
  try {
    const reader = ByteReader.of(bytes);
    const port = reader.readInt();
    const length = reader.readInt();
    // Compared before anything of that size is made.
    left = bytes.length - 8 - length;
    if (length < 0 || left < 0) throw corrupt(bytes);
    const secret = new TextDecoder("utf-8", { fatal: true })
      .decode(reader.readBytes(length));
    info = { port, secret };
  } catch (cause) {
    throw cause instanceof GatewayError ? cause : corrupt(bytes, cause);
  }
  const valid = info.port > 0 && info.port < 65_536 && info.secret !== "" &&
    !/[\r\n]/.test(info.secret) && left === 0;
  if (!valid) throw corrupt(bytes);
  return info;
}

/**
 * Whether a JVM started this program, which then joins it.
 *
 * @param env the program's environment
 */
export function isJoining(
  env: Readonly<Record<string, string>> = platform.environment(),
): boolean {
  return env.PYSPARK_GATEWAY_PORT !== undefined;
}

/**
 * Finds the gateway of the JVM that started this program, if one did.
 *
 * @param env the program's environment
 * @returns null when `PYSPARK_GATEWAY_PORT` is not set
 * @throws GatewayError `GATEWAY_VARIABLES_INVALID` when it is no port, or
 *   when `PYSPARK_GATEWAY_SECRET` is missing
 */
export function joinedConnectionInfo(
  env: Readonly<Record<string, string>>,
): ConnectionInfo | null {
  const text = env.PYSPARK_GATEWAY_PORT;
  if (text === undefined) return null;
  const secret = env.PYSPARK_GATEWAY_SECRET;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port === 0 || port > 65_535) {
    throw new GatewayError(
      "GATEWAY_VARIABLES_INVALID",
      `Cannot join the JVM that PYSPARK_GATEWAY_PORT names: its value "${text}" is not a port; unset it to start a JVM of our own`,
      { port: text },
    );
  }
  if (secret === undefined || secret === "") {
    throw new GatewayError(
      "GATEWAY_VARIABLES_INVALID",
      `Cannot join the JVM at port ${port}: PYSPARK_GATEWAY_PORT is set and PYSPARK_GATEWAY_SECRET is not; set both or none`,
      { port },
    );
  }
  return { port, secret };
}

function corrupt(bytes: Uint8Array, cause?: unknown): GatewayError {
  return new GatewayError(
    "HANDSHAKE_CORRUPT",
    `Cannot read the connection file that the JVM wrote: its ${bytes.length} bytes are not a port and a secret; check that SPARK_HOME is an unchanged Spark 3.5 or 4.x`,
    { size: bytes.length },
    cause === undefined ? undefined : { cause },
  );
}
