/** A wrong code whose cause, such as an account or an overload, excuses it. */
import type { Answer, ServiceCall } from "../call.ts";
import type { ServerHooks } from "../hooks.ts";
import { changedCalls, globsOf, mutationsOf } from "./mutation.ts";

/** Answers with `wrong` in place of `right`. */
const inPlaceOf = (names: string, right: string, wrong: string): (() => Partial<ServerHooks>) => {
  return () =>
    changedCalls(names, (call, proceed) => {
      const answer = proceed(call);
      return "code" in answer && answer.code === right ? { code: wrong } : answer;
    });
};

/** Refuses an accepted call that `isOf` selects. */
const refusing = (names: string, code: string, isOf: (call: ServiceCall) => boolean): (() => Partial<ServerHooks>) => {
  return () => changedCalls(names, (call, proceed): Answer => (isOf(call) ? { code } : proceed(call)));
};

const NOT_FOUND = "ResourceNotFoundException";
const DELETE = "iai DeletePersonFromGroup";
const REMOVE = "organization RemoveUserFromGroup";
const REMOVAL = "im delete_group_member";

export const hiddenCodeMutations = [
  ...mutationsOf("hidden-codes", globsOf("rekognition DeleteUser"), {
    "aws-missing-is-access-denied": [inPlaceOf("rekognition DeleteUser", NOT_FOUND, "AccessDeniedException")],
    "aws-missing-is-throttling": [inPlaceOf("rekognition DeleteUser", NOT_FOUND, "ThrottlingException")],
    "aws-missing-is-throughput": [
      inPlaceOf("rekognition DeleteUser", NOT_FOUND, "ProvisionedThroughputExceededException"),
    ],
    "aws-missing-is-conflict": [inPlaceOf("rekognition DeleteUser", NOT_FOUND, "ConflictException")],
    "aws-missing-is-internal": [inPlaceOf("rekognition DeleteUser", NOT_FOUND, "InternalServerError")],
    "aws-mismatch-is-throttling": [
      inPlaceOf("rekognition DeleteUser", "IdempotentParameterMismatchException", "ThrottlingException"),
    ],
  }),
  ...mutationsOf("hidden-codes", globsOf(REMOVAL), {
    "im-chat-room-is-account": [inPlaceOf(REMOVAL, "10004", "60016")],
    "im-chat-room-is-permission": [inPlaceOf(REMOVAL, "10004", "10007")],
    "im-chat-room-is-busy": [inPlaceOf(REMOVAL, "10004", "60008")],
    "im-unknown-is-administrator": [inPlaceOf(REMOVAL, "10010", "60010")],
    "im-unknown-is-frequency": [inPlaceOf(REMOVAL, "10010", "60007")],
    "im-unknown-is-internal": [inPlaceOf(REMOVAL, "10010", "10002")],
  }),
  ...mutationsOf("hidden-codes", globsOf(DELETE), {
    "iai-unknown-is-arrears": [
      inPlaceOf(DELETE, "InvalidParameterValue.GroupIdNotExist", "ResourceUnavailable.InArrears"),
    ],
    "iai-unknown-is-being-deleted": [
      inPlaceOf(DELETE, "InvalidParameterValue.GroupIdNotExist", "FailedOperation.GroupInDeletedState"),
    ],
    "iai-unknown-is-unauthorized": [
      inPlaceOf(DELETE, "InvalidParameterValue.PersonIdNotExist", "AuthFailure.UnauthorizedOperation"),
    ],
    "iai-unknown-is-request-limit": [
      inPlaceOf(DELETE, "InvalidParameterValue.PersonIdNotExist", "RequestLimitExceeded"),
    ],
    "iai-elsewhere-is-conflict": [
      inPlaceOf(DELETE, "FailedOperation.GroupPersonMapNotExist", "FailedOperation.ConflictOperation"),
    ],
    "iai-elsewhere-is-server-error": [
      inPlaceOf(DELETE, "FailedOperation.GroupPersonMapNotExist", "FailedOperation.ServerError"),
    ],
    "iai-removal-always-in-arrears": [refusing(DELETE, "ResourceUnavailable.InArrears", () => true)],
  }),
  ...mutationsOf("hidden-codes", globsOf(REMOVE), {
    "directory-unknown-zone-is-not-open": [
      inPlaceOf(REMOVE, "FailedOperation.ZoneIdNotExist", "FailedOperation.IdentityCenterNotOpen"),
    ],
    "directory-unknown-group-is-limit": [
      inPlaceOf(REMOVE, "InvalidParameter.GroupNotExist", "LimitExceeded.RemoveUserFromGroupLimitExceeded"),
    ],
    "directory-not-a-member-is-limit": [
      inPlaceOf(REMOVE, "InvalidParameter.GroupUserNotExist", "LimitExceeded.RemoveUserFromGroupLimitExceeded"),
    ],
    "directory-not-a-member-is-unavailable": [
      inPlaceOf(REMOVE, "InvalidParameter.GroupUserNotExist", "ServiceUnavailable"),
    ],
  }),
];
