/**
 * What functions travel in. A record is code, and whoever can change it can run
 * code anyway; so texts and calls in it are left out here, and what is tried is
 * whether the rest of a damaged one ends in an error.
 *
 * @module
 */
import { ProtocolError, SparkError } from "../../../src/common/errors.ts";
import type {
  ClosureNode,
  ClosureRecord,
} from "../../../src/protocol/closure_record.ts";
import { checkCommand } from "../../../src/protocol/command.ts";
import {
  decodeCommand,
  encodeCommand,
} from "../../../src/protocol/command_codec.ts";
import { ClosureReviver } from "../../../worker/closure/revive_closure.ts";
import type { FuzzDecoder } from "../decoder.ts";

/** One of each node that calls nothing. */
const NODES: readonly ClosureNode[] = [
  { kind: "object", keys: ["a", "b"], values: [{ ref: 1 }, { ref: 0 }] },
  { kind: "array", items: [1, { special: "hole" }, { ref: 0 }], length: 9 },
  { kind: "map", items: ["k", { ref: 1 }] },
  { kind: "set", items: [{ ref: 2 }, 1n], state: "frozen" },
  { kind: "built", type: "date", arguments: [0] },
  { kind: "built", type: "regexp", arguments: ["a+", "g"] },
  { kind: "built", type: "url", arguments: ["http://a/"] },
  { kind: "built", type: "error", arguments: ["at x"] },
  { kind: "buffer", bytes: new Uint8Array([1, 2, 3, 4]), limit: 8 },
  {
    kind: "view",
    type: "Uint16Array",
    buffer: { ref: 8 },
    offset: 0,
    length: 2,
  },
  { kind: "text", units: new Uint8Array([0, 0xd8]) },
  { kind: "symbol", description: "s" },
  { kind: "cell", value: { ref: 3 } },
  {
    kind: "object",
    keys: [],
    values: [],
    proto: null,
    more: [{ key: { ref: 11 }, flags: 3, value: { ref: 4 } }],
  },
];

const RECORD: ClosureRecord = {
  version: 1,
  codes: [],
  nodes: NODES,
  roots: NODES.map((_, ref) => ({ ref })),
};

const COMMAND = {
  version: 1,
  input: { kind: "batch" },
  steps: [],
  output: { kind: "text" },
  outputClosure: RECORD,
  memoryBytes: 1,
  broadcasts: [[0, 7]],
  packages: { kind: "none" },
};

/** Kinds that call nothing of this process. */
const CALLS_NOTHING: ReadonlySet<unknown> = new Set(
  NODES.map(({ kind }) => kind),
);

/** A stage's command, and the closure record in it. */
export const CLOSURES: FuzzDecoder = {
  name: "closures",
  covers: [
    "src/protocol/command.ts",
    "src/protocol/command_codec.ts",
    "src/protocol/command_items.ts",
    "worker/closure/revive_nodes.ts",
    "worker/closure/revive_leaf.ts",
    "worker/closure/revive_built.ts",
  ],
  seeds() {
    return [COMMAND, { ...COMMAND, outputClosure: null }, {
      version: 1,
      command: 7,
    }].map((value) => encodeCommand(value));
  },
  prepare() {
    const reviver = new ClosureReviver();
    return (bytes) => {
      const command = checkCommand(decodeCommand(bytes));
      if ("command" in command || command.outputClosure === null) return;
      const { nodes } = command.outputClosure;
      try {
        reviver.revive(
          {
            ...command.outputClosure,
            codes: [],
            nodes: Array.isArray(nodes) ? nodes.map(harmless) : nodes,
          },
          () => null,
        );
      } catch (error) {
        if (error instanceof SparkError) throw error;
        // A worker tells whatever is thrown here as the task's failure.
        throw new ProtocolError("TASK_FAILED", String(error), {});
      }
    };
  },
};

function harmless(node: unknown): ClosureNode {
  const isHarmless = typeof node === "object" && node !== null &&
    CALLS_NOTHING.has(Reflect.get(node, "kind"));
  return isHarmless ? node as ClosureNode : { kind: "cell", value: null };
}
