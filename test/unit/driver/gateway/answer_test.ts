import assert from "node:assert/strict";
import { ProtocolError } from "../../../../src/common/errors.ts";
import {
  type Answer,
  parseAnswer,
} from "../../../../src/driver/gateway/answer.ts";
import {
  JavaDecimal,
  type PlainValue,
} from "../../../../src/driver/gateway/java_value.ts";

const ENCODER = new TextEncoder();

function parse(text: string): Answer {
  return parseAnswer(ENCODER.encode(text));
}

Deno.test(
  "parseAnswer() reads every kind of value",
  { permissions: "none" },
  () => {
    const cases: [string, PlainValue][] = [
      ["!yv", null],
      ["!yn", null],
      ["!ybtrue", true],
      ["!ybfalse", false],
      ["!yi-5", -5],
      ["!yL9007199254740991", 9007199254740991],
      ["!yL9007199254740993", 9007199254740993n],
      ["!yL-9223372036854775808", -9223372036854775808n],
      ["!yd1.5", 1.5],
      ["!yd1.0E10", 1e10],
      ["!ydInfinity", Infinity],
      ["!yd-Infinity", -Infinity],
      ["!ydNaN", NaN],
      ["!yd-0.0", -0],
      ["!ys", ""],
      ["!ysa\\\\n\\n\\r\u00e9\u{1f600}", "a\\n\n\r\u00e9\u{1f600}"],
      ["!yjAQID", new Uint8Array([1, 2, 3])],
      ["!yj", new Uint8Array(0)],
      ["!yD-1.50", new JavaDecimal("-1.50")],
    ];
    for (const [text, value] of cases) {
      assert.deepEqual(parse(text), { kind: "value", value });
    }
  },
);

Deno.test(
  "parseAnswer() reads references, members and failures",
  { permissions: "none" },
  () => {
    const types = { r: "object", l: "list", a: "map", h: "set", t: "array" };
    for (const [letter, type] of Object.entries({ ...types, g: "iterator" })) {
      assert.deepEqual(parse(`!y${letter}o12`), {
        kind: "reference",
        id: "o12",
        type,
      });
    }
    assert.deepEqual(parse("!ym"), { kind: "member", type: "method" });
    assert.deepEqual(parse("!ycjava.lang.Math"), {
      kind: "member",
      type: "class",
    });
    assert.deepEqual(parse("!yo"), { kind: "member", type: "none" });
    assert.deepEqual(parse("!yp"), { kind: "member", type: "none" });
    assert.deepEqual(parse("!xro3"), { kind: "thrown", id: "o3" });
    assert.deepEqual(parse("!x"), {
      kind: "refused",
      reason: null,
      fatal: false,
    });
    assert.deepEqual(parse("!xspy4j.X: no\\n\tat y"), {
      kind: "refused",
      reason: "py4j.X: no\n\tat y",
      fatal: false,
    });
    assert.deepEqual(parse("!zsjava.lang.Y"), {
      kind: "refused",
      reason: "java.lang.Y",
      fatal: true,
    });
  },
);

Deno.test(
  "parseAnswer() refuses hostile answers",
  { permissions: "none" },
  () => {
    const cases = [
      "",
      "yi5",
      "!",
      "!q",
      "!y",
      "!yQ1",
      "!yi",
      "!yi5x",
      "!yi" + "9".repeat(30),
      "!yd",
      "!ydx",
      "!ybmaybe",
      "!yDx",
      "!yr",
      "!yro1 o2",
      "!xQ",
      "HTTP/1.1 400 Bad Request",
    ];
    for (const text of cases) {
      const first = text === "" ? "" : `, the first one ${text.charCodeAt(0)},`;
      assert.throws(() => parse(text), {
        name: "ProtocolError",
        condition: "ANSWER_INVALID",
        message:
          `Cannot read the JVM's answer: its ${text.length} bytes${first} are no answer of Py4J; the connection is out of step or not to a Spark gateway`,
      }, text);
    }
    assert.throws(() => parse("!yjA"), { condition: "BASE64_INVALID" });
  },
);

Deno.test(
  "parseAnswer() tells no secret of an answer that it refuses",
  { permissions: "none" },
  () => {
    for (const text of ["hunter2-is-secret", "!yihunter2", "!yrohunter2 x"]) {
      try {
        parse(text);
        assert.fail("it was taken");
      } catch (error) {
        assert.ok(error instanceof ProtocolError);
        const told = `${error.message} ${
          JSON.stringify(error.parameters)
        } ${error.cause}`;
        assert.ok(!told.includes("hunter2"), told);
      }
    }
  },
);
