const path = require("node:path");
const fs = require("fs");
const { scale, change, check, Counter } = require("./lib.js");
const lib = require("./lib.js");
const only = require("./only.js");

const GREETING = "hello";
let late = 1;
const sloppy = [this === module.exports];

const makeAdder = (amount) => (x) => x + amount + late;
const isEven = (n) => n === 0 || isOdd(n - 1);
const isOdd = (n) => n !== 0 && isEven(n - 1);

function* countTo(n) {
  for (let i = 1; i <= n; i++) yield i;
}

class Doubled extends Counter {
  constructor() {
    super(10);
  }
  next() {
    return super.next() * 2;
  }
}

exports.helper = (x) => x + sloppy.length;

exports.cases = {
  "a variable of the function around it": (() => {
    const add = makeAdder(1);
    return () => `${add(5)}`;
  })(),
  "constants of its module": () => GREETING.toUpperCase(),
  "destructured require": () => `${scale(14)}`,
  "require as an object": () => lib.fileName("/a/b.txt"),
  "module.exports that is a function": () => only(only.twice("x")),
  "exports of its own module": () => `${exports.helper(1)}`,
  "exports that are changed": () => `${change()} ${change()} ${lib.changes}`,
  "a class with private names": () => `${new Counter(1).next()}`,
  "a class with a parent": () => `${new Doubled().next()}`,
  "recursion of two functions": () => `${isEven(10)} ${isOdd(10)}`,
  "a generator": () => [...countTo(4)].join(),
  "an async function": async () => await Promise.resolve(GREETING),
  "node: modules, with and without the prefix": () =>
    path.join("a", "..", "b") + fs.existsSync("/"),
  "__filename": () => path.basename(__filename) + path.basename(__dirname),
  "sloppy code": function () {
    undeclared = 1;
    return `${delete globalThis.undeclared} ${typeof this}`;
  },
  "a variable that is written": () => `${++late} ${makeAdder(0)(1)}`,
  "an error, thrown": () => `${check(5)}`,
};

const counter = new Counter(1);

exports.refused = {
  "require within the function": () => require("node:path").basename("/a/b"),
  "an object with private names": () => counter.next(),
  "a promise of another module": () => lib.pending,
};

async function early(capture) {
  const above = 1;
  const found = {
    "what is above": await capture(() => above + late),
    "a function below": await capture(() => below()),
    "a class below": await capture(() => new Below().x),
  };
  const unused = 1;
  class Below {
    x = unused;
  }
  function below() {
    return above;
  }
  return found;
}

exports.early = early;
