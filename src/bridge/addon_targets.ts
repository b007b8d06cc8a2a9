/** A platform that the addon is built for, and the npm package that carries it there. */
export interface AddonTarget {
  /** The npm package, by napi-rs's convention for its name. */
  readonly packageName: string;
  /** The addon's file in the package. */
  readonly file: string;
  /** As `process.platform` and npm's `os` have it. */
  readonly os: "linux" | "darwin" | "win32";
  /** As `process.arch` and npm's `cpu` have it. */
  readonly cpu: "x64" | "arm64";
  /** The C library that it needs, as npm's `libc` has it; null where there is only one. */
  readonly libc: "glibc" | null;
  /** What Rust calls the platform. */
  readonly triple: string;
  /** The file that cargo makes. */
  readonly library: string;
  /** What runs on it: all of TSpark, or the driver alone. */
  readonly runs: "driver and workers" | "driver";
}

/** Every platform with a package of its own. */
export const ADDON_TARGETS: readonly AddonTarget[] = [
  {
    packageName: "@tspark/native-linux-x64-gnu",
    file: "tspark.linux-x64-gnu.node",
    os: "linux",
    cpu: "x64",
    libc: "glibc",
    triple: "x86_64-unknown-linux-gnu",
    library: "libtspark_addon.so",
    runs: "driver and workers",
  },
  {
    packageName: "@tspark/native-linux-arm64-gnu",
    file: "tspark.linux-arm64-gnu.node",
    os: "linux",
    cpu: "arm64",
    libc: "glibc",
    triple: "aarch64-unknown-linux-gnu",
    library: "libtspark_addon.so",
    runs: "driver and workers",
  },
  {
    packageName: "@tspark/native-darwin-x64",
    file: "tspark.darwin-x64.node",
    os: "darwin",
    cpu: "x64",
    libc: null,
    triple: "x86_64-apple-darwin",
    library: "libtspark_addon.dylib",
    runs: "driver and workers",
  },
  {
    packageName: "@tspark/native-darwin-arm64",
    file: "tspark.darwin-arm64.node",
    os: "darwin",
    cpu: "arm64",
    libc: null,
    triple: "aarch64-apple-darwin",
    library: "libtspark_addon.dylib",
    runs: "driver and workers",
  },
  {
    packageName: "@tspark/native-win32-x64-msvc",
    file: "tspark.win32-x64-msvc.node",
    os: "win32",
    cpu: "x64",
    libc: null,
    triple: "x86_64-pc-windows-msvc",
    library: "tspark_addon.dll",
    runs: "driver",
  },
];

/**
 * The target of a platform.
 *
 * @param os as `process.platform` has it
 * @param cpu as `process.arch` has it
 * @returns null where the addon is not built for it
 */
export function addonTarget(os: string, cpu: string): AddonTarget | null {
  return ADDON_TARGETS.find((one) => one.os === os && one.cpu === cpu) ?? null;
}
