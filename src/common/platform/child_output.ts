import type { ChildProcess } from "./platform.ts";

/** What a process wrote, and how it ended. */
export interface ChildOutput {
  /** Its exit code; 128 + the signal's number when a signal ended it. */
  readonly code: number;
  /** What it wrote to stdout. */
  readonly stdout: string;
  /** What it wrote to stderr. */
  readonly stderr: string;
}

/**
 * Reads all that a process writes, with nothing on its stdin, and waits for
 * its end.
 *
 * @param child the process, of which nothing was read yet
 */
export async function childOutput(child: ChildProcess): Promise<ChildOutput> {
  const [stdout, stderr, { code }] = await Promise.all([
    new Response(child.stdout as ReadableStream<Uint8Array<ArrayBuffer>>)
      .text(),
    new Response(child.stderr as ReadableStream<Uint8Array<ArrayBuffer>>)
      .text(),
    child.exited,
    child.closeStdin(),
  ]);
  return { code, stdout, stderr };
}
