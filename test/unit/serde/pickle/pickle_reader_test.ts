import assert from "node:assert/strict";
import * as fc from "fast-check";
import { ProtocolError } from "../../../../src/common/errors.ts";
import {
  readPickle,
  readPickledBatch,
} from "../../../../src/serde/pickle/pickle_reader.ts";
import { OP } from "../../../../src/serde/pickle/pickle_opcodes.ts";

const pure = { permissions: "none" } as const;

/**
 * What the Pickler of Spark 3.5.9 (pickle-1.3.jar) and of 4.3.0
 * (pickle-1.5.jar) both write, with `new Pickler(true, false).dumps(value)`.
 */
const FROM_JVM: readonly (readonly [java: string, hex: string, unknown])[] = [
  ["null", "80024e2e", null],
  ["true", "8002882e", true],
  ["false", "8002892e", false],
  ["255", "80024bff2e", 255],
  ["65535", "80024dffff2e", 65535],
  ["65536", "80024a000001002e", 65536],
  ["-1", "80024affffffff2e", -1],
  ["Integer.MIN_VALUE", "80024a000000802e", -(2 ** 31)],
  ["2147483648L", "80028a05000000800071002e", 2 ** 31],
  ["1L << 53", "80028a070000000000002071002e", 2n ** 53n],
  ["(1L << 53) + 1", "80028a070100000000002071002e", 2n ** 53n + 1n],
  [
    "Long.MAX_VALUE",
    "80028a08ffffffffffffff7f71002e",
    2n ** 63n - 1n,
  ],
  ["Long.MIN_VALUE", "80028a08000000000000008071002e", -(2n ** 63n)],
  [
    "new BigInteger(…)",
    "80028a0d2ef5c0b1111f8c3c09f01671fe71002e",
    -123456789012345678901234567890n,
  ],
  ["1.5f", "8002473ff80000000000002e", 1.5],
  ["0.1", "8002473fb999999999999a2e", 0.1],
  ["NaN", "8002477ff80000000000002e", NaN],
  ["-0.0", "80024780000000000000002e", -0],
  ["-Infinity", "800247fff00000000000002e", -Infinity],
  ["'x'", "800258010000007871002e", "x"],
  ['"hé𝔄\\n"', "8002580800000068c3a9f09d94840a71002e", "hé𝔄\n"],
  ['""', "8002580000000071002e", ""],
  [
    "BigDecimal 12.340",
    "800263646563696d616c0a446563696d616c0a580600000031322e3334307100855271012e",
    "12.340",
  ],
  [
    "byte[] {0, 1, 127, -128, -1}",
    "8002635f5f6275696c74696e5f5f0a6279746561727261790a580700000000017fc280c3bf710058070000006c6174696e2d317101865271022e",
    new Uint8Array([0, 1, 127, 128, 255]),
  ],
  [
    "byte[0]",
    "8002635f5f6275696c74696e5f5f0a6279746561727261790a5800000000710058070000006c6174696e2d317101865271022e",
    new Uint8Array(0),
  ],
  [
    "int[] {1, -2}",
    "80026361727261790a61727261790a5501695d284b014afeffffff65865271002e",
    new Int32Array([1, -2]),
  ],
  [
    "long[] {1, Long.MAX_VALUE}",
    "80026361727261790a61727261790a55016c5d284b018a08ffffffffffffff7f710065865271012e",
    new BigInt64Array([1n, 2n ** 63n - 1n]),
  ],
  [
    "double[] {1.5, -2}",
    "80026361727261790a61727261790a5501645d28473ff800000000000047c00000000000000065865271002e",
    new Float64Array([1.5, -2]),
  ],
  [
    "float[] {1.5}",
    "80026361727261790a61727261790a5501665d28473ff800000000000065865271002e",
    new Float32Array([1.5]),
  ],
  [
    "short[] {1, -2}",
    "80026361727261790a61727261790a5501685d284b014afeffffff65865271002e",
    new Int16Array([1, -2]),
  ],
  ["char[]", "8002580300000061c3a971002e", "aé"],
  ["boolean[]", "800288898671002e", [true, false]],
  ["Object[0]", "80022971002e", []],
  ["Object[1]", "80024b018571002e", [1]],
  ["Object[2]", "80024b0158010000006171008671012e", [1, "a"]],
  ["Object[4]", "8002284b014b024b034e7471002e", [1, 2, 3, null]],
  ["ArrayList", "80025d7100284b015801000000617101652e", [1, "a"]],
  [
    "LinkedHashMap",
    "80027d71002858010000006171014b014b024e752e",
    new Map<unknown, unknown>([["a", 1], [2, null]]),
  ],
  [
    "LinkedHashSet",
    "8002635f5f6275696c74696e5f5f0a7365740a5d284b014b0265855271002e",
    new Set([1, 2]),
  ],
  [
    "one array twice",
    "8002580400000073616d6571004b01867101680168008771022e",
    [["same", 1], ["same", 1], "same"],
  ],
  [
    "sql.Date",
    "8002636461746574696d650a646174650a4db2074b014b02875271002e",
    new Date("1970-01-02"),
  ],
  [
    "UUID, as a bean",
    "80027d71002858130000006d6f73745369676e69666963616e744269747371014b0158140000006c656173745369676e69666963616e744269747371024b0258090000005f5f636c6173735f5f7103580e0000006a6176612e7574696c2e555549447104752e",
    new Map<string, unknown>([
      ["mostSignificantBits", 1],
      ["leastSignificantBits", 2],
      ["__class__", "java.util.UUID"],
    ]),
  ],
];

