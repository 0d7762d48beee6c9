/** The body of a response → a recorded exchange with it, for verdicts of tests. */
import type { RecordedExchange } from "../../runner/model/index.ts";

export const judgedExchange = (body: string): RecordedExchange => ({
  role: "judged",
  action: "p/s/Act",
  request: { method: "POST", url: "http://h/", headers: [], body: { text: "{}", bytes: 2 } },
  response: { status: 200, headers: [], body: { text: body, bytes: body.length } },
  durationMs: 1,
});
