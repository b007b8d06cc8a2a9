// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
import { functions as F } from "../../../../mod.ts";
import type { FunctionCase } from "./function_case.ts";

/** The types of KLL sketches, with the sample's column for each. */
const KLL = [["bigint", "l"], ["double", "x"], ["float", "f"]] as const;
/** The types of tuple sketches. */
const TUPLE = ["double", "integer"] as const;

/** Sketches of rows. */
export const SKETCH: readonly FunctionCase[] = [
  ["hll_sketch_agg", F.hll_sketch_agg("i"), "hll_sketch_agg(i)"],
  ["hll_sketch_agg", F.hll_sketch_agg("i", 12), "hll_sketch_agg(i, 12)"],
  ["theta_sketch_agg", F.theta_sketch_agg("i"), "theta_sketch_agg(i)"],
  ["theta_sketch_agg", F.theta_sketch_agg("i", 15), "theta_sketch_agg(i, 15)"],
  ...KLL.flatMap(([type, column]): FunctionCase[] => [
    [
      `kll_sketch_agg_${type}`,
      F[`kll_sketch_agg_${type}`](column),
      `kll_sketch_agg_${type}(${column})`,
    ],
    [
      `kll_sketch_agg_${type}`,
      F[`kll_sketch_agg_${type}`](column, 100),
      `kll_sketch_agg_${type}(${column}, 100)`,
    ],
  ]),
  ...TUPLE.flatMap((type): FunctionCase[] => [
    [
      `tuple_sketch_agg_${type}`,
      F[`tuple_sketch_agg_${type}`]("s", "i"),
      `tuple_sketch_agg_${type}(s, i)`,
    ],
    [
      `tuple_sketch_agg_${type}`,
      F[`tuple_sketch_agg_${type}`]("s", "i", 11, "max"),
      `tuple_sketch_agg_${type}(s, i, 11, 'max')`,
    ],
  ]),
];

/** Columns of sketches, by name. */
export const SKETCHES: Readonly<Record<string, FunctionCase[1]>> = {
  hll: F.hll_sketch_agg("i"),
  hll2: F.hll_sketch_agg("j"),
  theta: F.theta_sketch_agg("i"),
  theta2: F.theta_sketch_agg("j"),
  kll_bigint: F.kll_sketch_agg_bigint("l"),
  kll_double: F.kll_sketch_agg_double("x"),
  kll_float: F.kll_sketch_agg_float("f"),
  tuple_double: F.tuple_sketch_agg_double("i", "x"),
  tuple_double2: F.tuple_sketch_agg_double("j", "x"),
  tuple_integer: F.tuple_sketch_agg_integer("i", "id"),
  tuple_integer2: F.tuple_sketch_agg_integer("j", "id"),
};

