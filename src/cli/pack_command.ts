import { resolve } from "node:path";
import { withPackProgress } from "../driver/launch/pack_progress.ts";
import {
  type PackOptions,
  packWorker,
  WORKER_PLATFORMS,
  type WorkerPlatform,
} from "../driver/launch/worker_archive.ts";
import { say } from "./terminal.ts";
import { usageError } from "./usage_error.ts";

/** What commander read. */
export interface PackWords {
  /** The executors' kind of machine. */
  readonly platform?: string;
  /** Path of a Deno for it. */
  readonly deno?: string;
  /** Path of an addon for it, or `none`. */
  readonly addon?: string;
  /** Path of the archive. */
  readonly to?: string;
}

/**
 * `tspark pack`: packs the worker and tells the archive's path; shows at a
 * terminal how far it is.
 *
 * @param words the options
 * @throws GatewayError as `packWorker`; SparkError for a kind of machine that there is not
 */
export async function pack(words: PackWords): Promise<void> {
  say(
    await withPackProgress((onProgress) =>
      packWorker({ ...packOptions(words), onProgress })
    ),
  );
}

function packOptions(words: PackWords): PackOptions {
  const { deno, addon, to } = words;
  const kind = words.platform === undefined
    ? undefined
    : kindOf(words.platform);
  return {
    ...(kind === undefined ? {} : { platform: kind }),
    ...(deno === undefined ? {} : { deno: resolve(deno) }),
    ...(addon === undefined
      ? {}
      : { addon: addon === "none" ? null : resolve(addon) }),
    ...(to === undefined ? {} : { to: to && resolve(to) }),
  };
}

function kindOf(name: string): WorkerPlatform {
  const found = WORKER_PLATFORMS.find((kind) => kind === name);
  if (found !== undefined) return found;
  throw usageError(
    `Cannot pack a worker for "${name}": workers run on ${
      WORKER_PLATFORMS.join(", ")
    }; name one of these`,
    name,
  );
}
