import assert from "node:assert/strict";
import * as fc from "fast-check";
import { anySeed, poisson, uniformDraws } from "../../../src/common/random.ts";

const pure = { permissions: "none" } as const;

function draws(seed: number, stream: number, count: number): number[] {
  const draw = uniformDraws(seed, stream);
  return Array.from({ length: count }, draw);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}

Deno.test(
  "uniformDraws() draws the same numbers for one seed and stream",
  pure,
  () => {
    fc.assert(fc.property(fc.double(), fc.nat(1000), (seed, stream) => {
      const numbers = draws(seed, stream, 5);
      assert.deepEqual(draws(seed, stream, 5), numbers);
      assert.ok(numbers.every((x) => x >= 0 && x < 1));
    }));
  },
);

Deno.test(
  "uniformDraws() keeps its numbers from version to version",
  pure,
  () => {
    assert.deepEqual(draws(42, 0, 3), KNOWN_DRAWS);
  },
);

Deno.test(
  "uniformDraws() draws others for neighboring seeds and streams",
  pure,
  () => {
    const firsts = new Set<number>();
    for (const seed of [-1, 0, 1, 2, 0.5, 2 ** 31, 2 ** 40, NaN, Infinity]) {
      for (let stream = -1; stream < 20; stream++) {
        firsts.add(draws(seed, stream, 1)[0] ?? NaN);
      }
    }
    assert.equal(firsts.size, 9 * 21);
  },
);

Deno.test(
  "uniformDraws() spreads numbers evenly, also the first of each stream",
  pure,
  () => {
    const many = draws(7, 3, 20_000);
    const firsts = Array.from(
      { length: 20_000 },
      (_, i) => draws(7, i, 1)[0] ?? 0,
    );
    for (const numbers of [many, firsts]) {
      const tenths = new Array<number>(10).fill(0);
      for (const x of numbers) {
        const tenth = Math.floor(10 * x);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      for (const count of tenths) {
        assert.ok(count > 1750 && count < 2250, `${tenths}`);
      }
    }
  },
);

Deno.test(
  "poisson() has the mean and the variance that it is told",
  pure,
  () => {
    for (const wanted of [0.1, 1, 7.5, 499, 500, 1234.5]) {
      const draw = uniformDraws(1, 1);
      const counts = Array.from({ length: 4000 }, () => poisson(wanted, draw));
      const got = mean(counts);
      const variance = mean(counts.map((n) => (n - got) ** 2));
      const tolerance = 6 * Math.sqrt(wanted / counts.length);
      assert.ok(
        Math.abs(got - wanted) < tolerance,
        `mean ${got} for ${wanted}`,
      );
      assert.ok(
        variance > 0.8 * wanted && variance < 1.2 * wanted,
        `variance ${variance} for ${wanted}`,
      );
    }
  },
);

Deno.test("poisson() of 0 is 0 without a draw", pure, () => {
  const refuse = (): number => assert.fail("nothing to draw");
  assert.equal(poisson(0, refuse), 0);
});

Deno.test("anySeed() gives whole numbers of 32 bits that differ", pure, () => {
  const seeds = Array.from({ length: 20 }, () => anySeed());
  assert.ok(seeds.every((n) => Number.isInteger(n) && n >= 0 && n < 2 ** 32));
  assert.ok(new Set(seeds).size > 15);
});

const KNOWN_DRAWS = [
  0.5363717174811143,
  0.6553208496013788,
  0.09167915480226807,
];
