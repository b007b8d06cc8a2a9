import assert from "node:assert/strict";
import { ProtocolError } from "../../../../src/common/errors.ts";
import type {
  ClosureNode,
  ClosureRecord,
} from "../../../../src/protocol/closure_record.ts";
import { ClosureReviver } from "../../../../worker/closure/revive_closure.ts";

function recordOf(...nodes: ClosureNode[]): ClosureRecord {
  return { version: 1, codes: [], nodes, roots: [{ ref: 0 }] };
}

function revive(record: ClosureRecord): unknown {
  return new ClosureReviver().revive(record, () => null)[0];
}

/** A function that counts, from a captured number. */
const COUNTER: ClosureRecord = {
  version: 1,
  codes: [{
    form: "expression",
    source: "() => ++n",
    url: "file:///app.ts",
    line: 4,
    column: 10,
    strict: true,
    names: ["n"],
    eager: 0,
  }],
  nodes: [{ kind: "function", code: 0, name: "count", captures: [5] }],
  roots: [{ ref: 0 }],
};

Deno.test({
  name: "revive() gives fresh captured values at each call",
  permissions: "none",
  fn(): void {
    const reviver = new ClosureReviver();
    for (let task = 0; task < 3; task++) {
      const [count] = reviver.revive(COUNTER, () => null);
      assert.ok(typeof count === "function");
      assert.deepEqual([count(), count(), count.name], [6, 7, "count"]);
    }
  },
});

Deno.test({
  name: "revive() compiles so that positions are those of the script",
  permissions: "none",
  fn(): void {
    const [code] = COUNTER.codes;
    assert.ok(code !== undefined);
    const thrower: ClosureRecord = {
      ...COUNTER,
      codes: [{ ...code, source: "() => {\n  throw new Error('x') }" }],
    };
    const f = revive(thrower);
    assert.ok(typeof f === "function");
    assert.throws(() => f(), (error: Error) => {
      assert.match(error.stack ?? "", /tspark:file:\/\/\/app\.ts:6:9/);
      return true;
    });
  },
});

Deno.test({
  name: "revive() refuses a record with a reference to nothing",
  permissions: "none",
  fn(): void {
    const record = recordOf({ kind: "array", items: [{ ref: 9 }] });
    assert.throws(
      () => revive(record),
      new ProtocolError(
        "CLOSURE_RECORD_BROKEN",
        'Cannot revive node "9": the record has 1 nodes; use one version of TSpark everywhere',
        { id: 9, nodes: 1 },
      ),
    );
    assert.throws(
      () => revive(recordOf({ kind: "function", code: 3, captures: [] })),
      {
        message:
          'Cannot revive function "": the record has no code "3"; use one version of TSpark everywhere',
      },
    );
  },
});

Deno.test({
  name: "revive() refuses what this runtime does not have",
  permissions: "none",
  fn(): void {
    const given: readonly (readonly [ClosureNode, string])[] = [
      [{ kind: "builtin", path: ["Math", "nope"] }, "Math.nope"],
      [
        { kind: "built", type: "temporal", arguments: ["Nope", "x"] },
        "Temporal.Nope",
      ],
      [
        { kind: "built", type: "intl", arguments: ["Nope", "de", null] },
        "Intl.Nope",
      ],
      [
        {
          kind: "module",
          specifier: "node:path",
          namespace: false,
          path: ["nope"],
        },
        "node:path.nope",
      ],
    ];
    for (const [node, path] of given) {
      assert.throws(() => revive(recordOf(node)), {
        name: "ProtocolError",
        message:
          `Cannot revive "${path}": this worker's runtime does not have it; use the driver's version of the runtime`,
      });
    }
  },
});
