import assert from "node:assert/strict";
import { checkCommand } from "../../../src/protocol/command.ts";

const NONE = { permissions: "none" } as const;
const STAGE = {
  version: 1,
  input: { kind: "batch" },
  steps: [],
  output: { kind: "text" },
  outputClosure: null,
  memoryBytes: 1,
  broadcasts: [[0, 7]],
  packages: { kind: "none" },
};

Deno.test(
  "a command and one by broadcast are let through as they are",
  NONE,
  () => {
    for (const command of [STAGE, { version: 1, command: 7 }]) {
      assert.equal(checkCommand(command), command);
    }
  },
);

Deno.test("what is no command is refused with the reason", NONE, () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [null, "null"],
    [7, "a number"],
    [{ command: "7" }, '"command" is no number of a broadcast'],
    [{}, '"version" is missing or of a wrong kind'],
    [new Map([["version", 1]]), '"version" is missing or of a wrong kind'],
    ...Object.keys(STAGE).map((name) =>
      [
        { ...STAGE, [name]: "x" },
        `"${name}" is missing or of a wrong kind`,
      ] as const
    ),
    [
      { ...STAGE, broadcasts: [[1]] },
      '"broadcasts" is missing or of a wrong kind',
    ],
    [
      { ...STAGE, input: { kind: 1 } },
      '"input" is missing or of a wrong kind',
    ],
  ];
  for (const [value, reason] of cases) {
    assert.throws(() => checkCommand(value), {
      condition: "COMMAND_INVALID",
      message:
        `Cannot run a task: its command is not one of TSpark's (${reason}); use the same TSpark on the driver and the executors`,
    });
  }
});
