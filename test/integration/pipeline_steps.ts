import assert from "node:assert/strict";
import { JavaError } from "../../src/common/errors.ts";
import type { Gateway } from "../../src/driver/gateway/gateway.ts";
import { readSeq } from "../../src/driver/gateway/java_convert.ts";
import { JavaNumber } from "../../src/driver/gateway/java_scalar.ts";
import type {
  Pipeline,
  PipelineObject,
} from "../../src/driver/gateway/pipeline.ts";

/** What holds of `Gateway.pipeline` over any JVM, one step for each theme. */
export const PIPELINE_STEPS: Readonly<
  Record<string, (gateway: Gateway) => Promise<void>>
> = {
  "pipelines: calls on what the ones before give": async (gateway) => {
    const borrowed = await gateway.construct("java.util.ArrayList");
    await borrowed.call("add", "mine");
    const [list, text, size, absent] = await gateway.pipeline((p) => {
      const made = p.list(["a", 1, null, 2n ** 70n, new Uint8Array([7])]);
      made.value("add", p.list([borrowed, new Map([["k", [true]]])]));
      made.value("addAll", p.list(new Set(["x", "y", "z", "\n"])));
      return [
        made,
        made.call("subList", 0, 4).value("toString"),
        p.use(borrowed).value("size"),
        p.construct("java.util.HashMap").value("get", "x"),
      ];
    });
    assert.equal(list.type, "list");
    assert.equal(text, "[a, 1, null, 1180591620717411303424]");
    assert.deepEqual([size, absent], [1, null]);
    const rest = await list.callObject("subList", 5, 10);
    assert.equal(
      await rest.callString("toString"),
      "[[[mine], {k=[true]}], x, y, z, \n]",
    );
  },

  "pipelines: lists of strings, and nothing at all": async (gateway) => {
    for (
      const texts of [[], [""], ["a", "b", "c"], ["", "b", "c\0d", "e"], [
        "\u00e9",
        "\u{1f600}",
        "\\",
        "\n",
      ]]
    ) {
      const seq = await gateway.pipeline((p) => p.seq(texts));
      assert.deepEqual(await readSeq(seq), texts);
    }
    assert.equal(await gateway.pipeline(() => {}), undefined);
    assert.deepEqual(await gateway.pipeline(() => []), []);
  },

  "pipelines: arrays, and what is in them": async (gateway) => {
    const [texts, sum, size, second] = await gateway.pipeline((p) => {
      const array = p.array("java.lang.Object", ["x", null, "y"]);
      const longs = p.array("long", [JavaNumber.long(1), 2n ** 40n]);
      const lists = p.array("java.util.List", [["a"], p.list(["b", 1])]);
      return [
        p.valueStatic("java.util.Arrays", "toString", array),
        p.valueStatic("java.util.Arrays", "toString", longs),
        p.valueStatic("java.lang.reflect.Array", "getLength", lists),
        p.element(lists, 1),
      ];
    });
    assert.equal(texts, "[x, null, y]");
    assert.equal(sum, "[1, 1099511627776]");
    assert.equal(size, 2);
    assert.equal(await second.callString("toString"), "[b, 1]");
    await assert.rejects(
      gateway.pipeline((p) => p.element(p.array("int", [1]), 1)),
      {
        message: 'Cannot read "[1]": java.lang.ArrayIndexOutOfBoundsException',
      },
    );
  },

  "pipelines: many at once": async (gateway) => {
    const many = Array.from({ length: 50 }, (_, i) => i);
    const sizes = await Promise.all(
      many.map((n) =>
        gateway.pipeline((p) => p.list(many.slice(0, n)).value("size"))
      ),
    );
    assert.deepEqual(sizes, many);
  },

  "pipelines: the first failure is told, with its subject": async (gateway) => {
    let told: unknown[] = [];
    const explain = (...parts: unknown[]): Error => {
      told = parts;
      return new RangeError("explained");
    };
    const failing = gateway.pipeline((p) => {
      p.subject = 1;
      const list = p.list([1]);
      p.subject = 2;
      list.call("get", 7).call("nope");
      p.subject = 3;
      list.value("size");
    }, { explain });
    await assert.rejects(failing, { name: "RangeError", message: "explained" });
    const [error, subject] = told;
    assert.equal(subject, 2);
    assert.ok(error instanceof JavaError);
    assert.equal(error.javaClass, "java.lang.IndexOutOfBoundsException");
  },

  "pipelines: what a failure says": async (gateway) => {
    const cases: [(p: Pipeline) => unknown, string, string][] = [
      [
        (p) => p.list([]).call("nope", 1),
        "MEMBER_NOT_FOUND",
        'Cannot call "nope" of "java.util.ArrayList": Method nope([class java.lang.Integer]) does not exist',
      ],
      [
        (p) => p.callStatic("java.lang.Math", "nope"),
        "MEMBER_NOT_FOUND",
        'Cannot call "nope" of "java.lang.Math": Method nope([]) does not exist',
      ],
      [
        (p) => p.construct("no.such.Class"),
        "MEMBER_NOT_FOUND",
        'Cannot construct "no.such.Class": the JVM has no class "no.such.Class"',
      ],
      [
        (p) => p.staticField("java.lang.Long", "NOPE"),
        "MEMBER_NOT_FOUND",
        'Cannot read "NOPE" of "java.lang.Long": the JVM knows no such class or member',
      ],
      [
        (p) => p.callStatic("java.lang.Math", "abs", 1),
        "ANSWER_UNEXPECTED",
        'Cannot take what "abs" gave as an object: it is the number 1',
      ],
      [
        (p) => p.list([]).value("iterator"),
        "ANSWER_UNEXPECTED",
        'Cannot take what "iterator" gave as a value: it is a Java iterator',
      ],
    ];
    for (const [body, condition, message] of cases) {
      const failing = gateway.pipeline((p) => void body(p));
      await assert.rejects(failing, { condition, message });
    }
    assert.equal(await gateway.pipeline((p) => p.list([1]).value("size")), 1);
  },

  "pipelines: calls out of place": async (gateway) => {
    let kept: { pipeline: Pipeline; object: PipelineObject } | undefined;
    const list = await gateway.pipeline((pipeline) => {
      const object = pipeline.list([]);
      kept = { pipeline, object };
      return object;
    });
    assert.throws(() => kept?.pipeline.list([]), {
      condition: "PIPELINE_SENT",
      message:
        "Cannot add a call to a pipeline: its calls were sent; make all of them before the function given to pipeline() returns, without waiting for anything",
    });
    const other = gateway.pipeline((p) => p.list([kept?.object ?? null]));
    await assert.rejects(other, {
      condition: "PIPELINE_OTHER",
      message:
        "Cannot use an object of another pipeline: it lives only while that runs; return it from its function, and use the Java object that comes back",
    });
    list.release();
    await assert.rejects(gateway.pipeline((p) => p.use(list)), {
      condition: "OBJECT_RELEASED",
    });
  },
};
