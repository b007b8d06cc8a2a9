import assert from "node:assert/strict";
import type { CallSite } from "../../../../src/driver/runtime/call_site.ts";
import { RunningActions } from "../../../../src/driver/runtime/running_actions.ts";

const pure = { permissions: "none" } as const;

Deno.test(
  "RunningActions takes a signal, and refuses what is like one",
  pure,
  () => {
    const actions = new RunningActions();
    const { signal } = new AbortController();
    assert.equal(actions.signalOf({ signal }), signal);
    assert.equal(actions.signalOf({}), undefined);
    assert.equal(actions.signalOf({ retries: 2 } as object), undefined);
    const wrong: readonly [object, string][] = [
      [
        { signl: signal },
        'Cannot run an action with the option "signl": write "signal"',
      ],
      [
        { Signal: signal },
        'Cannot run an action with the option "Signal": write "signal"',
      ],
      [
        { signal: 1 },
        "Cannot run an action with 1 for its signal: give an AbortSignal, such as that of an AbortController",
      ],
      [
        { signal: new AbortController() },
        "Cannot run an action with an object of class AbortController for its signal: give an AbortSignal, such as that of an AbortController",
      ],
    ];
    for (const [options, message] of wrong) {
      assert.throws(() => actions.signalOf(options), {
        name: "TypeError",
        message,
      });
    }
  },
);

Deno.test(
  "RunningActions.pass() counts rows of the action whose chain of calls it is",
  pure,
  async () => {
    const actions = new RunningActions();
    actions.pass(1, "sent"); // of no action
    const site: CallSite = { operation: "collect()", position: "" };
    const first = Promise.withResolvers<void>();
    const running = actions.during(site, async () => {
      assert.equal(actions.oldest?.passed, undefined);
      await actions.during(site, () => {
        actions.pass(5, "sent");
        return Promise.resolve();
      });
      actions.pass(2, "received");
      await first.promise;
      actions.pass(3, "received");
    });
    await Promise.resolve();
    first.resolve();
    const { oldest } = actions;
    await running;
    assert.deepEqual(oldest?.passed, { rows: 5, way: "received" });
  },
);

Deno.test(
  "RunningActions tells of each end, and that the program goes on otherwise",
  pure,
  async () => {
    const actions = new RunningActions();
    let told = 0;
    actions.onEnd(() => told++);
    const site = { operation: "count()", position: "" };
    assert.equal(await actions.during(site, () => Promise.resolve(told)), 0);
    assert.equal(told, 1);
    actions.programContinues();
    assert.equal(told, 2);
  },
);
