import assert from "node:assert/strict";
import { HeapSnapshot } from "../../../../src/driver/closure/heap_snapshot.ts";

/** As V8 writes it: a row of six numbers for a node, of three for an edge. */
function snapshotOf(
  nodes: readonly (readonly [id: number, edges: number])[],
  edges: readonly (readonly [type: number, name: number, to: number])[],
): string {
  const meta = {
    "node_fields": [
      ...["type", "name", "id", "self_size", "edge_count", "detachedness"],
    ],
    "node_types": [["hidden", "object", "closure"], "string", "number"],
    "edge_fields": ["type", "name_or_index", "to_node"],
    "edge_types": [["context", "element", "property", "internal", "hidden"]],
  };
  const rows = nodes.map(([id, count]) => [2, 0, id, 16, count, 0].join());
  const links = edges.map(([type, name, to]) => [type, name, to * 6].join());
  return `{"snapshot":{"meta":${
    JSON.stringify(meta)
  },"node_count":${nodes.length},"edge_count":${edges.length}},\n"nodes":[${
    rows.join("\n,")
  }],\n"edges":[${
    links.join("\n,")
  }],\n"trace_function_infos":[],\n"strings":["<dummy>","context","previous","this",\n"] } quoted \\"nodes\\":["]}`;
}

const CONTEXT = 0;
const ELEMENT = 1;
const INTERNAL = 3;
const [IN, AROUND, THIS] = [1, 2, 3];

Deno.test({
  name: "HeapSnapshot finds the this of the nearest context that has one",
  permissions: "none",
  fn() {
    // A function in a block within a function with a `this`, within another.
    const text = snapshotOf([[1, 1], [3, 2], [5, 2], [7, 0], [9, 1], [11, 0]], [
      [INTERNAL, IN, 1],
      [ELEMENT, THIS, 5],
      [INTERNAL, AROUND, 2],
      [CONTEXT, THIS, 3],
      [INTERNAL, AROUND, 4],
      [CONTEXT, THIS, 5],
    ]);
    assert.equal(new HeapSnapshot(text).receiverOf(1), 7);
  },
});

Deno.test({
  name:
    "HeapSnapshot tells a function without this from one that it does not have",
  permissions: "none",
  fn() {
    const heap = new HeapSnapshot(
      snapshotOf([[1, 1], [4000000001, 0]], [[INTERNAL, IN, 1]]),
    );
    assert.equal(heap.receiverOf(1), null);
    assert.equal(heap.receiverOf(4000000001), null);
    assert.equal(heap.receiverOf(2), undefined);
  },
});
