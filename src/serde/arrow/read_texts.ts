import type { ColumnView } from "./column_view.ts";

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/** Binaries, each in an array of its own. */
export function readBytes(view: ColumnView): unknown[] {
  const bytes = view.values as Uint8Array;
  const offsets = view.offsets as Int32Array;
  const copies = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    copies[i] = bytes.slice(offsets[i], offsets[i + 1]);
  }
  return copies;
}

/**
 * Texts, all of a column by one decoding: ends are then places in one string.
 * What one value has wrong does not move the others.
 */
export function readTexts(view: ColumnView): unknown[] {
  const bytes = view.values as Uint8Array;
  const offsets = view.offsets as Int32Array;
  const { length } = view;
  const first = offsets[0] as number;
  const used = bytes.subarray(first, offsets[length]);
  const text = TEXT.decode(used);
  if (text.length === used.length) { // as many units as bytes: ASCII
    const texts = new Array<unknown>(length);
    let from = 0;
    for (let i = 0; i < length; i++) {
      const to = (offsets[i + 1] as number) - first;
      texts[i] = text.substring(from, to);
      from = to;
    }
    return texts;
  }
  return text.includes("\ufffd")
    ? readOneByOne(view)
    : readWide(view, used, text);
}

/** Texts of which some characters have more bytes than one. */
function readWide(view: ColumnView, used: Uint8Array, text: string): unknown[] {
  const offsets = view.offsets as Int32Array;
  const first = offsets[0] as number;
  const texts = new Array<unknown>(view.length);
  let at = 0;
  let units = 0;
  for (let i = 0; i < view.length; i++) {
    const from = units;
    const end = (offsets[i + 1] as number) - first;
    if (at < end && ((used[at] as number) & 0xc0) === 0x80) {
      return readOneByOne(view); // a half, joined to the text before
    }
    for (; at < end; at++) {
      const byte = used[at] as number;
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    texts[i] = text.substring(from, units);
  }
  return texts;
}

/** For bytes that may be no UTF-8, as Spark lets strings be. */
function readOneByOne(view: ColumnView): unknown[] {
  const bytes = view.values as Uint8Array;
  const offsets = view.offsets as Int32Array;
  const texts = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    texts[i] = TEXT.decode(bytes.subarray(offsets[i], offsets[i + 1]));
  }
  return texts;
}
