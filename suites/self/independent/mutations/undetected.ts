/** Mutations that no case detects yet, by the reason. A mutation that a case detects has to be removed from here. */

const reasons: Readonly<Record<string, string>> = {
  "the page's own sample shows another page size than the one that it requests": "directory-page-size-echo-10",
  "no page states the case of a filter, the meaning of FilterUsers, or an order of what is created within a second":
    "directory-filter-heeds-case directory-no-selected-users directory-descending-ignored",
  "valid calls have no address, since no page documents its format": "directory-email-lost",
  "no page states when the name of a deleted group is free again": "iai-group-names-stay-taken",
  "no account that is a member is imported a second time": "im-import-resets-memberships",
  "the pages disagree whether a list may have more than 100 items":
    "removal-of-first-100-only removal-of-last-100-only",
  "no page states what concurrent calls with one token get": "race-over-token",
  "the pages of AWS disagree whether content-type has to be signed": "sigv4-content-type-unsigned",
  "no page states whether spaces at the ends of a text are kept": "v1-get-text-trimmed tc3-post-text-trimmed",
  "the pages disagree whether an account may have a space": "im-accounts-trimmed",
  "no page states which texts of a query or form mean true": "boolean-1-in-query",
  "no page states whether an integer may be written with an exponent":
    "integer-exponent-in-query integer-with-exponent-refused",
  "the service has this version on another site of the vendor": "cloud-version-of-2020",
  "the control is refused as well, as for an account in arrears": "iai-removal-always-in-arrears",
};

/** Id of a mutation → why no case detects it. */
export const undetected: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, ids]) => ids.split(" ").map((id) => [id, reason] as const)),
);
