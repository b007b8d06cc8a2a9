import { errorMessage } from "../common/error_message.ts";
import { createRequire } from "node:module";
import process from "node:process";
import { withOurErrors, withOurRejections } from "./addon_error.ts";
import { addonPlaces, hasCode } from "./addon_files.ts";

export { builtAddonPath } from "./addon_files.ts";

/**
 * What the addon exports, in the order of `native/src/lib.rs`. Buffers and
 * numbers only.
 *
 * @throws ProtocolError from any of the calls on descriptors:
 * `SYSTEM_CALL_FAILED` when the system refuses, `DESCRIPTOR_REPLACED` when
 * others have closed one
 */
export interface Addon {
  /** Listens on the loopback address. @returns descriptor, which child processes inherit, and port */
  listenLoopback(ipv6: boolean): number[];
  /** Listens on a new Unix socket. @returns descriptor, which child processes inherit */
  listenUnix(path: string): number;
  /** Waits for a connection. @returns its descriptor; -1 when the other end of the pipe `parentFd` is closed */
  acceptWorker(listenFd: number, parentFd: number): number;
  /** Connects to a port of the loopback address. @returns descriptor */
  connectLoopback(port: number, ipv6: boolean): number;
  /** Connects to a Unix socket. @returns descriptor */
  connectUnix(path: string): number;
  /** Reads what is there, waiting for at least a byte. @returns bytes read; 0 at the end */
  readSome(fd: number, into: Uint8Array): number;
  /** Writes all of the bytes. @throws ProtocolError `PEER_GONE` when the other side has closed */
  writeAll(fd: number, bytes: Uint8Array): void;
  /** Writes what the system takes at once. @returns bytes written, 0 when it takes none now @throws ProtocolError as `writeAll` */
  writeSome(fd: number, bytes: Uint8Array): number;
  /** Waits, on a thread of the runtime's own, until there are bytes to read, or the end. */
  waitReadable(fd: number): Promise<void>;
  /** Waits, on a thread of the runtime's own, until there is space to write into, or an error. */
  waitWritable(fd: number): Promise<void>;
  /** Closes a descriptor. */
  closeFd(fd: number): void;
  /** Ends this process as soon as the other side of a connection or a pipe closes, whatever else it does. */
  exitOnClose(fd: number): void;
  /** Opens a file for reading. @returns its descriptor and its length in bytes */
  openFile(path: string): number[];
  /** Makes an empty file at a path where none is, and takes its name away. @returns its descriptor */
  openNameless(path: string): number;
  /** Reads some bytes of a file. @returns bytes read; 0 at the end */
  readAt(fd: number, position: number, into: Uint8Array): number;
  /** Writes some bytes of a file. @returns bytes written */
  writeAt(fd: number, position: number, bytes: Uint8Array): number;
  /** See `Kernels.gatherText`; `result` takes frames, consumed, bytes, 1 when valid. */
  gatherText(
    source: Uint8Array,
    out: Uint8Array,
    ends: Uint32Array,
    result: Uint32Array,
  ): void;
}

/** The addon, or why there is none. */
export type LoadedAddon =
  | { readonly addon: Addon; readonly path: string; readonly reason: null }
  | { readonly addon: null; readonly reason: string };

/**
 * Loads the addon: from the file that `TSPARK_ADDON` names (`off`: none), else
 * the one built beside the project for this platform, else the one in the
 * platform's npm package, such as `@tspark/native-linux-x64-gnu`.
 */
export function loadAddon(): LoadedAddon {
  const places = addonPlaces();
  if (places.kind === "off") return { addon: null, reason: ADDON_OFF };
  const reasons: string[] = [];
  for (const specifier of places.specifiers) {
    try {
      // Not named "require": in the npm package's CommonJS that is another one.
      const load = createRequire(import.meta.url);
      const path = load.resolve(specifier);
      const found = load(path) as Partial<Addon>;
      return { addon: checkedAddon(found), path, reason: null };
    } catch (error) {
      reasons.push(`"${specifier}" cannot be loaded: ${reasonOf(error)}`);
    }
  }
  const why = reasons.length > 0
    ? reasons.join("; ")
    : "it is not built for this platform";
  return { addon: null, reason: why };
}

/**
 * Loads the addon from its file where no other code comes by it: `require`
 * keeps what it loads in a cache that all can read.
 *
 * @param path the `.node` file, as {@link loadAddon} found it
 * @throws ProtocolError `ADDON_OUTDATED`; `Error` when it cannot be loaded
 */
export function openAddon(path: string): Addon {
  const module: { exports: Partial<Addon> } = { exports: {} };
  process.dlopen(module, path);
  return checkedAddon(module.exports);
}

/** Why {@link loadAddon} gives none when it was told so. */
export const ADDON_OFF = "TSPARK_ADDON is off";

function reasonOf(error: unknown): string {
  if (hasCode(error, "MODULE_NOT_FOUND")) return "it is not there";
  return errorMessage(error);
}

/** How each of its functions is taken in. */
const FUNCTIONS: {
  readonly [N in keyof Addon]: (
    name: string,
    call: Addon[N] | undefined,
  ) => Addon[N];
} = {
  listenLoopback: withOurErrors,
  listenUnix: withOurErrors,
  acceptWorker: withOurErrors,
  connectLoopback: withOurErrors,
  connectUnix: withOurErrors,
  readSome: withOurErrors,
  writeAll: withOurErrors,
  writeSome: withOurErrors,
  waitReadable: withOurRejections,
  waitWritable: withOurRejections,
  closeFd: withOurErrors,
  exitOnClose: withOurErrors,
  openFile: withOurErrors,
  openNameless: withOurErrors,
  readAt: withOurErrors,
  writeAt: withOurErrors,
  gatherText: withOurErrors,
};

/** What it exports. The engine's profiler knows these functions by one address, and calls all by the name of one. */
export const ADDON_FUNCTIONS: ReadonlySet<string> = new Set(
  Object.keys(FUNCTIONS),
);

function checkedAddon(exports: Partial<Addon>): Addon {
  const take = <N extends keyof Addon>(name: N): [N, Addon[N]] => [
    name,
    FUNCTIONS[name](name, exports[name]),
  ];
  const names = Object.keys(FUNCTIONS) as (keyof Addon)[];
  return Object.fromEntries(names.map(take)) as unknown as Addon;
}
