import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { createTarPacker } from "modern-tar";
import { GatewayError } from "../../common/errors.ts";

/** A file of an archive, or a link. */
export interface Entry {
  readonly name: string;
  readonly size: number;
  readonly mode: number;
  /** Of a symbolic link: what it names. */
  readonly link?: string;
  /** Its content, from the beginning each time. */
  readonly open: () => Readable;
}

/** An entry of a text. */
export function textEntry(name: string, text: string, mode: number): Entry {
  const bytes = new TextEncoder().encode(text);
  return { name, size: bytes.length, mode, open: () => Readable.from([bytes]) };
}

/** An entry of a symbolic link. */
export function linkEntry(name: string, link: string): Entry {
  return { name, size: 0, mode: 0o777, link, open: () => Readable.from([]) };
}

/**
 * An entry of a file.
 *
 * @throws GatewayError `WORKER_NOT_PACKED` when it cannot be read
 */
export async function fileEntry(
  name: string,
  path: string,
  mode: number,
): Promise<Entry> {
  try {
    const { size } = await stat(path);
    return { name, size, mode, open: () => createReadStream(path, LARGE) };
  } catch (cause) {
    throw new GatewayError(
      "WORKER_NOT_PACKED",
      `Cannot pack "${path}" as "${name}": it cannot be read; name another file`,
      { name, path },
      { cause },
    );
  }
}

const LARGE = { highWaterMark: 1 << 20 };

/** A name for an archive by its content, whenever it is made: 16 hexadecimal digits. */
export async function digestOf(entries: readonly Entry[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { name, size, open } of entries) {
    hash.update(`${name} ${size}\n`);
    for await (const chunk of open()) hash.update(chunk);
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * Writes a `.tar.gz` so that it is never seen half written.
 *
 * @param entries what it holds
 * @param path where, in a folder that is made if it is missing
 * @param onProgress called of bytes packed, and of how many in all
 */
export async function writeArchive(
  entries: readonly Entry[],
  path: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  const { readable, controller } = createTarPacker();
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const feed = async (): Promise<void> => {
    for (const { name, size, mode, link, open } of entries) {
      const kind = link === undefined
        ? { type: "file" } as const
        : { type: "symlink", linkname: link } as const;
      const sink = controller
        .add({ name, size, mode, ...kind, mtime: new Date(0) })
        .getWriter();
      for await (const chunk of open()) {
        await sink.write(chunk);
        onProgress(done += chunk.length, total);
      }
      await sink.close();
    }
    controller.finalize();
  };
  try {
    await Promise.all([
      feed(),
      pipeline(
        Readable.fromWeb(readable as never), // Deno's and Node's types of one class
        createGzip() as Transform,
        createWriteStream(draft),
      ),
    ]);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
