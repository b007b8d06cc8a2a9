import { SparkError } from "../common/errors.ts";

/** The first Node that has all that TSpark takes from it: `node:zlib` decompresses Zstandard. */
export const OLDEST_NODE = { major: 22, minor: 15 } as const;

/**
 * Refuses a Node in which TSpark's modules would fail to load.
 *
 * @param versions those of the process
 * @throws SparkError `NODE_TOO_OLD`
 */
export function checkNode(
  versions: { readonly deno?: string; readonly node?: string },
): void {
  if (versions.deno !== undefined || versions.node === undefined) return;
  const { node } = versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const isOld = major < OLDEST_NODE.major ||
    (major === OLDEST_NODE.major && minor < OLDEST_NODE.minor);
  if (!isOld) return;
  throw new SparkError(
    "NODE_TOO_OLD",
    `Cannot run on Node ${node}: TSpark needs ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or later; install a newer one, such as Node 24, or run it in Deno`,
    { version: node },
  );
}
