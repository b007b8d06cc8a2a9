/**
 * Source maps of single functions, by which a debugger at a worker shows the
 * program's own files.
 *
 * @module
 */

import { encodedMappings, TraceMap } from "@jridgewell/trace-mapping";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import type { FramePosition } from "../../common/frame_position.ts";
import type { ClosureCode } from "../../protocol/closure_record.ts";
import { type TextPlace, tokensOf } from "./tokens.ts";

/** Column, index of the source, line and column there, all from 0. */
type Segment = [number, number, number, number];

/** Makes source maps of functions, each once. */
export class FunctionMaps {
  readonly #original: (position: FramePosition) => FramePosition;
  readonly #made = new Map<string, string>();

  /** @param original the position in the user's file of one in a script that the engine has loaded */
  constructor(original: (position: FramePosition) => FramePosition) {
    this.#original = original;
  }

  /**
   * The code with its source map.
   *
   * @param code as it was captured
   */
  mapped(code: ClosureCode): ClosureCode {
    const { url, line, column, source } = code;
    const key = [url, line, column, source].join("\0");
    let map = this.#made.get(key);
    if (map === undefined) {
      map = Buffer.from(JSON.stringify(this.#mapOf(code))).toString("base64");
      this.#made.set(key, map);
    }
    return { ...code, map };
  }

  /** Layout: the text's first line is the second of what is compiled, at its old column. */
  #mapOf(code: ClosureCode): object {
    const sources: string[] = [];
    const lines: Segment[][] = [[]];
    for (const { line: number, column } of placesIn(code.source)) {
      const line = number - 1;
      const place = {
        line: code.line + line,
        column: line === 0 ? code.column + column : column,
      };
      const found = this.#original({
        url: code.url,
        line: place.line + 1,
        column: place.column + 1,
      });
      let source = sources.indexOf(found.url);
      if (source < 0) source = sources.push(found.url) - 1;
      while (lines.length <= line + 1) lines.push([]);
      lines[line + 1]?.push([
        place.column,
        source,
        found.line - 1,
        found.column - 1,
      ]);
    }
    const map = { version: 3 as const, names: [], sources };
    return {
      ...map,
      sourcesContent: sources.map(contentOf),
      mappings: encodedMappings(new TraceMap({ ...map, mappings: lines })),
    };
  }
}

/** Where the tokens of a function's text begin; its lines, where it is a text such as a method's, which is no program. */
function placesIn(source: string): readonly TextPlace[] {
  return tokensOf(source, "script") ??
    source.split("\n").map((_, at) => ({ line: at + 1, column: 0 }));
}

/** The text of a file, for debuggers that cannot read it themselves. */
function contentOf(url: string): string | null {
  try {
    return readFileSync(new URL(url), "utf8");
  } catch {
    return null;
  }
}
