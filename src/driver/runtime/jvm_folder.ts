import { errorMessage } from "../../common/error_message.ts";
import { dirname } from "node:path";
import { SparkError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import { makeTemporaryFolderNow } from "../../common/temporary_folder.ts";
import type { JavaObject } from "../gateway/java_object.ts";

/** A folder as it was made. */
interface MadeFolder {
  readonly path: string;
  /** Whose it is; null where the system does not say. */
  readonly owner: number | null;
  /** Resolves when it goes with the JVM. */
  readonly told: Promise<void>;
}

/**
 * A folder for files that the JVM reads, where this program's temporary files
 * go: it has no right to write where the JVM's do. The JVM removes it when it
 * ends, so it stays behind neither after an error nor without `stop()`.
 */
export class JvmFolder implements AsyncDisposable {
  readonly #goesWithJvm: (path: string) => Promise<void>;
  #made: MadeFolder;

  private constructor(goesWithJvm: (path: string) => Promise<void>) {
    this.#goesWithJvm = goesWithJvm;
    this.#made = this.#make();
  }

  /**
   * Makes the folder.
   *
   * @param goesWithJvm has the JVM remove a folder when it ends, see {@link removeWithJvm}
   * @throws SparkError `TEMPORARY_FOLDER_FAILED`
   */
  static async open(
    goesWithJvm: (path: string) => Promise<void>,
  ): Promise<JvmFolder> {
    const folder = new JvmFolder(goesWithJvm);
    await folder.told();
    return folder;
  }

  /**
   * A path for a new file.
   *
   * @param name the file's name; one that no other has by default
   * @throws SparkError `TEMPORARY_FOLDER_FAILED`
   */
  newPath(name: string = crypto.randomUUID()): string {
    // Cleaners take away folders of temporary files that nobody used for days.
    if (!isStillOurs(this.#made)) this.#made = this.#make();
    return `${this.#made.path}/${name}`;
  }

  /**
   * Writes a new file at once, so that what it holds may change afterwards.
   *
   * @param parts its content, in order
   * @returns its path
   * @throws SparkError `TEMPORARY_FOLDER_FAILED`, `TEMPORARY_FILE_FAILED`
   */
  write(parts: readonly Uint8Array[]): string {
    const path = this.newPath();
    try {
      platform.writePrivateFileNow(path, parts);
    } catch (cause) {
      throw notWritten(dirname(dirname(path)), cause);
    }
    return path;
  }

  /** Removes a file of this folder; does nothing when it is gone. */
  async remove(path: string): Promise<void> {
    await platform.remove(path);
  }

  /** Resolves when the JVM knows the folder, which it removes from then on. */
  async told(): Promise<void> {
    await this.#made.told;
  }

  /** Removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await platform.remove(this.#made.path);
  }

  #make(): MadeFolder {
    const path = makeTemporaryFolderNow("jvm");
    const owner = platform.folderAccess(path)?.owner ?? null;
    const told = this.#goesWithJvm(path);
    told.catch(() => {}); // told() throws it
    return { path, owner, told };
  }
}

/**
 * Has the JVM remove a folder when it ends.
 *
 * Peer: `ShutdownHookManager.registerShutdownDeleteDir`, as `Utils.createTempDir` calls it.
 *
 * @param gateway the JVM's
 * @param path the folder
 */
export async function removeWithJvm(
  gateway: JavaObject["gateway"],
  path: string,
): Promise<void> {
  await gateway.apart(() =>
    gateway.scope(async () => {
      await gateway.callStatic(
        "org.apache.spark.util.ShutdownHookManager",
        "registerShutdownDeleteDir",
        await gateway.construct("java.io.File", path),
      );
    })
  );
}

/** Whether the folder is there, and not another's of the same name, who could change what the JVM reads. */
function isStillOurs({ path, owner }: MadeFolder): boolean {
  const access = platform.folderAccess(path);
  if (access === null) return false;
  return access.owner === owner && ((access.mode ?? 0) & 0o077) === 0;
}

function notWritten(folder: string, cause: unknown): SparkError {
  return new SparkError(
    "TEMPORARY_FILE_FAILED",
    `Cannot write a temporary file in "${folder}": ${
      errorMessage(cause)
    }; make space there, or set TMPDIR to a folder that has it`,
    { folder },
    { cause },
  );
}
