import { errorMessage } from "../../common/error_message.ts";
import { GatewayError, SparkError } from "../../common/errors.ts";

const UNKNOWN = "CACHE_FOLDER_UNKNOWN";
const NOT_WRITABLE = "CACHE_NOT_WRITABLE";

/**
 * Writes to this user's cache.
 *
 * @param folder the cache
 * @param write does it
 * @throws GatewayError `CACHE_NOT_WRITABLE` when the file system refuses
 */
export async function writingToCache<T>(
  folder: string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof SparkError) throw cause;
    throw new GatewayError(
      NOT_WRITABLE,
      `Cannot write to the cache folder "${folder}": ${
        errorMessage(cause)
      }; set XDG_CACHE_HOME to a folder that this user may write to`,
      { folder },
      { cause },
    );
  }
}

/** Whether an error says that this user has no cache that can be written to. */
export function hasNoCache(error: unknown): boolean {
  return error instanceof GatewayError &&
    [UNKNOWN, NOT_WRITABLE].includes(error.condition);
}
