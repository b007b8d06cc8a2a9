import { platform } from "../../common/platform/deno.ts";
import {
  canDrawLine,
  ERASE_LINE,
  lineColumns,
} from "../../common/stderr_line.ts";

/**
 * Shows how far packing is, as one line of a terminal that is gone at the end;
 * shows nothing where stderr is no terminal.
 *
 * @param body packs, and calls what it gets of bytes done and of all
 * @returns what the body returns
 */
export async function withPackProgress<T>(
  body: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  if (!canDrawLine(platform.environment())) return await body(() => {});
  let drawn = "";
  try {
    return await body((done, total) => {
      const line = lineOf(done, total, lineColumns());
      if (line !== drawn) write(`\r${drawn = line}`);
    });
  } finally {
    if (drawn !== "") write(ERASE_LINE);
  }
}

const MB = 1e6;

function lineOf(done: number, total: number, columns: number): string {
  const before = "[Pack ";
  const after = ` ${Math.round(done / MB)}/${Math.round(total / MB)} MB]`;
  // A character in the last column would move some terminals to the next line.
  const room = Math.max(1, columns - 1 - before.length - after.length);
  const filled = Math.floor(room * done / total);
  return before + ">".padStart(filled, "=").padEnd(room) + after;
}

function write(text: string): void {
  platform.writeError(new TextEncoder().encode(text));
}
