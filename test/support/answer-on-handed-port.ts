import { createServer } from "node:http";
import { takeOver } from "#scripts/dev-port";

/** Answers on the port that its parent hands over. */
await takeOver(createServer((_, response) => void response.end("the child")));
