const { basename } = require("node:path");

const FACTOR = 3;

exports.changes = 0;

exports.change = () => {
  exports.changes += 1;
  return exports.changes;
};

exports.scale = (x) => x * FACTOR;

exports.fileName = (path) => basename(path, ".txt");

exports.Counter = class Counter {
  #count;
  constructor(start) {
    this.#count = start;
  }
  next() {
    return ++this.#count;
  }
};

exports.check = function check(sum) {
  if (sum > FACTOR) throw new RangeError(`too far: ${sum}`);
  return sum;
};

exports.pending = Promise.resolve(1);
