import type { Kernels } from "../../src/bridge/kernel_types.ts";
import { loadKernels } from "../../src/bridge/kernels.ts";
import { fallbackKernels } from "../../src/bridge/kernels_fallback.ts";

/** The routines over buffers by name: the addon's, where there is one, then their twins in TypeScript. */
export interface KernelChoice {
  readonly kernels: Readonly<Record<string, Kernels>>;
  /** Why the addon is missing; nothing when it is there. */
  readonly note?: string;
}

/** Loads what there is. */
export function kernelChoice(): KernelChoice {
  const twin = fallbackKernels();
  const { kernels: addon, reason } = loadKernels();
  if (reason === null) return { kernels: { addon, twin } };
  return { kernels: { twin }, note: `No addon: ${reason}` };
}

/** Makes one variant for each of the routines there are. */
export function mapKernels<T>(
  kernels: Readonly<Record<string, Kernels>>,
  make: (kernels: Kernels) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(kernels).map(([name, each]) => [name, make(each)]),
  );
}
