/** Mutations that no case detects yet, by the reason. A mutation that a case detects has to be removed from here. */

const reasons: Readonly<Record<string, string>> = {
  "the entries and totals of a list are compared with nothing": "directory-page-size-echo-10",
  "the entries of a filtered or sorted list are not read":
    "directory-filter-heeds-case directory-no-selected-users directory-descending-ignored",
  "valid calls have no address, since no page documents its format": "directory-email-lost",
  "nothing is created anew with the id or name of a deleted resource": "iai-group-names-stay-taken",
  "no account that is a member is imported a second time": "im-import-resets-memberships",
  "the call that a token is reused with differs in the user id only, in the same action and collection":
    "token-of-both-actions",
  "lists of many items have no real members": "removal-of-first-100-only removal-of-last-100-only",
  "concurrent calls have no token": "race-over-token",
  "the pages of AWS disagree whether content-type has to be signed": "sigv4-content-type-unsigned",
  "texts outside ASCII are sent over the main binding only":
    "tc3-get-han-garbled v1-get-han-garbled v1-post-han-garbled tc3-get-latin1",
  "no text begins or ends with a space": "v1-get-text-trimmed tc3-post-text-trimmed im-accounts-trimmed",
  "a text in place of a number or boolean has no digits, and is not true or false":
    "integer-as-text boolean-as-text boolean-1-in-query aws-integer-as-text im-integer-as-text",
  "no decimal and no exponent is sent over bindings that have only text":
    "integer-rounded-in-query integer-rounded-in-form integer-exponent-in-query",
  "no number is written as 1e0": "integer-with-exponent-refused",
  "no list is sent as one text over a binding with pairs": "list-of-text-in-query",
  "any object is accepted where the page demands an empty body": "aws-success-false",
  "the version is a day of which no service has a version":
    "cloud-version-of-2020 cloud-version-of-another-service cloud-version-cut",
  "a GET is sent without a body and refused for that": "im-get-accepted",
  "only the command in the path is altered": "im-any-version",
  "every case is without verdict, since nothing can be created or read": "im-code-as-text",
  "the places of the code contradict each other, and only the first one is read":
    "header-contradicts-type header-is-internal-error code-contradicts-type upper-case-code-contradicts-type",
  "official clients disagree whether this is a place of the code": "type-only-in-code",
  "a code of cause account, auth, busy or throttle makes a case indeterminate, however often it comes":
    "aws-missing-is-access-denied aws-missing-is-throttling aws-missing-is-throughput aws-missing-is-conflict aws-mismatch-is-throttling im-chat-room-is-account im-chat-room-is-permission im-chat-room-is-busy im-unknown-is-administrator im-unknown-is-frequency iai-unknown-is-arrears iai-unknown-is-being-deleted iai-unknown-is-unauthorized iai-unknown-is-request-limit iai-elsewhere-is-conflict iai-elsewhere-is-server-error iai-removal-always-in-arrears directory-unknown-zone-is-not-open directory-unknown-group-is-limit directory-not-a-member-is-limit directory-not-a-member-is-unavailable",
};

/** Id of a mutation → why no case detects it. */
export const undetected: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, ids]) => ids.split(" ").map((id) => [id, reason] as const)),
);
