import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { REPLServer } from "node:repl";
import { platform } from "../../common/platform/deno.ts";
import { cacheFolder } from "../../driver/launch/cache_folder.ts";

const MAX_LINES = 1000;

/**
 * Has a prompt know what was typed at earlier ones, and keeps what is typed,
 * in a file that this user alone may read: `TSPARK_HISTORY`, else one in the
 * cache. Without a folder to write to there is no history, and nothing is told.
 *
 * Not `setupHistory()` of Node's REPL: Deno 2.9 writes nothing.
 *
 * @param server the prompt
 */
export function keepHistory(server: REPLServer): void {
  const file = historyFile(platform.environment());
  if (file === null) return;
  Object.assign(server, { history: readLines(file) });
  server.on("history", (lines: string[]) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      const text = lines.slice(0, MAX_LINES).toReversed().join("\n");
      writeFileSync(file, `${text}\n`, { mode: 0o600 });
    } catch {
      // a prompt is of use without it
    }
  });
}

/** Where the variable is set and empty, and where there is no home, there is none. */
function historyFile(env: Readonly<Record<string, string>>): string | null {
  const named = env["TSPARK_HISTORY"];
  if (named !== undefined) return named === "" ? null : named;
  try {
    return `${cacheFolder(env)}/shell_history`;
  } catch {
    return null;
  }
}

/** The newest first, as the prompt has them. */
function readLines(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.filter((line) => line !== "").toReversed();
  } catch {
    return []; // there is none yet
  }
}
