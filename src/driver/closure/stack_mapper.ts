/**
 * Positions in the text that the engine has loaded to positions in the file
 * that the user has written.
 *
 * @module
 */

import {
  decodedMappings,
  originalPositionFor,
  sourceContentFor,
  TraceMap,
} from "@jridgewell/trace-mapping";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Script as EvaluatedScript } from "node:vm";
import {
  type FramePosition,
  framePosition,
} from "../../common/frame_position.ts";
import { REVIVED_SCHEME } from "../../protocol/closure_record.ts";
import { alignPlace } from "./align_tokens.ts";
import type { TextPlace } from "./tokens.ts";

/** Maps positions by the source maps of the scripts that were registered. */
export class StackMapper {
  readonly #mapUrls = new Map<string, string>();
  readonly #maps = new Map<string, TraceMap | null>();
  /** Addresses of scripts by the form in which Deno's stacks tell them: without escapes such as `%20`. */
  readonly #addresses = new Map<string, string>();

  /**
   * Makes a script's source map known.
   *
   * @param url address of the script
   * @param mapUrl address or `data:` text of its map; empty where the engine names none
   */
  register(url: string, mapUrl: string): void {
    if (mapUrl !== "") this.#mapUrls.set(url, mapUrl);
    if (url.includes("%")) this.#addresses.set(withoutEscapes(url), url);
  }

  /**
   * Makes the source map of a script known that the engine never loaded.
   *
   * @param url address of the script
   * @param map the map
   * @param mapUrl address that its sources are told from
   */
  registerMap(url: string, map: string, mapUrl: string): void {
    this.#maps.set(url, new TraceMap(map, mapUrl));
  }

  /** The position in the user's file; the position itself where nothing is known of it. */
  original(position: FramePosition): FramePosition {
    const map = this.#map(position.url);
    if (map === null) return originalByEngine(position);
    const found = originalPositionFor(map, {
      line: position.line,
      column: position.column - 1,
    });
    if (found.source === null) return position;
    const place = { line: found.line, column: found.column };
    const { line, column } = alignedToFile(map, found.source, place);
    return { url: found.source, line, column: column + 1 };
  }

  /** Rewrites every position of revived code in a stack; other text stays as it is. */
  mapStack(stack: string): string {
    return stack.split(REVIVED_SCHEME).map((part, index) => {
      if (index === 0) return part;
      // The address ends at the first position behind it, and may have spaces.
      const [rest = ""] = part.split("\n", 1);
      const found = /:(\d+):(\d+)/.exec(rest);
      if (found === null || found.index === 0) return REVIVED_SCHEME + part;
      const address = rest.slice(0, found.index);
      const { url, line, column } = this.original({
        url: this.#addresses.get(address) ?? address,
        line: Number(found[1]),
        column: Number(found[2]),
      });
      return `${url}:${line}:${column}` +
        part.slice(found.index + found[0].length);
    }).join("");
  }

  #map(url: string): TraceMap | null {
    let map = this.#maps.get(url);
    if (map === undefined) {
      const mapUrl = this.#mapUrls.get(url);
      map = mapUrl === undefined ? null : inlineMap(mapUrl, url);
      this.#maps.set(url, map);
    }
    return map;
  }
}

/** Peer: Deno's `format_file_name`, which decodes the addresses in stacks. */
function withoutEscapes(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url; // "%" that begins no escape
  }
}

/** Only a map within the script's own text is read: a map elsewhere may be of another build. */
function inlineMap(mapUrl: string, url: string): TraceMap | null {
  const data = /^data:application\/json;(?:[^,]*;)?base64,(.*)$/.exec(mapUrl);
  if (data?.[1] === undefined) return null;
  try {
    const text = Buffer.from(data[1], "base64").toString();
    const map = new TraceMap(text, url);
    return decodedMappings(map).length > 0 ? map : null;
  } catch {
    // A map that cannot be read is as good as none: positions stay as loaded.
    return null;
  }
}

/** `deno bundle` prints packages anew before they are bundled, and maps to what it printed. */
function alignedToFile(
  map: TraceMap,
  source: string,
  place: TextPlace,
): TextPlace {
  const printed = sourceContentFor(map, source);
  if (printed === null || !/^file:.*\.[cm]?js$/.test(source)) return place;
  let original: string;
  try {
    original = readFileSync(new URL(source), "utf8");
  } catch {
    return place; // a file that is gone, or may not be read, tells nothing
  }
  return original === printed
    ? place
    : alignPlace(printed, original, place) ?? place;
}

/**
 * Deno keeps its source maps to itself but maps every stack by them, and so do
 * tools with a `prepareStackTrace` of their own: a script under the file's
 * address makes an error at the wanted position, and its first line tells the
 * answer.
 */
function originalByEngine(position: FramePosition): FramePosition {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 1;
    Reflect.set(Error, "prepareStackTrace", undefined);
    const found = askStack(position);
    if (!isSame(found, position) || prepareStackTrace === undefined) {
      return found;
    }
    Reflect.set(Error, "prepareStackTrace", prepareStackTrace);
    // vitest knows its modules by path, whatever address the engine tells.
    const mapped = position.url.startsWith("file:")
      ? askStack({ ...position, url: fileURLToPath(position.url) })
      : position;
    return mapped.line === position.line && mapped.column === position.column
      ? position
      : mapped;
  } finally {
    Reflect.set(Error, "prepareStackTrace", prepareStackTrace);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function askStack(position: FramePosition): FramePosition {
  const stack: unknown = new EvaluatedScript("new Error().stack", {
    filename: position.url,
    lineOffset: position.line - 1,
    columnOffset: position.column - 1,
  }).runInThisContext();
  const frames = String(stack).split("\n").filter((line) =>
    line.trimStart().startsWith("at ")
  );
  return frames.map(framePosition).find((found) => found !== null) ?? position;
}

function isSame(a: FramePosition, b: FramePosition): boolean {
  return a.url === b.url && a.line === b.line && a.column === b.column;
}
