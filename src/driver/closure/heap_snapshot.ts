/**
 * What a snapshot of the engine's heap tells of arrow functions: the `this`
 * that they take from the function around them, which nothing else shows.
 *
 * @module
 */

import { record } from "./inspector_answer.ts";

/** More contexts than any function lies in. */
const CONTEXTS_MAX = 1000;

/**
 * A snapshot, read.
 *
 * Layout: V8's heap snapshot: nodes and edges are rows of numbers in one list
 * each, whose columns `snapshot.meta` names. The edges of a node follow those
 * of the node before it. An edge leads to the row's first place in the list.
 */
export class HeapSnapshot {
  readonly #nodes: Uint32Array;
  readonly #edges: Uint32Array;
  /** By node: the row of its first edge. */
  readonly #firstEdges: Uint32Array;
  readonly #columns: Columns;
  /** Numbers of the strings that are looked for. */
  readonly #names: Readonly<Record<Name, number>>;
  /** By type of edge: whether it has a name. */
  readonly #isNamed: readonly boolean[];

  /** @param text the snapshot, as JSON; its lists are scanned, since they are megabytes of numbers */
  constructor(text: string) {
    const headEnd = text.indexOf(NODES);
    const { snapshot } = record(
      JSON.parse(`${text.slice(0, headEnd).trimEnd().replace(/,$/, "")}}`),
    );
    const { meta, node_count, edge_count } = record(snapshot);
    const layout = record(meta);
    this.#columns = columnsOf(layout);
    const { width, edgeWidth, edgeCount } = this.#columns;
    const nodes = Number(node_count);
    const edgesAt = text.indexOf(EDGES, headEnd);
    this.#nodes = numbersIn(text, headEnd + NODES.length, nodes * width);
    this.#edges = numbersIn(
      text,
      edgesAt + EDGES.length,
      Number(edge_count) * edgeWidth,
    );
    const stringsAt = text.indexOf(STRINGS, edgesAt) + STRINGS.length - 1;
    const strings: unknown = JSON.parse(
      text.slice(stringsAt, text.lastIndexOf("]") + 1),
    );
    const numberOf = (name: Name): number => listOf(strings).indexOf(name);
    this.#names = {
      context: numberOf("context"),
      previous: numberOf("previous"),
      scope: numberOf("scope"),
      this: numberOf("this"),
    };
    this.#isNamed = listOf(listOf(layout.edge_types)[0])
      .map((type) => type !== "element" && type !== "hidden");
    this.#firstEdges = new Uint32Array(nodes + 1);
    for (let node = 0; node < nodes; node++) {
      this.#firstEdges[node + 1] = (this.#firstEdges[node] ?? 0) +
        (this.#nodes[node * width + edgeCount] ?? 0);
    }
  }

  /**
   * Finds the `this` of an arrow function. It lies in a context around the
   * function, of the nearest function that has a `this` of its own.
   *
   * @param id the engine's number of the function
   * @returns the engine's number of what it has as `this`; null where that is
   * not kept, undefined where the snapshot does not have the function
   */
  receiverOf(id: number): number | null | undefined {
    const { width, id: column } = this.#columns;
    let row = column;
    while (row < this.#nodes.length && this.#nodes[row] !== id) row += width;
    if (row >= this.#nodes.length) return undefined;
    let context = this.#target((row - column) / width, "context");
    for (let i = 0; i < CONTEXTS_MAX && context !== null; i++) {
      const found = this.#target(context, "this");
      if (found !== null) return this.#nodes[found * width + column] ?? null;
      context = this.#target(context, "previous") ??
        this.#target(context, "scope");
    }
    return null;
  }

  /** The node that an edge of this name leads to. */
  #target(node: number, name: Name): number | null {
    const { width, edgeWidth, type, name: named, to } = this.#columns;
    const end = (this.#firstEdges[node + 1] ?? 0) * edgeWidth;
    let row = (this.#firstEdges[node] ?? 0) * edgeWidth;
    for (; row < end; row += edgeWidth) {
      if (!this.#isNamed[this.#edges[row + type] ?? 0]) continue;
      if (this.#edges[row + named] !== this.#names[name]) continue;
      return (this.#edges[row + to] ?? 0) / width;
    }
    return null;
  }
}

const NODES = '"nodes":[';
const EDGES = '"edges":[';
const STRINGS = '"strings":[';

type Name = "context" | "previous" | "scope" | "this";

/** Numbers of columns, and how many there are. */
interface Columns {
  readonly width: number;
  readonly id: number;
  readonly edgeCount: number;
  readonly edgeWidth: number;
  readonly type: number;
  readonly name: number;
  readonly to: number;
}

function columnsOf(meta: Readonly<Record<string, unknown>>): Columns {
  const [nodes, edges] = [listOf(meta.node_fields), listOf(meta.edge_fields)];
  return {
    width: nodes.length,
    id: nodes.indexOf("id"),
    edgeCount: nodes.indexOf("edge_count"),
    edgeWidth: edges.length,
    type: edges.indexOf("type"),
    name: edges.indexOf("name_or_index"),
    to: edges.indexOf("to_node"),
  };
}

/** The numbers of a list that begins at a place in the text. */
function numbersIn(text: string, start: number, count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  let at = start;
  for (let i = 0; i < count; i++) {
    let code = text.charCodeAt(at);
    while (code < ZERO || code > NINE) code = text.charCodeAt(++at);
    let value = 0;
    for (; code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) {
      value = value * 10 + code - ZERO;
    }
    numbers[i] = value;
  }
  return numbers;
}

const ZERO = "0".charCodeAt(0);
const NINE = "9".charCodeAt(0);

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
