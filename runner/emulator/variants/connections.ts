/** Freedoms of HTTP: how headers are written and how an answer's bytes come. */
import type { EmulatorResponse } from "../request-context.ts";
import type { Variant } from "./variant.ts";

const withHeaders = (
  answer: EmulatorResponse,
  change: (name: string, value: string) => [string, string],
): EmulatorResponse => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => change(name, value))),
});

const type = (change: (value: string) => string): NonNullable<Variant["response"]> => {
  return (answer) =>
    withHeaders(answer, (name, value) => [name, name.toLowerCase() === "content-type" ? change(value) : value]);
};

export const connectionVariants: readonly Variant[] = [
  {
    id: "header-names-upper",
    description: "Writes the names of headers in upper case.",
    freedoms: ["http/header-names"],
    response: (answer) => withHeaders(answer, (name, value) => [name.toUpperCase(), value]),
  },
  {
    id: "header-names-lower",
    description: "Writes the names of headers in lower case.",
    freedoms: ["http/header-names"],
    response: (answer) => withHeaders(answer, (name, value) => [name.toLowerCase(), value]),
  },
  {
    id: "charset",
    description: "Names the charset behind the content type.",
    freedoms: ["contentType/parameters"],
    response: type((value) => `${value}; charset=utf-8`),
  },
  {
    id: "charset-quoted",
    description: "Writes the content type with capitals, and a charset in quotes right behind it.",
    freedoms: ["contentType/parameters", "contentType/case"],
    response: type((value) => `${value.replace("application", "Application")};charset="UTF-8"`),
  },
  {
    id: "headers-more",
    description: "Sends headers that no page names.",
    freedoms: ["http/headers"],
    response: (answer) => ({
      ...answer,
      headers: { ...answer.headers, Server: "nginx", Vary: "Origin", "X-Undeclared": "1", "Set-Cookie": "a=b" },
    }),
  },
  { id: "chunked", description: "Sends its body in one chunk.", freedoms: ["http/chunked"], delivery: { chunks: 1 } },
  {
    id: "dribble",
    description: "Sends its body in five chunks, one after the other.",
    freedoms: ["http/chunked", "http/pieces"],
    delivery: { chunks: 5, chunkPauseMs: 1 },
  },
  {
    id: "close",
    description: "Closes the connection after each answer.",
    freedoms: ["http/close"],
    delivery: { close: true },
  },
  { id: "slow", description: "Takes 20 ms to answer.", freedoms: ["http/slow"], delivery: { delayMs: 20 } },
];
