/** What a gathering of text found. */
export interface GatheredText {
  /** Whole frames taken from the start of the source. */
  frames: number;
  /** Bytes of the source that they took up, with their lengths. */
  consumed: number;
  /** Bytes of payload written. */
  bytes: number;
  /**
   * Whether every payload is valid UTF-8: `ends` then counts UTF-16 code
   * units of their decoded text, else bytes of payload.
   */
  isValid: boolean;
}

/** The routines over buffers that Rust does faster; each has a twin in TypeScript. */
export interface Kernels {
  /**
   * Copies the payloads of the whole frames at the start of `source`, which
   * are text, one behind the other, up to a negative length, an incomplete
   * frame, or the end of a space.
   *
   * Layout of `source`: frames (int32 BE length, payload).
   *
   * @param source bytes as they came
   * @param out space for payloads
   * @param ends space for the end of each payload; see {@link GatheredText}
   */
  gatherText(
    source: Uint8Array,
    out: Uint8Array,
    ends: Uint32Array,
  ): GatheredText;
}