/** What Python 3 writes, with `pickle.dumps(value, 2)`. */
const FROM_PYTHON:
  readonly (readonly [python: string, hex: string, unknown])[] = [
    [
      "ints",
      "80025d7100284e88894b004bff4dffff4affffffff8a0500000080008a07010000000000208a080000000000000080652e",
      [
        null,
        true,
        false,
        0,
        255,
        65535,
        -1,
        2 ** 31,
        2n ** 53n + 1n,
        -(2n ** 63n),
      ],
    ],
    [
      "str, float",
      "80025d710028580700000068c3a9f09d94847101473ff8000000000000477ff0000000000000652e",
      ["hé𝔄", 1.5, Infinity],
    ],
    [
      "bytes, bytearray",
      "80025d710028635f636f646563730a656e636f64650a7101580300000000c3bf710258060000006c6174696e317103867104527105635f5f6275696c74696e5f5f0a62797465730a710629527107635f5f6275696c74696e5f5f0a6279746561727261790a71086801580300000001c3be7109680386710a52710b85710c52710d68082952710e652e",
      [
        new Uint8Array([0, 255]),
        new Uint8Array(0),
        new Uint8Array([1, 254]),
        new Uint8Array(0),
      ],
    ],
    [
      "tuples, lists, dicts",
      "80025d7100284b015801000000617101867102294b018571034b014b024b03877104284b014b024b034b047471055d71065d71074b01617d71087d710968014b01737d710a2868014b014b024e75652e",
      [
        [1, "a"],
        [],
        [1],
        [1, 2, 3],
        [1, 2, 3, 4],
        [],
        [1],
        new Map(),
        new Map([["a", 1]]),
        new Map<unknown, unknown>([["a", 1], [2, null]]),
      ],
    ],
    [
      "set, frozenset",
      "80025d710028635f5f6275696c74696e5f5f0a7365740a71015d71024b0161857103527104635f5f6275696c74696e5f5f0a66726f7a656e7365740a71055d71064b026185710752710868015d710985710a52710b652e",
      [new Set([1]), new Set([2]), new Set()],
    ],
    [
      "array.array",
      "80026361727261790a61727261790a710058010000006471015d7102473ff8000000000000618671035271042e",
      new Float64Array([1.5]),
    ],
    [
      "2 ** 2100",
      `80028b07010000${"00".repeat(262)}102e`,
      2n ** 2100n,
    ],
  ];

Deno.test("readPickle reads what Spark's Pickler writes", pure, () => {
  for (const [java, hex, value] of FROM_JVM) {
    assert.deepEqual(readPickle(Uint8Array.fromHex(hex)), value, java);
  }
});

