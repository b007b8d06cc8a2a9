import { loadAddon, type LoadedAddon } from "./addon.ts";
import type { Kernels } from "./kernel_types.ts";
import { fallbackKernels } from "./kernels_fallback.ts";

/**
 * The addon's routines, or their twins where there is no addon.
 *
 * @param loaded the addon; loaded here by default
 * @returns the routines, and why the addon is not used; null when it is
 */
export function loadKernels(
  loaded: LoadedAddon = loadAddon(),
): { kernels: Kernels; reason: string | null } {
  if (loaded.addon === null) {
    return { kernels: fallbackKernels(), reason: loaded.reason };
  }
  const { addon } = loaded;
  const result = new Uint32Array(4);
  return {
    kernels: {
      gatherText(source, out, ends) {
        addon.gatherText(source, out, ends, result);
        const [frames = 0, consumed = 0, bytes = 0, isValid] = result;
        return { frames, consumed, bytes, isValid: isValid === 1 };
      },
    },
    reason: null,
  };
}
