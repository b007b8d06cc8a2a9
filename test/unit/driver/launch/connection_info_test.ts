import assert from "node:assert/strict";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import {
  joinedConnectionInfo,
  readConnectionInfo,
} from "../../../../src/driver/launch/connection_info.ts";

Deno.test(
  "readConnectionInfo() reads port and secret",
  { permissions: "none" },
  () => {
    const bytes = new ByteWriter().writeInt(40123).writeString("s3cret");
    assert.deepEqual(readConnectionInfo(bytes.finish()), {
      port: 40123,
      secret: "s3cret",
    });
  },
);

Deno.test(
  "readConnectionInfo() refuses a corrupt file",
  { permissions: "none" },
  () => {
    const cases: ByteWriter[] = [
      new ByteWriter(),
      new ByteWriter().writeInt(40123),
      new ByteWriter().writeInt(40123).writeInt(64),
      new ByteWriter().writeInt(40123).writeInt(-1),
      new ByteWriter().writeInt(40123).writeInt(0x7fffffff),
      new ByteWriter().writeInt(0).writeString("s3cret"),
      new ByteWriter().writeInt(70000).writeString("s3cret"),
      new ByteWriter().writeInt(-5).writeString("s3cret"),
      new ByteWriter().writeInt(40123).writeString(""),
      new ByteWriter().writeInt(40123).writeString("two\nlines"),
      new ByteWriter().writeInt(40123).writeString("s3cret").writeBool(true),
      new ByteWriter().writeInt(40123).writeSizedBytes(new Uint8Array([0xff])),
    ];
    for (const writer of cases) {
      assert.throws(() => readConnectionInfo(writer.finish()), {
        name: "GatewayError",
        condition: "HANDSHAKE_CORRUPT",
        message:
          `Cannot read the connection file that the JVM wrote: its ${writer.length} bytes are not a port and a secret; check that SPARK_HOME is an unchanged Spark 3.5 or 4.x`,
      });
    }
  },
);

Deno.test(
  "joinedConnectionInfo() reads the variables that spark-submit sets",
  { permissions: "none" },
  () => {
    assert.equal(joinedConnectionInfo({ PYSPARK_GATEWAY_SECRET: "x" }), null);
    assert.deepEqual(
      joinedConnectionInfo({
        PYSPARK_GATEWAY_PORT: "40123",
        PYSPARK_GATEWAY_SECRET: "x",
      }),
      { port: 40123, secret: "x" },
    );
  },
);

Deno.test(
  "joinedConnectionInfo() refuses half a pair and what is no port",
  { permissions: "none" },
  () => {
    for (const port of ["", "x", "0", "65536", "-1", "1e3"]) {
      assert.throws(
        () =>
          joinedConnectionInfo({
            PYSPARK_GATEWAY_PORT: port,
            PYSPARK_GATEWAY_SECRET: "x",
          }),
        {
          condition: "GATEWAY_VARIABLES_INVALID",
          message:
            `Cannot join the JVM that PYSPARK_GATEWAY_PORT names: its value "${port}" is not a port; unset it to start a JVM of our own`,
        },
      );
    }
    assert.throws(() => joinedConnectionInfo({ PYSPARK_GATEWAY_PORT: "5" }), {
      condition: "GATEWAY_VARIABLES_INVALID",
      message:
        "Cannot join the JVM at port 5: PYSPARK_GATEWAY_PORT is set and PYSPARK_GATEWAY_SECRET is not; set both or none",
    });
  },
);
