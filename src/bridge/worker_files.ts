import type { Addon } from "./addon.ts";

/** The files that a worker itself needs. */
export interface WorkerFiles {
  /** The content of a file. */
  readFile(path: string): Uint8Array<ArrayBuffer>;
  /** Makes an empty file in a folder, which nobody else can see or open. */
  openNameless(folder: string): WorkerFile;
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
  readFile: (path) => Deno.readFileSync(path),
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
    readFile(path) {
      const [fd = -1, length = 0] = addon.openFile(path);
      try {
        const bytes = new Uint8Array(length);
        let at = 0;
        while (at < length) {
          const count = addon.readAt(fd, at, bytes.subarray(at));
          if (count === 0) break;
          at += count;
        }
        return bytes.subarray(0, at);
      } finally {
        addon.closeFd(fd);
      }
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

function newName(folder: string): string {
  return `${folder}/tspark-spill-${crypto.randomUUID()}`;
}
