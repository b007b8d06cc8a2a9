import type { Addon } from "./addon.ts";

/** An addon whose descriptors are known by their numbers. */
export interface TrackedAddon {
  /** The same addon. */
  readonly addon: Addon;
  /** Whether a number is that of a descriptor that it opened and has not closed. */
  readonly owns: (fd: number) => boolean;
}

/** The numbers of open descriptors. */
export interface DescriptorSet {
  /** Notes one that was opened. */
  add(fd: number): unknown;
  /** Notes one that is going to be closed. */
  delete(fd: number): unknown;
  /** Whether one is open. */
  has(fd: number): boolean;
}

/**
 * Keeps the numbers of what an addon opens.
 *
 * @param addon the addon
 * @param open takes them; a set of its own by default
 */
export function trackDescriptors(
  addon: Addon,
  open: DescriptorSet = new Set<number>(),
): TrackedAddon {
  const noted = (fd: number): number => {
    if (fd >= 0) open.add(fd);
    return fd;
  };
  return {
    addon: {
      ...addon,
      acceptWorker: (listenFd, parentFd) =>
        noted(addon.acceptWorker(listenFd, parentFd)),
      connectLoopback: (port, ipv6) => noted(addon.connectLoopback(port, ipv6)),
      connectUnix: (path) => noted(addon.connectUnix(path)),
      openFile(path) {
        const opened = addon.openFile(path);
        noted(opened[0] ?? -1);
        return opened;
      },
      openNameless: (path) => noted(addon.openNameless(path)),
      closeFd(fd) {
        open.delete(fd);
        addon.closeFd(fd);
      },
    },
    owns: (fd) => open.has(fd),
  };
}
