import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { findNotebook } from "../../../../src/common/platform/find_notebook.ts";
import {
  interruptWithCells,
  NotebookProgress,
  showInCell,
} from "../../../../src/driver/context/notebook.ts";
import { RunningActions } from "../../../../src/driver/runtime/running_actions.ts";

Deno.test("findNotebook() finds a kernel's way to its notebook, and none in other programs", async () => {
  assert.equal(findNotebook(), null);
  assert.equal(findNotebook({}), null);
  const sent: unknown[] = [];
  const jupyter = {
    sent,
    broadcast(type: string, content: unknown) {
      this.sent.push([type, content]);
      return Promise.resolve();
    },
  };
  await findNotebook({ Deno: { jupyter } })?.("stream", { text: "a" });
  assert.deepEqual(sent, [["stream", { text: "a" }]]);
});

Deno.test("NotebookProgress shows one line, changes it, and takes it away", async () => {
  const sent: unknown[] = [];
  const done = Promise.withResolvers<void>();
  let ids = 0;
  const progress = new NotebookProgress((type, { data, transient }) => {
    sent.push([
      type,
      Object.values(data as object),
      Object.values(transient as object),
    ]);
    if (sent.length === 4) done.resolve();
    return sent.length === 2
      ? Promise.reject(new Error("gone"))
      : Promise.resolve();
  }, () => `id${++ids}`);
  progress.erase();
  progress.draw("[Stage 1 =>]");
  progress.draw("[Stage 1 ==]");
  progress.draw("[Stage 1 ==]");
  progress.erase();
  progress.erase();
  progress.draw("[b]");
  await done.promise;
  assert.deepEqual(sent, [
    ["display_data", [
      '<pre style="white-space:pre">[Stage 1 =&#62;]</pre>',
      "[Stage 1 =>]",
    ], ["id1"]],
    ["update_display_data", [
      '<pre style="white-space:pre">[Stage 1 ==]</pre>',
      "[Stage 1 ==]",
    ], [
      "id1",
    ]],
    ["update_display_data", ["", ""], ["id1"]],
    ["display_data", ['<pre style="white-space:pre">[b]</pre>', "[b]"], [
      "id2",
    ]],
  ]);
});

Deno.test("interruptWithCells() ends actions at SIGINT, until it is told to stop", () => {
  const actions = new RunningActions();
  const signals = new EventEmitter();
  const stop = interruptWithCells(actions, signals);
  const signal = actions.signalOf({});
  signals.emit("SIGINT");
  assert.equal(
    String(signal?.reason),
    "SparkError: Cannot finish the action: its cell was interrupted",
  );
  assert.equal(signal?.reason.condition, "INTERRUPTED");
  assert.equal(actions.signalOf({})?.aborted, false);
  stop();
  assert.equal(signals.listenerCount("SIGINT"), 0);
});

Deno.test("showInCell() sends a text as a program's output, to a kernel that may not answer", async () => {
  const sent: unknown[] = [];
  const quiet = (type: string, content: unknown): Promise<void> => {
    sent.push([type, content]);
    return undefined as unknown as Promise<void>; // as Deno's does
  };
  await showInCell(quiet, "a\n", false);
  await showInCell(quiet, "b\n", true);
  await showInCell(() => Promise.reject(new Error("gone")), "c\n", true);
  assert.deepEqual(sent, [
    ["stream", { name: "stdout", text: "a\n" }],
    ["stream", { name: "stderr", text: "b\n" }],
  ]);
});
