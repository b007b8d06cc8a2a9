import assert from "node:assert/strict";
import {
  ModuleObjects,
  standAlone,
} from "../../../../src/driver/closure/module_object.ts";

const tagged = Object.defineProperty({}, Symbol.toStringTag, {
  value: "Module",
});

Deno.test({
  name: "ModuleObjects knows what compilers put in a namespace's place",
  permissions: "none",
  fn(): void {
    const modules = new ModuleObjects();
    assert.equal(modules.has({ __esModule: true, a: 1 }), true);
    assert.equal(modules.has(tagged), true);
    assert.equal(modules.has(new Proxy(tagged, {})), true);
    assert.equal(modules.has({ a: 1 }), false);
    assert.equal(modules.has({ __esModule: 1 }), false);
    assert.equal(modules.has(Object.create({ __esModule: true })), false);
  },
});

Deno.test({
  name: "ModuleObjects leaves a proxy alone that forbids the question",
  permissions: "none",
  fn(): void {
    const { proxy, revoke } = Proxy.revocable({ __esModule: true }, {});
    revoke();
    assert.equal(new ModuleObjects().has(proxy), false);
  },
});

Deno.test({
  name: "standAlone() wants exports of the object's own that do not use this",
  permissions: "none",
  fn(): void {
    const exported = {
      double: (x: number): number => x * 2,
      both(x: number): number {
        return this.double(x);
      },
      Box: class {
        readonly size = 1;
        grow(): number {
          return this.size + 1;
        }
      },
    };
    assert.equal(standAlone(exported, new Set(["double", "Box"])), true);
    assert.equal(standAlone(exported, new Set(["both"])), false);
    assert.equal(standAlone(exported, new Set(["toString"])), false);
    assert.equal(
      standAlone({ ...exported, __esModule: true }, new Set(["both"])),
      true,
    );
  },
});
