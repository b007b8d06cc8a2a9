import pino from "pino";

/** A logger that a module keeps for all who import it. */
export const moduleLog = pino({ name: "module" });
