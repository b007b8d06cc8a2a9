import assert from "node:assert/strict";
import { givenBuckets } from "../../../../../src/driver/rdd/actions/histogram.ts";

Deno.test({
  name: "givenBuckets() keeps bounds, and a width where PySpark sees even ones",
  permissions: "none",
  fn() {
    assert.deepEqual(givenBuckets([0, 5, 10]), {
      bounds: [0, 5, 10],
      width: 5,
    });
    assert.deepEqual(givenBuckets([0, 5, 25]), {
      bounds: [0, 5, 25],
      width: null,
    });
    assert.deepEqual(givenBuckets(["a", "b", "c"]), {
      bounds: ["a", "b", "c"],
      width: null,
    });
    // A tenth is no binary fraction: the steps differ by less than 1e-10.
    assert.equal(givenBuckets([0, 0.1, 0.2, 0.3]).width, 0.3 / 3);
    assert.equal(givenBuckets([-Infinity, 0, Infinity]).width, null);
  },
});

Deno.test({
  name: "givenBuckets() refuses bounds and says why",
  permissions: "none",
  fn() {
    const cases: [unknown, Error][] = [
      [
        [],
        new RangeError(
          "Cannot make buckets of the bounds []: a bucket has two bounds; give at least two",
        ),
      ],
      [
        [1],
        new RangeError(
          "Cannot make buckets of the bounds [ 1 ]: a bucket has two bounds; give at least two",
        ),
      ],
      [
        [1, NaN],
        new RangeError(
          "Cannot make buckets of the bounds [ 1, NaN ]: NaN is no bound; leave it out",
        ),
      ],
      [
        [null, 1],
        new RangeError(
          "Cannot make buckets of the bounds [ null, 1 ]: null is no bound; leave it out",
        ),
      ],
      [
        [2, 1],
        new RangeError(
          "Cannot make buckets of the bounds [ 2, 1 ]: they are not in ascending order; sort them",
        ),
      ],
      [
        [1, 1, 0],
        new RangeError(
          "Cannot make buckets of the bounds [ 1, 1, 0 ]: they are not in ascending order; sort them",
        ),
      ],
      [
        [0, 1, 1],
        new RangeError(
          "Cannot make buckets of the bounds [ 0, 1, 1 ]: one is there twice; leave one of them out",
        ),
      ],
      [
        "abc",
        new TypeError(
          'Cannot make buckets of "abc": it is neither a whole number nor a list of bounds; give one of them, such as 10 or [0, 18, 65]',
        ),
      ],
    ];
    for (const [bounds, error] of cases) {
      assert.throws(() => givenBuckets(bounds as number[]), error);
    }
  },
});
