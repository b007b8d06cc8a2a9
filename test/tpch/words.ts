/** The words that values are made of, as the TPC-H specification (4.2.2.13) lists them. */
export const REGIONS = ["AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"];

/** Nations, and the place of each one's region. */
export const NATIONS: readonly (readonly [name: string, region: number])[] = [
  ["ALGERIA", 0],
  ["ARGENTINA", 1],
  ["BRAZIL", 1],
  ["CANADA", 1],
  ["EGYPT", 4],
  ["ETHIOPIA", 0],
  ["FRANCE", 3],
  ["GERMANY", 3],
  ["INDIA", 2],
  ["INDONESIA", 2],
  ["IRAN", 4],
  ["IRAQ", 4],
  ["JAPAN", 2],
  ["JORDAN", 4],
  ["KENYA", 0],
  ["MOROCCO", 0],
  ["MOZAMBIQUE", 0],
  ["PERU", 1],
  ["CHINA", 2],
  ["ROMANIA", 3],
  ["SAUDI ARABIA", 4],
  ["VIETNAM", 2],
  ["RUSSIA", 3],
  ["UNITED KINGDOM", 3],
  ["UNITED STATES", 1],
];

/** Words of parts' names. */
export const COLORS = [
  "almond",
  "antique",
  "azure",
  "beige",
  "blue",
  "brown",
  "chartreuse",
  "coral",
  "cream",
  "dark",
  "dodger",
  "forest",
  "ghost",
  "green",
  "indian",
  "ivory",
  "lemon",
  "magenta",
  "navy",
  "olive",
  "pink",
  "red",
  "sky",
  "tan",
  "violet",
];

/** Words of parts' types. */
export const TYPES = [
  ["STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"],
  ["ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"],
  ["TIN", "NICKEL", "BRASS", "STEEL", "COPPER"],
] as const;

/** Words of parts' containers. */
export const CONTAINERS = [
  ["SM", "LG", "MED", "JUMBO", "WRAP"],
  ["CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM"],
] as const;

/** Customers' markets. */
export const SEGMENTS = [
  "AUTOMOBILE",
  "BUILDING",
  "FURNITURE",
  "MACHINERY",
  "HOUSEHOLD",
];

/** Orders' priorities. */
export const PRIORITIES = [
  "1-URGENT",
  "2-HIGH",
  "3-MEDIUM",
  "4-NOT SPECIFIED",
  "5-LOW",
];

/** How lines are delivered. */
export const INSTRUCTIONS = [
  "DELIVER IN PERSON",
  "COLLECT COD",
  "NONE",
  "TAKE BACK RETURN",
];

/** How lines are carried. */
export const MODES = ["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"];

/** Words of comments. */
export const NOUNS = [
  "foxes",
  "ideas",
  "theodolites",
  "pinto beans",
  "instructions",
  "dependencies",
  "accounts",
  "packages",
  "requests",
  "deposits",
];

/** More words of comments. */
export const ADJECTIVES = [
  "special",
  "pending",
  "unusual",
  "express",
  "furious",
  "sly",
  "careful",
  "blithe",
  "quick",
  "final",
];