Deno.test("readPickle reads what Python writes", pure, () => {
  for (const [python, hex, value] of FROM_PYTHON) {
    assert.deepEqual(readPickle(Uint8Array.fromHex(hex)), value, python);
  }
});

Deno.test("readPickle keeps what a pickle shares, cycles too", pure, () => {
  const twice = readPickle(
    Uint8Array.fromHex("8002580400000073616d6571004b01867101680168008771022e"),
  ) as unknown[];
  assert.equal(twice[0], twice[1]);
  const self = readPickle(Uint8Array.fromHex("80025d7100286800652e"));
  assert.equal((self as unknown[])[0], self);
});

Deno.test("readPickledBatch reads tuples and lists of records", pure, () => {
  const pairs = "800258010000006b71004b0186710168004b028671028671032e";
  assert.deepEqual(readPickledBatch(Uint8Array.fromHex(pairs)), [
    ["k", 1],
    ["k", 2],
  ]);
  assert.throws(() => readPickledBatch(Uint8Array.fromHex("80024b012e")), {
    condition: "PICKLE_MALFORMED",
    message:
      "Cannot read a pickle of 5 bytes: it holds no list of records, at byte 0",
  });
});

Deno.test("readPickle refuses what is no plain data", pure, () => {
  const refused = (hex: string, what: string): void => {
    assert.throws(() => readPickle(Uint8Array.fromHex(hex)), {
      name: "ProtocolError",
      condition: "PICKLE_UNSUPPORTED",
      message:
        `Cannot read a pickle: it holds ${what}, which has no form here; give a keyConverter or valueConverter that makes numbers, strings, bytes, lists or maps of it`,
    });
  };
  refused(
    `800263${hexOf("os\nsystem\n")}58020000006c7385522e`,
    'a "os.system"',
  );
  refused( // a java.util.Date, whose time zone is a name of another package
    "8002636f70657261746f720a617474726765747465720a58080000006c6f63616c697a657100855263",
    'a "operator.attrgetter"',
  );
  refused(
    `800263${hexOf("array\narray\n")}58010000007a5d86522e`,
    'a "array.array" of other arguments',
  );
  refused(
    `800263${hexOf("array\narray\n")}2e`,
    'the class "array.array" itself',
  );
  refused("80ff2e", "protocol 255");
  refused("80024b01302e", "the operation 0x30 at byte 4"); // POP
  refused("80028bffffff7f2e", "an integer of 2147483647 bytes");
});

Deno.test("readPickle refuses what is no pickle", pure, () => {
  const refused = (hex: string, what: string, at: number): void => {
    const bytes = Uint8Array.fromHex(hex);
    assert.throws(() => readPickle(bytes), {
      name: "ProtocolError",
      condition: "PICKLE_MALFORMED",
      message:
        `Cannot read a pickle of ${bytes.length} bytes: it ${what}, at byte ${at}`,
    });
  };
  refused("", "ends too early", 0);
  refused("80024b01", "ends too early", 4);
  refused("800258ffffffff41", "ends too early", 7);
  refused("80022e", "takes a value that it does not have", 3);
  refused("80024b0128852e", "takes a value that it does not have", 6);
  refused("80024b014b012e", "ends with values left over", 7);
  refused("80024b012e2e", "goes on after its end", 5);
  refused("8002742e", "closes what is not open", 3);
  refused("80024b01284b0265", "appends to no list", 8);
  refused("80025d4b014b0273", "sets items of no dict", 8);
  refused("80027d284b0175", "sets items of no dict", 7);
  refused("80026801", "refers to value 1, which it does not have", 4);
  refused("80024b014b0252", "calls what is no class", 7);
  refused("8002636162", "names a class without an end", 3);
});

Deno.test(
  "readPickle gives a value or a ProtocolError whatever the bytes",
  pure,
  () => {
    const op = fc.constantFrom(...Object.values(OP));
    const program = fc.array(fc.oneof(op, fc.nat(255)), { maxLength: 60 });
    fc.assert(
      fc.property(program, (bytes) => {
        try {
          readPickle(new Uint8Array(bytes));
        } catch (error) {
          assert.ok(error instanceof ProtocolError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  },
);

function hexOf(text: string): string {
  return new TextEncoder().encode(text).toHex();
}
