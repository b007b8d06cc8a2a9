import type { GatheredText, Kernels } from "./kernel_types.ts";

/** The routines in plain TypeScript: what the addon must equal, and what runs without it. */
export function fallbackKernels(): Kernels {
  return {
    gatherText(source, out, ends) {
      const got = gatherFrames(source, out, ends);
      const isValid = isUtf8(out.subarray(0, got.bytes)) &&
        endsAreBetweenCharacters(out, ends, got);
      if (isValid) toCodeUnits(out, ends, got.frames);
      return { ...got, isValid };
    },
  };
}

function gatherFrames(
  source: Uint8Array,
  out: Uint8Array,
  ends: Uint32Array,
): Omit<GatheredText, "isValid"> {
  const view = new DataView(
    source.buffer,
    source.byteOffset,
    source.byteLength,
  );
  let frames = 0;
  let at = 0;
  let bytes = 0;
  while (frames < ends.length && source.length - at >= 4) {
    const length = view.getInt32(at);
    if (length < 0 || length > source.length - at - 4) break;
    if (length > out.length - bytes) break;
    out.set(source.subarray(at + 4, at + 4 + length), bytes);
    bytes += length;
    at += 4 + length;
    ends[frames++] = bytes;
  }
  return { frames, consumed: at, bytes };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** False when two payloads share a character, which is valid only in their sum. */
function endsAreBetweenCharacters(
  out: Uint8Array,
  ends: Uint32Array,
  { frames, bytes }: Omit<GatheredText, "isValid">,
): boolean {
  return ends.subarray(0, frames).every((end) =>
    end === bytes || ((out[end] ?? 0) & 0xc0) !== 0x80
  );
}

/** Changes ends in bytes of valid UTF-8 into ends in UTF-16 code units. */
function toCodeUnits(
  bytes: Uint8Array,
  ends: Uint32Array,
  count: number,
): void {
  let units = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = ends[i] ?? at;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    ends[i] = units;
  }
}
