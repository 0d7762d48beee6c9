/** Variants of HTTP: how headers are written and how the body is sent. */
import type { EmulatorResponse } from "../request-context.ts";
import type { Variant } from "./variant.ts";

const withHeaders = (
  response: EmulatorResponse,
  change: (name: string, value: string) => [string, string],
): EmulatorResponse => ({
  ...response,
  headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => change(name, value))),
});

const withContentType = (change: (value: string) => string): NonNullable<Variant["response"]> => {
  return (response) =>
    withHeaders(response, (name, value) => [name, name.toLowerCase() === "content-type" ? change(value) : value]);
};

export const connectionVariants: readonly Variant[] = [
  {
    id: "header-names-upper",
    description: "Writes the names of headers in upper case.",
    freedoms: ["http/header-names"],
    response: (response) => withHeaders(response, (name, value) => [name.toUpperCase(), value]),
  },
  {
    id: "header-names-lower",
    description: "Writes the names of headers in lower case.",
    freedoms: ["http/header-names"],
    response: (response) => withHeaders(response, (name, value) => [name.toLowerCase(), value]),
  },
  {
    id: "charset",
    description: "Adds the charset to the content type.",
    freedoms: ["contentType/parameters"],
    response: withContentType((value) => `${value}; charset=utf-8`),
  },
  {
    id: "charset-quoted",
    description: "Writes the content type with a capital letter, and a quoted charset without a space before it.",
    freedoms: ["contentType/parameters", "contentType/case"],
    response: withContentType((value) => `${value.replace("application", "Application")};charset="UTF-8"`),
  },
  {
    id: "headers-more",
    description: "Sends headers that no documentation page names.",
    freedoms: ["http/headers"],
    response: (response) => ({
      ...response,
      headers: { ...response.headers, Server: "nginx", Vary: "Origin", "X-Undeclared": "1", "Set-Cookie": "a=b" },
    }),
  },
  { id: "chunked", description: "Sends the body in one chunk.", freedoms: ["http/chunked"], delivery: { chunks: 1 } },
  {
    id: "dribble",
    description: "Sends the body in five chunks, with a pause after each.",
    freedoms: ["http/chunked", "http/pieces"],
    delivery: { chunks: 5, chunkPauseMs: 1 },
  },
  {
    id: "close",
    description: "Closes the connection after each response.",
    freedoms: ["http/close"],
    delivery: { close: true },
  },
  { id: "slow", description: "Sends each response 20 ms late.", freedoms: ["http/slow"], delivery: { delayMs: 20 } },
];
