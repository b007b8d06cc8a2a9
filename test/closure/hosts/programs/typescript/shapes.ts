/** Classes with private names, parents, statics and getters. */

const FIRST = 0;
const first = (): number => FIRST;

/** Has a private field, a private method and a static one. */
export class Counter {
  static #made = first();
  static readonly kinds: string[] = ["counter"];
  #count: number;
  constructor(start: number) {
    this.#count = start;
    Counter.#made += 1;
  }
  #step(): number {
    return 2;
  }
  next(): number {
    this.#count += this.#step();
    return this.#count;
  }
  get count(): number {
    return this.#count;
  }
  static get made(): number {
    return Counter.#made;
  }
}

/** Calls its parent's constructor, method and getter. */
export class Doubled extends Counter {
  readonly label: string = "doubled";
  constructor() {
    super(10);
  }
  override next(): number {
    return super.next() * 2 + super.count;
  }
}
