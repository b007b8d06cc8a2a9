import type { Addon } from "./addon.ts";

/** The files that a worker itself needs. */
export interface WorkerFiles {
  /** Opens a file to read parts of it. */
  openFile(path: string): ReadableFile;
  /** Makes an empty file in a folder, which nobody else can see or open. */
  openNameless(folder: string): WorkerFile;
}

/** A file of which parts are read. */
export interface ReadableFile extends Disposable {
  /** How many bytes it has. */
  readonly length: number;
  /**
   * Some of its bytes, in a buffer of their own.
   *
   * @param at where they begin
   * @param length how many; fewer come where the file ends
   */
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
}

/** An open file that has no name any more. */
export interface WorkerFile {
  /** Writes some of `bytes` at the cursor and says how many. */
  write(bytes: Uint8Array): number;
  /** Reads some bytes at the cursor and says how many, null at the end. */
  read(into: Uint8Array): number | null;
  /** Moves the cursor to a distance from the start, in bytes. */
  seek(position: number): void;
  /** Frees the space and the descriptor. */
  close(): void;
}

/** Files through Deno: by the rights of the process. */
export const denoFiles: WorkerFiles = {
  openFile(path) {
    const file = Deno.openSync(path);
    const { size } = file.statSync();
    return readableFile(size, {
      readAt(at, into) {
        file.seekSync(at, Deno.SeekMode.Start);
        return file.readSync(into) ?? 0;
      },
      close: () => file.close(),
    });
  },
  openNameless(folder) {
    const path = newName(folder);
    const file = Deno.openSync(path, {
      read: true,
      write: true,
      createNew: true,
      mode: 0o600,
    });
    try {
      Deno.removeSync(path);
    } catch (error) {
      file.close();
      throw error;
    }
    return {
      write: (bytes) => file.writeSync(bytes),
      read: (into) => file.readSync(into),
      seek: (position) => {
        file.seekSync(position, Deno.SeekMode.Start);
      },
      close: () => file.close(),
    };
  },
};

/** Files through the addon: by the user's rights alone, where the process itself may open none. */
export function addonFiles(addon: Addon): WorkerFiles {
  return {
    openFile(path) {
      const [fd = -1, length = 0] = addon.openFile(path);
      return readableFile(length, {
        readAt: (at, into) => addon.readAt(fd, at, into),
        close: () => addon.closeFd(fd),
      });
    },
    openNameless(folder) {
      const fd = addon.openNameless(newName(folder));
      let cursor = 0;
      return {
        write(bytes) {
          const count = addon.writeAt(fd, cursor, bytes);
          cursor += count;
          return count;
        },
        read(into) {
          const count = addon.readAt(fd, cursor, into);
          cursor += count;
          return count === 0 ? null : count;
        },
        seek: (position) => {
          cursor = position;
        },
        close: () => addon.closeFd(fd),
      };
    },
  };
}

/** What reads a file: some bytes at a place, 0 at the end. */
interface FileReads {
  readAt(at: number, into: Uint8Array): number;
  close(): void;
}

function readableFile(length: number, file: FileReads): ReadableFile {
  return {
    length,
    read(from, size) {
      const bytes = new Uint8Array(size);
      let at = 0;
      while (at < size) {
        const count = file.readAt(from + at, bytes.subarray(at));
        if (count === 0) return bytes.slice(0, at);
        at += count;
      }
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function newName(folder: string): string {
  return `${folder}/tspark-spill-${crypto.randomUUID()}`;
}
