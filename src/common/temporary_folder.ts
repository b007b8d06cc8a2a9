import { errorMessage } from "./error_message.ts";
import { tmpdir } from "node:os";
import { SparkError } from "./errors.ts";
import { platform } from "./platform/deno.ts";

/**
 * Makes a temporary folder that only this user may enter.
 *
 * @param name what it is for, such as `bundle`
 * @returns its path
 * @throws SparkError `TEMPORARY_FOLDER_FAILED`, which names where temporary files go
 */
export async function makeTemporaryFolder(name: string): Promise<string> {
  try {
    return await platform.makePrivateFolder(`tspark-${name}-`);
  } catch (cause) {
    throw notMade(cause);
  }
}

/** As {@link makeTemporaryFolder}, at once. */
export function makeTemporaryFolderNow(name: string): string {
  try {
    return platform.makePrivateFolderNow(`tspark-${name}-`);
  } catch (cause) {
    throw notMade(cause);
  }
}

function notMade(cause: unknown): unknown {
  // Deno names the option that grants it, and TMPDIR may be closed as well.
  if (cause instanceof Error && cause.name === "NotCapable") return cause;
  const folder = tmpdir();
  return new SparkError(
    "TEMPORARY_FOLDER_FAILED",
    `Cannot make a folder in "${folder}" for temporary files: ${
      errorMessage(cause)
    }; make that folder writable, or set TMPDIR to one that is`,
    { folder },
    { cause },
  );
}
