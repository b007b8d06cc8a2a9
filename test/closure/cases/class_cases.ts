/** Classes and their objects. */
import type { Cases } from "../run_cases.ts";

const unit = "m";
const key = Symbol("key");
class Point {
  static origin: Point = new Point(0, 0);
  static made = 0;
  readonly x: number;
  y: number;
  label = `in ${unit}`;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
    Point.made++;
  }
  static of(x: number, y: number): Point {
    return new Point(x, y);
  }
  static get count(): number {
    return Point.made;
  }
  get length(): number {
    return Math.hypot(this.x, this.y);
  }
  set length(value: number) {
    this.y = value;
  }
  plus(other: Point): Point {
    return new Point(this.x + other.x, this.y + other.y);
  }
  [key](): string {
    return "under a symbol";
  }
  *[Symbol.iterator](): Generator<number> {
    yield this.x;
    yield this.y;
  }
  async later(): Promise<number> {
    return await Promise.resolve(this.x);
  }
}
class Point3 extends Point {
  z: number;
  constructor(x: number, y: number, z: number) {
    super(x, y);
    this.z = z;
  }
  override get length(): number {
    return Math.hypot(super.length, this.z);
  }
  override plus(other: Point): Point {
    const { x, y } = super.plus(other);
    return new Point3(x, y, this.z);
  }
  static override of(x: number, y: number): Point {
    return super.of(x + 1, y);
  }
}
class Account {
  #balance = 0;
  static #opened = 0;
  constructor(balance: number) {
    this.#balance = balance;
    Account.#opened++;
  }
  #check(amount: number): boolean {
    return amount <= this.#balance;
  }
  take(amount: number): number {
    if (this.#check(amount)) this.#balance -= amount;
    return this.#balance;
  }
  static opened(): number {
    return Account.#opened;
  }
  static is(value: object): boolean {
    return #balance in value;
  }
}
class Registry extends Map<string, number> {
  total(): number {
    return [...this.values()].reduce((a, b) => a + b, 0);
  }
}
class Stack<T> extends Array<T> {
  top(): T | undefined {
    return this.at(-1);
  }
}
class Refused extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.name = "Refused";
    this.code = code;
  }
}
const Anonymous = class {
  v = 5;
  twice(): number {
    return this.v * 2;
  }
};
const Named = class Inner {
  self(): boolean {
    return Inner === Named;
  }
};
type Constructor = new (...values: never[]) => object;
const Marked = <C extends Constructor>(Base: C) =>
  class extends (Base as unknown as typeof Point) {
    mark(): string {
      return `${this.x}!`;
    }
  };
const MarkedPoint = Marked(Point);
abstract class Shape {
  abstract area(): number;
  describe(): string {
    return `${this.constructor.name} of ${this.area()}`;
  }
}
class Square extends Shape {
  constructor(private readonly side: number) {
    super();
  }
  area(): number {
    return this.side ** 2;
  }
}
class Patched {
  value = 1;
}
Reflect.set(Patched.prototype, "added", function (this: Patched): number {
  return this.value + 1;
});
class Lazy {
  static {
    Reflect.set(Lazy, "ready", unit);
  }
  static names: string[] = ["a"];
}
Lazy.names.push("b");
class Arrowed {
  factor = 2;
  readonly times = (x: number): number => x * 2;
}
const point = new Point(3, 4);
const point3 = new Point3(1, 2, 2);
const registry = new Registry([["a", 1], ["b", 2]]);
const stack = Stack.from([1, 2, 3]) as Stack<number>;
const refused = new Refused("no", "E1");
const square = new Square(3);
const patched = new Patched();
const arrowed = new Arrowed();
class Emitter extends (await import("node:events")).EventEmitter {
  seen: string[] = [];
}
const emitter = new Emitter();
emitter.on("x", function (this: Emitter, text: string): void {
  this.seen.push(text);
});

