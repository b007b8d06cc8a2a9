import process from "node:process";
import { isatty } from "node:tty";
import { resolve } from "node:path";
import { platform } from "../common/platform/deno.ts";
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
  const progress = isatty(STDERR) ? new PackProgress() : null;
  try {
    const path = await packWorker({
      ...packOptions(words),
      ...(progress === null
        ? {}
        : { onProgress: (done, total) => progress.show(done, total) }),
    });
    progress?.erase();
    say(path);
  } catch (error) {
    progress?.erase();
    throw error;
  }
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
    ...(to === undefined ? {} : { to: resolve(to) }),
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

const STDERR = 2;
const MB = 1e6;

/** One line at the terminal, drawn again when it reads differently. */
class PackProgress {
  #drawn = "";

  show(done: number, total: number): void {
    const columns = process.stderr.columns ?? 80;
    const after = ` ${Math.round(done / MB)}/${Math.round(total / MB)} MB]`;
    const before = "[Pack ";
    const room = Math.max(1, columns - 1 - before.length - after.length);
    const filled = Math.floor(room * done / total);
    const line = before + ">".padStart(filled, "=").padEnd(room) + after;
    if (line === this.#drawn) return;
    this.#drawn = line;
    this.#write(`\r${line}`);
  }

  erase(): void {
    if (this.#drawn !== "") this.#write("\r\x1b[K");
  }

  #write(text: string): void {
    platform.writeError(new TextEncoder().encode(text));
  }
}
