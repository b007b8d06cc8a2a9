import assert from "node:assert/strict";
import {
  parseWorkerPermissions,
  permissionArguments,
} from "../../../src/common/worker_permissions.ts";

const NONE = { permissions: "none" } as const;
const START = "for spark.tspark.worker.permissions: ";

Deno.test("an empty setting grants nothing", NONE, () => {
  assert.deepEqual(parseWorkerPermissions(""), []);
  assert.deepEqual(parseWorkerPermissions("  "), []);
});

Deno.test("entries of one kind come together, and all of it wins", NONE, () => {
  const grants = parseWorkerPermissions(
    "net=api.example.com:443, read=/a b,read=/c,env,env=HOME,sys=uid",
  );
  assert.deepEqual(permissionArguments(grants), [
    "--allow-net=api.example.com:443",
    "--allow-read=/a b,/c",
    "--allow-env",
    "--allow-sys=uid",
  ]);
});

Deno.test("hosts are names, addresses, ranges, with ports", NONE, () => {
  for (const host of ["a.b", "10.0.0.1:80", "10.0.0.0/8", "[::1]:443"]) {
    assert.equal(parseWorkerPermissions(`net=${host}`).length, 1, host);
  }
});

Deno.test("what is no entry is refused with what to write", NONE, () => {
  const cases: readonly [text: string, message: string][] = [
    [
      "disk",
      '"disk" begins with none of net, read, write, env, sys, run; write entries such as "net=api.example.com" with commas between them, and a name before each value',
    ],
    [
      "net=a,b",
      '"b" begins with none of net, read, write, env, sys, run; write entries such as "net=api.example.com" with commas between them, and a name before each value',
    ],
    [
      "read=",
      '"read=" names nothing; write "read" for all, or leave the entry out',
    ],
    [
      "net=http://a",
      '"http://a" is no host; write a host or a host and a port, such as "net=api.example.com:443"',
    ],
    [
      "env=A=b",
      '"A=b" is no name of a variable; write the name alone, such as "env=HOME"',
    ],
    [
      "all",
      '"all" grants everything; leave it out, or remove the setting to let functions do everything',
    ],
    [
      "ffi=/x.so",
      '"ffi" lets native code do everything; leave it out, or remove the setting to let functions do everything',
    ],
    [
      "import",
      '"import" would load code from the network; leave it out, or remove the setting to let functions do everything',
    ],
  ];
  for (const [text, rest] of cases) {
    assert.throws(() => parseWorkerPermissions(text), {
      name: "RangeError",
      message: `Cannot use "${text}" ${START}${rest}`,
    });
  }
  assert.throws(
    () => parseWorkerPermissions("sys"),
    /"sys" would grant the inspector, which sees into every function/,
  );
  assert.throws(
    () => parseWorkerPermissions("sys=inspector"),
    /"inspector" is nothing that Deno can tell of the system; name what is needed, each as "sys=name": cpus, /,
  );
});
