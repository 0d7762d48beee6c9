/** Mistakes that begin after a number of requests or refusals. */
import type { Answer, ServiceCall } from "../call.ts";
import type { ServerHooks } from "../hooks.ts";
import type { IndependentState } from "../server-state.ts";
import { changedList, globsOf, mutationsOf } from "./mutation.ts";

type Calls = (
  call: ServiceCall,
  proceed: (call: ServiceCall) => Answer,
  state: IndependentState,
  count: number,
) => Answer;

/** `count` is the number of calls so far, with this one. */
const counting = (answer: Calls): (() => Partial<ServerHooks>) => {
  return () => {
    let count = 0;
    return { call: (call, proceed, state) => answer(call, proceed, state, ++count) };
  };
};

const iai = globsOf("iai CreateGroup DeleteGroup CreatePerson DeletePersonFromGroup GetPersonList");
const everything = [
  ...iai,
  ...globsOf("organization CreateGroup AddUserToGroup RemoveUserFromGroup"),
  ...globsOf("rekognition CreateUser DeleteUser"),
  ...globsOf("im add_group_member delete_group_member"),
];

const isCreation = ({ action }: ServiceCall): boolean => /^Create|^create_/.test(action);

export const lateMutations = mutationsOf("after-a-while", everything, {
  "creations-lost-after-200-calls": [
    counting((call, proceed, _state, count) =>
      count > 200 && call.action === "CreateUser" && call.service === "rekognition" ? { output: {} } : proceed(call),
    ),
  ],
  "every-10th-creation-lost": [
    () => {
      let creations = 0;
      return {
        call: (call, proceed) =>
          isCreation(call) && call.service === "rekognition" && ++creations % 10 === 0 ? { output: {} } : proceed(call),
      };
    },
  ],
  "internal-errors-after-300-calls": [
    counting((call, proceed, _state, count) =>
      count > 300 && call.service === "iai" ? { code: "InternalError" } : proceed(call),
    ),
  ],
  "oldest-group-lost-every-100-calls": [
    counting((call, proceed, { iai: { groups } }, count) => {
      const [oldest] = groups.keys();
      if (count % 100 === 0 && oldest !== undefined) groups.delete(oldest);
      return proceed(call);
    }),
  ],
  "oldest-person-lost-every-20-calls": [
    counting((call, proceed, { iai: { persons } }, count) => {
      const [oldest] = persons.keys();
      if (count % 20 === 0 && oldest !== undefined) persons.delete(oldest);
      return proceed(call);
    }),
  ],
  "lists-empty-after-20-calls": [
    () => {
      let count = 0;
      return changedList("iai GetPersonList", "PersonInfos", (entries) => (++count > 20 ? [] : entries));
    },
    iai,
  ],
  "unknown-accepted-after-20-refusals": [
    () => {
      let refusals = 0;
      return {
        call: (call, proceed) => {
          const answer = proceed(call);
          if ("code" in answer && call.service === "iai") refusals++;
          return "code" in answer && call.service === "iai" && refusals > 20 ? { output: {} } : answer;
        },
      };
    },
    iai,
  ],
  "same-refusal-accepted-second-time": [
    () => {
      let last = "";
      return {
        call: (call, proceed) => {
          const answer = proceed(call);
          const text = JSON.stringify(call);
          const isRepeated = text === last;
          last = "code" in answer ? text : "";
          return "code" in answer && isRepeated && call.service === "iai" ? { output: {} } : answer;
        },
      };
    },
    iai,
  ],
  "request-id-repeats-after-200": [
    () => {
      let count = 0;
      return {
        respond: (response) =>
          ++count > 200
            ? { ...response, body: response.body.replace(/"RequestId":"[^"]*"/, '"RequestId":"r-200"') }
            : response,
      };
    },
    iai,
  ],
  "html-after-400-responses": [
    () => {
      let count = 0;
      return {
        respond: (response) => (++count > 400 ? { ...response, body: "<html>overloaded</html>" } : response),
      };
    },
    iai,
  ],
});
