import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { TEST_USE } from "./run_cases.ts";

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const trapping = trap(() => 1);
const child = Object.create(trap({}));
class Base {}
Object.setPrototypeOf(Base.prototype, trap({}));
const grandchild = new (class extends Base {})();
const holding = { list: [{ deep: trap([]) }] };

/** By what is captured: the function, and the way from it to the proxy. */
const CASES: Record<string, [f: () => unknown, path: string]> = {
  "a revoked one": [() => revoked, "revoked"],
  "one of a function, whose traps throw": [() => trapping(), "trapping"],
  "one that is a prototype": [() => child, "child → prototype"],
  "one far up": [() => grandchild, "grandchild → prototype"],
  "one deep within": [() => holding, "holding.list[0].deep"],
};

for (const [name, [f, path]] of Object.entries(CASES)) {
  Deno.test(`capture() refuses proxies and asks them nothing: ${name}`, async () => {
    using capturer = new ClosureCapturer();
    const culprit = /(\w+)(?: → prototype)?$/.exec(path)?.[1] ?? "";
    await assert.rejects(capturer.capture([f], TEST_USE), {
      name: "ClosureError",
      message:
        `Cannot capture "${culprit}" used by map() at app.ts:14:9: a Proxy cannot leave this process; capture the object behind it\n` +
        `  path: map() function → ${path}`,
    });
  });
}

Deno.test("capture() tells a value from a function where the value itself is refused", async () => {
  using capturer = new ClosureCapturer();
  const use = { operation: "broadcast()", position: "a.ts:1:2" };
  await assert.rejects(
    capturer.capture([revoked], [{ ...use, given: "value" }]),
    {
      message:
        'Cannot capture "value" used by broadcast() at a.ts:1:2: a Proxy cannot leave this process; capture the object behind it\n' +
        "  path: broadcast() value",
    },
  );
});

/** A proxy that fails whatever it is asked. */
function trap<T extends object>(target: T): T {
  const fail = (): never => {
    throw new Error("trapped");
  };
  return new Proxy(target, {
    get: fail,
    getOwnPropertyDescriptor: fail,
    getPrototypeOf: fail,
    has: fail,
    ownKeys: fail,
  });
}
