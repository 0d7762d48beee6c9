/** The named faults of combined and concurrent calls, of bindings and of all refusals that an operator makes. */
import type { NamedRow } from "./row.ts";

// biome-ignore format: one fault a line
export const callRows: readonly NamedRow[] = [
  ["two-groups-at-once", "Accepts several concurrent calls that create the same group.", "tencent/iai/CreateGroup:call/at-once/concurrent-lax"],
  ["two-make-one-user", "Accepts several concurrent calls that create the same user.", "tencent/organization/CreateUser:call/at-once/concurrent-lax"],
  ["im-two-make-one-group", "Accepts several concurrent calls that create the same group.", "tencent/im/create_group:call/at-once/concurrent-lax"],
  ["aws-two-make-one-user", "Accepts several concurrent calls that create the same user.", "aws/rekognition/CreateUser:call/at-once/concurrent-lax"],
  ["two-delete-one-group", "Accepts several concurrent calls that delete the same group.", "tencent/iai/DeleteGroup:call/at-once/concurrent-lax"],
  ["two-remove-one-user", "Accepts several concurrent calls that remove the same user.", "tencent/organization/RemoveUserFromGroup:call/at-once/concurrent-lax"],
  ["aws-two-delete-one-user", "Accepts several concurrent calls that delete the same user.", "aws/rekognition/DeleteUser:call/at-once/concurrent-lax"],
  ["nobody-makes-the-group", "Refuses all of several concurrent calls that create the same group.", "tencent/iai/CreateGroup:call/at-once/concurrent-strict"],
  ["aws-nobody-deletes-the-user", "Refuses all of several concurrent calls that delete the same user.", "aws/rekognition/DeleteUser:call/at-once/concurrent-strict"],
  ["im-one-at-a-time", "Refuses to import an account while the same import is in progress.", "tencent/im/account_import:call/at-once/concurrent-strict"],
  ["two-breaches-taken", "Accepts a call with two invalid parameters.", "tencent/iai/CreateGroup:call/two-breaches/combined-lax"],
  ["im-two-breaches-let-through", "Accepts a call with two invalid parameters.", "tencent/im/create_group:call/two-breaches/combined-lax"],
  ["only-together", "Accepts a call with two invalid parameters.", "tencent/organization/CreateUser:call/two-breaches/combined-lax", { family: "fuzz", detects: "family:fuzz" }],
  ["two-breaches-break-it", "Answers with InternalError if two parameters are invalid.", "tencent/organization/CreateUser:call/two-breaches/combined-internal-code"],
  ["aws-two-breaches-unreadable", "Answers with InternalFailure if two parameters are invalid.", "aws/rekognition/DeleteUser:call/two-breaches/combined-internal-code"],
  ["im-mix-breaks-it", "Answers with 60013 if two parameters are invalid.", "tencent/im/create_group:call/two-breaches/combined-internal-code", { family: "fuzz", detects: "family:fuzz" }],
  ["aws-mix-breaks-it", "Answers with InternalFailure if two parameters are invalid.", "aws/rekognition/CreateUser:call/two-breaches/combined-internal-code", { family: "fuzz", detects: "family:fuzz" }],
  ["internal-error-for-all", "Uses the code InternalError for every refusal.", "tencent/iai:call/refusal/internal-code", { family: "boundary" }],
  ["zone-internal-error-for-all", "Uses the code InternalError for every refusal.", "tencent/organization:call/refusal/internal-code"],
  ["caller-internal-error-for-all", "Uses the code InternalError for every refusal.", "tencent/sts:call/refusal/internal-code"],
  ["im-internal-error-for-all", "Uses the code 10002 for every refusal.", "tencent/im:call/refusal/internal-code", { code: "10002" }],
  ["aws-internal-failure-for-all", "Uses the code InternalFailure for every refusal.", "aws/rekognition:call/refusal/internal-code"],
  ["one-binding-refused", "Refuses every valid GET request with version 1 of the signature and HmacSHA256.", "tencent/iai:binding/v1-get-sha256/refused-binding"],
];
