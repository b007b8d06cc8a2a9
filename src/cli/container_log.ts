const LENGTH = /^LogLength:\s*(\d+)/;

/**
 * What a container has written, out of what Hadoop makes of its log.
 *
 * Layout: lines of a head, among them `LogLength:n`, then `LogContents:`, then
 * n bytes, which may look like a head themselves; for each file of the log.
 * Peer: `LogToolUtils.outputContainerLog`, Hadoop 3.
 *
 * @param written what Hadoop wrote
 * @returns the contents of the files behind each other; none of what it says in their place
 */
export function readContainerLog(written: Uint8Array): string {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (let at = 0; at < written.length;) {
    const found = written.indexOf(NEWLINE, at);
    const end = found < 0 ? written.length : found;
    const line = decoder.decode(written.subarray(at, end));
    at = end + 1;
    if (LENGTH.test(line)) length = Number(LENGTH.exec(line)?.[1]);
    if (line !== "LogContents:") continue;
    text += decoder.decode(written.subarray(at, at + length));
    at += length;
  }
  return text;
}

const NEWLINE = 0x0a;