/** What a sketch knows, and two as one. */
export const OF_SKETCH: readonly FunctionCase[] = [
  ["hll_sketch_estimate", F.hll_sketch_estimate("hll"), of("hll")],
  ["hll_union", F.hll_union("hll", "hll2"), "hll_union(hll, hll2)"],
  [
    "hll_union",
    F.hll_union("hll", "hll2", true),
    "hll_union(hll, hll2, true)",
  ],
  ["theta_sketch_estimate", F.theta_sketch_estimate("theta"), of("theta")],
  [
    "theta_difference",
    F.theta_difference("theta", "theta2"),
    "theta_difference(theta, theta2)",
  ],
  [
    "theta_intersection",
    F.theta_intersection("theta", "theta2"),
    "theta_intersection(theta, theta2)",
  ],
  [
    "theta_union",
    F.theta_union("theta", "theta2"),
    "theta_union(theta, theta2)",
  ],
  [
    "theta_union",
    F.theta_union("theta", "theta2", 15),
    "theta_union(theta, theta2, 15)",
  ],
  ...KLL.flatMap(([type]): FunctionCase[] => [
    [
      `kll_sketch_get_n_${type}`,
      F[`kll_sketch_get_n_${type}`](`kll_${type}`),
      `kll_sketch_get_n_${type}(kll_${type})`,
    ],
    [
      `kll_sketch_get_quantile_${type}`,
      F[`kll_sketch_get_quantile_${type}`](`kll_${type}`, F.lit(0.5)),
      `kll_sketch_get_quantile_${type}(kll_${type}, 0.5D)`,
    ],
    [
      `kll_sketch_get_rank_${type}`,
      F[`kll_sketch_get_rank_${type}`](`kll_${type}`, F.lit(3)),
      `kll_sketch_get_rank_${type}(kll_${type}, 3)`,
    ],
    [
      `kll_sketch_merge_${type}`,
      F[`kll_sketch_merge_${type}`](`kll_${type}`, `kll_${type}`),
      `kll_sketch_merge_${type}(kll_${type}, kll_${type})`,
    ],
    [
      `kll_sketch_to_string_${type}`,
      F[`kll_sketch_to_string_${type}`](`kll_${type}`),
      `kll_sketch_to_string_${type}(kll_${type})`,
    ],
  ]),
  ...TUPLE.flatMap((type): FunctionCase[] => {
    const [one, two] = [`tuple_${type}`, `tuple_${type}2`];
    const pair = (
      name: "difference" | "intersection" | "union",
      ...more: readonly [] | readonly [string] | readonly [number, string]
    ): FunctionCase => {
      const texts = more.map((each) => JSON.stringify(each));
      const f = F[`tuple_${name}_${type}`] as typeof F.tuple_union_double;
      return [
        `tuple_${name}_${type}`,
        f(one, two, ...more as [number, string]),
        `tuple_${name}_${type}(${[one, two, ...texts].join(", ")})`,
      ];
    };
    const withTheta = (
      name: "difference" | "intersection" | "union",
      ...more: readonly [] | readonly [string] | readonly [number, string]
    ): FunctionCase => {
      const texts = more.map((each) => JSON.stringify(each));
      const f = F[
        `tuple_${name}_theta_${type}`
      ] as typeof F.tuple_union_theta_double;
      return [
        `tuple_${name}_theta_${type}`,
        f(one, "theta2", ...more as [number, string]),
        `tuple_${name}_theta_${type}(${[one, "theta2", ...texts].join(", ")})`,
      ];
    };
    return [
      pair("difference"),
      pair("intersection"),
      pair("intersection", "max"),
      pair("union"),
      pair("union", 11, "max"),
      withTheta("difference"),
      withTheta("intersection"),
      withTheta("intersection", "max"),
      withTheta("union"),
      withTheta("union", 11, "max"),
      [
        `tuple_sketch_estimate_${type}`,
        F[`tuple_sketch_estimate_${type}`](one),
        `tuple_sketch_estimate_${type}(${one})`,
      ],
      [
        `tuple_sketch_summary_${type}`,
        F[`tuple_sketch_summary_${type}`](one),
        `tuple_sketch_summary_${type}(${one})`,
      ],
      [
        `tuple_sketch_summary_${type}`,
        F[`tuple_sketch_summary_${type}`](one, "max"),
        `tuple_sketch_summary_${type}(${one}, 'max')`,
      ],
      [
        `tuple_sketch_theta_${type}`,
        F[`tuple_sketch_theta_${type}`](one),
        `tuple_sketch_theta_${type}(${one})`,
      ],
    ];
  }),
];

/** Many sketches as one. */
export const SKETCH_AGGREGATE: readonly FunctionCase[] = [
  ["hll_union_agg", F.hll_union_agg("hll"), "hll_union_agg(hll)"],
  ["hll_union_agg", F.hll_union_agg("hll", true), "hll_union_agg(hll, true)"],
  [
    "theta_intersection_agg",
    F.theta_intersection_agg("theta"),
    "theta_intersection_agg(theta)",
  ],
  ["theta_union_agg", F.theta_union_agg("theta"), "theta_union_agg(theta)"],
  [
    "theta_union_agg",
    F.theta_union_agg("theta", 15),
    "theta_union_agg(theta, 15)",
  ],
  ...KLL.flatMap(([type]): FunctionCase[] => [
    [
      `kll_merge_agg_${type}`,
      F[`kll_merge_agg_${type}`](`kll_${type}`),
      `kll_merge_agg_${type}(kll_${type})`,
    ],
    [
      `kll_merge_agg_${type}`,
      F[`kll_merge_agg_${type}`](`kll_${type}`, 100),
      `kll_merge_agg_${type}(kll_${type}, 100)`,
    ],
  ]),
  ...TUPLE.flatMap((type): FunctionCase[] => [
    [
      `tuple_intersection_agg_${type}`,
      F[`tuple_intersection_agg_${type}`](`tuple_${type}`),
      `tuple_intersection_agg_${type}(tuple_${type})`,
    ],
    [
      `tuple_intersection_agg_${type}`,
      F[`tuple_intersection_agg_${type}`](`tuple_${type}`, "max"),
      `tuple_intersection_agg_${type}(tuple_${type}, 'max')`,
    ],
    [
      `tuple_union_agg_${type}`,
      F[`tuple_union_agg_${type}`](`tuple_${type}`),
      `tuple_union_agg_${type}(tuple_${type})`,
    ],
    [
      `tuple_union_agg_${type}`,
      F[`tuple_union_agg_${type}`](`tuple_${type}`, 11, "max"),
      `tuple_union_agg_${type}(tuple_${type}, 11, 'max')`,
    ],
  ]),
];

function of(sketch: "hll" | "theta"): string {
  return `${sketch}_sketch_estimate(${sketch})`;
}
