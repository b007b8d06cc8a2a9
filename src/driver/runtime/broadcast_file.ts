import { SparkError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { MAX_BROADCAST_BYTES } from "../../protocol/limits.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { connectServed } from "../gateway/served_result.ts";
import type { JvmFolder } from "./jvm_folder.ts";
import { sendChunks } from "./send_chunks.ts";

/** How bytes get to the JVM. */
export interface BytesChannel {
  readonly gateway: Gateway;
  readonly jsc: JavaObject;
  /** Where files lie that the JVM reads. */
  readonly folder: JvmFolder;
  /** Whether Spark encrypts what it writes to disk, so that files of ours may not hold values. */
  readonly isEncrypted: boolean;
}

/** A content that the JVM does not know of yet: in a file, or in memory where no file may hold it. */
export type WrittenContent =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "memory"; readonly parts: readonly Uint8Array[] };

/** A broadcast of the JVM's, whose file is ours to remove. */
export interface SentBroadcast {
  readonly java: JavaObject;
  /** The JVM's number for it. */
  readonly id: number;
  readonly path: string;
}

/**
 * Takes a content as it is now: what its parts hold may change afterwards.
 *
 * Layout: int64 length (bytes), so that a reader knows where it ends, then the content.
 *
 * @param channel the way to the JVM
 * @param parts the content, in order
 * @throws SparkError `BROADCAST_TOO_LARGE`, `TEMPORARY_FOLDER_FAILED`, `TEMPORARY_FILE_FAILED`
 */
export function writeContent(
  { folder, isEncrypted }: BytesChannel,
  parts: readonly Uint8Array[],
): WrittenContent {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > MAX_BROADCAST_BYTES) throw tooLarge(length);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigInt64(0, BigInt(length));
  return isEncrypted
    ? { kind: "memory", parts: [head, ...parts.map((part) => part.slice())] }
    : { kind: "file", path: folder.write([head, ...parts]) };
}

/**
 * Makes a JVM broadcast of a content.
 *
 * Peer: `PythonRDD.setupBroadcast`, `PythonBroadcast`, Spark 3.5 – 4.3. With
 * encryption the bytes go through `setupEncryptionServer`'s socket.
 *
 * @param channel the way to the JVM
 * @param content what to send
 */
export async function sendContent(
  { gateway, jsc, folder }: BytesChannel,
  content: WrittenContent,
): Promise<SentBroadcast> {
  const path = content.kind === "file" ? content.path : folder.newPath();
  await folder.told();
  const file = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonRDD",
    "setupBroadcast",
    path,
  );
  if (content.kind === "memory") {
    const served = await file.callObject("setupEncryptionServer");
    const [address = null, secret = null] = await gateway.arrayElements(served);
    const socket = await connectServed(gateway, address, secret);
    await sendChunks(socket, content.parts);
    await file.call("waitTillDataReceived");
  }
  const java = await jsc.callObject("broadcast", file);
  return { java, id: await java.callNumber("id"), path };
}

/**
 * Removes the file of a content that was not sent.
 *
 * @param content what nobody will read any more
 */
export async function dropContent(content: WrittenContent): Promise<void> {
  if (content.kind === "file") await platform.remove(content.path);
}

function tooLarge(length: number): SparkError {
  return new SparkError(
    "BROADCAST_TOO_LARGE",
    `Cannot broadcast ${length} bytes: one value may have ${MAX_BROADCAST_BYTES}; broadcast it in parts`,
    { bytes: length },
  );
}
