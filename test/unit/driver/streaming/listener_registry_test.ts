import assert from "node:assert/strict";
import { ListenerRegistry } from "../../../../src/driver/streaming/listener_registry.ts";

Deno.test(
  "ListenerRegistry.remove() ends each time that the listener was added, and no other's",
  {
    permissions: "none",
  },
  async () => {
    const ended: string[] = [];
    const adds = (name: string) => () =>
      Promise.resolve(() => {
        ended.push(name);
        return Promise.resolve();
      });
    const registry = new ListenerRegistry();
    const [one, other] = [{}, {}];
    await registry.add(one, adds("first"));
    await registry.add(other, adds("other"));
    // Not awaited: it is removed all the same.
    const second = registry.add(one, adds("second"));
    await registry.remove(one);
    await second;
    assert.deepEqual(ended, ["first", "second"]);
    await registry.remove(one);
    await registry.remove({});
    assert.deepEqual(ended, ["first", "second"]);
  },
);

Deno.test("ListenerRegistry.add() forgets a listener that could not be added", {
  permissions: "none",
}, async () => {
  const registry = new ListenerRegistry();
  const listener = {};
  const failure = new Error("the JVM is gone");
  await assert.rejects(
    registry.add(listener, () => Promise.reject(failure)),
    failure,
  );
  await registry.remove(listener);
});
