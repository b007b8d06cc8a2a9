/** Syntax that Deno rewrites before the engine sees it. */
import type { Cases } from "../run_cases.ts";

type Method = (this: unknown, ...values: never[]) => unknown;

function named(method: Method, { name }: ClassMethodDecoratorContext): Method {
  return function (this: unknown, ...values: never[]): unknown {
    return [name, method.apply(this, values)];
  };
}

class Decorated {
  step = 1;
  @named
  next(x: number): unknown {
    return x + this.step;
  }
}

class Accessors {
  accessor count = 5;
  twice(): number {
    return this.count * 2;
  }
}

const decorated = new Decorated();

export const cases: Cases = {
  "decorated method of a new object": () => new Decorated().next(3),
  "decorated method of a captured object": () => decorated.next(3),
  "accessor field": () => {
    const accessors = new Accessors();
    accessors.count++;
    return accessors.twice();
  },
};
