function only(text) {
  return `<${text}>`;
}

only.twice = (text) => only(only(text));

module.exports = only;