const FIRST = 7;
const settings = { step: new Map([["up", 2]]) };
const firstNumber = (): number => FIRST + (settings.step.get("up") ?? 0);

class Numbered {
  static #last = firstNumber();
  static next(): number {
    return ++Numbered.#last;
  }
}

const makers = [(): Workshop => new Workshop("made")];
const makersInTurn = (): typeof makers => [...makers, ...makers];

class Workshop {
  static #makers = makersInTurn();
  constructor(readonly name: string) {}
  static make(): Workshop {
    const [, make] = Workshop.#makers;
    return make === undefined ? new Workshop("none") : make();
  }
}

/** By what is checked. */
export const cases: Cases = {
  "class made and used on the worker": () => new Point(1, 2).plus(point).x,
  "object of a class": () => [point.length, point instanceof Point, point],
  "getter and setter of a class": () => {
    const p = new Point(0, 1);
    p.length = 9;
    return p.y;
  },
  "static method": () => Point.of(5, 6).y,
  "static field has the value of the capture": () => Point.made,
  "static accessor": () => Point.count === Point.made,
  "static field that holds an object of the class": () =>
    Point.origin instanceof Point,
  "method under a symbol": () => point[key](),
  "iterator of a class": () => [...point],
  "async method of a class": () => point.later(),
  "field initializer with a free variable": () => new Point(0, 0).label,
  "class that extends a local class": () => [
    point3.length,
    point3 instanceof Point,
    point3.plus(point).length,
  ],
  "super in a static method": () => Point3.of(1, 1).x,
  "super in a constructor": () => new Point3(1, 2, 3).z,
  "private members of an object made on the worker": () =>
    new Account(10).take(3),
  "private statics made by a function with variables": () =>
    `${Numbered.next()} ${Numbered.next()}`,
  "private static that holds a maker of the class": () => Workshop.make().name,
  "private static members": () => {
    const before = Account.opened();
    new Account(1);
    return Account.opened() - before;
  },
  "check of a private name": () => [
    Account.is(new Account(1)),
    Account.is({}),
  ],
  "class that extends Map": () => [
    registry.total(),
    registry.get("a"),
    registry instanceof Map,
  ],
  "class that extends Array": () => [stack.top(), stack.length, stack],
  "class that extends Error": () => [
    refused instanceof Refused,
    refused instanceof Error,
    refused.code,
    refused.name,
    refused.message,
  ],
  "throw an error of a captured class": () => {
    try {
      throw new Refused("again", "E2");
    } catch (error) {
      return error instanceof Refused && error.code;
    }
  },
  "class expression without name": () => [
    new Anonymous().twice(),
    Anonymous.name,
  ],
  "class expression that names itself": () => new Named().self(),
  "class made by a mixin": () => new MarkedPoint(7, 8).mark(),
  "mixin applied on the worker": () =>
    Reflect.get(Reflect.construct(Marked(Point3), [1, 2, 3]), "z"),
  "abstract class and parameter property": () => square.describe(),
  "method added to a prototype": () =>
    Reflect.get(patched, "added").call(patched),
  "static block does not run again": () => [
    Reflect.get(Lazy, "ready"),
    Lazy.names,
  ],
  "arrow function in a field, without this": () => arrowed.times(4),
  "prototype identity": () => [
    Object.getPrototypeOf(point) === Point.prototype,
    point.constructor === Point,
    Point.prototype.constructor === Point,
    Object.getPrototypeOf(Point3) === Point,
  ],
  "class as a value in a table": (() => {
    const types = { Point, Square };
    return () => new types.Square(2).area();
  })(),
  "method taken from an object": (() => {
    const { plus } = point;
    return () => plus.call(point, point).x;
  })(),
  "event emitter with state in properties": () => {
    emitter.emit("x", "hello");
    return emitter.seen;
  },
  "names of classes and methods": () => [
    Point.name,
    point.plus.name,
    Object.getOwnPropertyNames(Point.prototype),
  ],
};
