import assert from "node:assert/strict";
import {
  missingRights,
  type Right,
  rightsOption,
} from "../../../../src/common/platform/rights.ts";

const RIGHTS: readonly Right[] = [
  { name: "run", command: "/bin/sh" },
  { name: "net", host: "127.0.0.1" },
  { name: "env", variable: "HOME" },
  { name: "read", path: "/a" },
  { name: "read", path: "/b" },
  { name: "write", path: "/c" },
  { name: "sys" },
];

Deno.test("missingRights() gives what is not granted, in order", {
  permissions: { read: ["/a"], net: ["127.0.0.1"], sys: true },
}, () => {
  assert.deepEqual(
    missingRights(RIGHTS).map((right) => rightsOption(right.name, [right])),
    [
      "--allow-run=/bin/sh",
      "--allow-env=HOME",
      "--allow-read=/b",
      "--allow-write=/c",
    ],
  );
});

Deno.test("rightsOption() joins the values of one name", {
  permissions: "none",
}, () => {
  assert.equal(rightsOption("read", RIGHTS), "--allow-read=/a,/b");
  assert.equal(rightsOption("net", RIGHTS), "--allow-net=127.0.0.1");
  assert.equal(rightsOption("sys", RIGHTS), "--allow-sys");
});
