import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import {
  readSecret,
  readSecretAnswer,
  writeDaemonAddress,
  writePid,
  writeSecret,
  writeSecretAnswer,
} from "../../../src/protocol/handshake.ts";

const SECRET = "5a".repeat(32);

Deno.test({
  name: "writeDaemonAddress writes a port as an int and a path as a string",
  permissions: "none",
  fn(): void {
    const writer = new ByteWriter();
    writeDaemonAddress(writer, 40001);
    writeDaemonAddress(writer, "/s");
    assert.equal(writer.finish().toHex(), "00009c41" + "00000002" + "2f73");
  },
});

Deno.test({
  name: "writePid writes an int",
  permissions: "none",
  fn(): void {
    const writer = new ByteWriter();
    writePid(writer, 4_194_304);
    assert.equal(writer.finish().toHex(), "00400000");
  },
});

Deno.test({
  name: "readSecret knows the right secret from any other",
  permissions: "none",
  fn(): void {
    const others = [
      "",
      SECRET.slice(1),
      SECRET + "0",
      SECRET + SECRET,
      SECRET.replace("5", "6"),
      SECRET.slice(0, -1) + "b",
    ];
    assert.equal(readSecret(sent(SECRET), SECRET), true);
    for (const other of others) {
      assert.equal(readSecret(sent(other), SECRET), false, other);
    }
    assert.equal(readSecret(sent("größe"), "größe"), true);
  },
});

Deno.test({
  name: "readSecret lets nobody in when the expected secret is empty",
  permissions: "none",
  fn(): void {
    assert.equal(readSecret(sent(""), ""), false);
    assert.equal(readSecret(sent("x"), ""), false);
  },
});

Deno.test({
  name: "readSecret refuses a length that no secret has",
  permissions: "none",
  fn(): void {
    const wire = new ByteWriter().writeInt(4097).finish();
    assert.throws(() => readSecret(ByteReader.of(wire), SECRET), {
      name: "ProtocolError",
      condition: "LENGTH_INVALID",
      message:
        "Cannot read the secret: the length is 4097 bytes, which is not between 0 and 4096; the stream is out of step or does not come from Spark",
    });
  },
});

Deno.test({
  name: "readSecretAnswer accepts ok and refuses anything else",
  permissions: "none",
  fn(): void {
    const writer = new ByteWriter();
    writeSecretAnswer(writer, true);
    writeSecretAnswer(writer, false);
    const reader = ByteReader.of(writer.finish(), 1);
    readSecretAnswer(reader);
    assert.throws(() => readSecretAnswer(reader), {
      name: "ProtocolError",
      condition: "SECRET_REFUSED",
      message:
        'Cannot connect to the JVM: it answered "err" to the secret; the secret belongs to another application or was changed',
    });
  },
});

function sent(secret: string): ByteReader {
  const writer = new ByteWriter();
  writeSecret(writer, secret);
  return ByteReader.of(writer.finish(), 1);
}
