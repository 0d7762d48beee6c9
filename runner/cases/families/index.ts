/** The families in the order in which their cases are sent. Valid calls come first: they are the controls of the others. */
import type { Family } from "../template.ts";
import { boundary } from "./boundary.ts";
import { concurrency } from "./concurrency.ts";
import { duplicate } from "./duplicate.ts";
import { enumFamily } from "./enum.ts";
import { equivalence } from "./equivalence.ts";
import { fuzz } from "./fuzz.ts";
import { idempotency } from "./idempotency.ts";
import { illegalCharset } from "./illegal-charset.ts";
import { listing } from "./listing.ts";
import { missingMember } from "./missing-member.ts";
import { precedence } from "./precedence.ts";
import { protocol } from "./protocol.ts";
import { repeatedKey } from "./repeated-key.ts";
import { sample } from "./sample.ts";
import { signature } from "./signature.ts";
import { situation } from "./situation.ts";
import { unknownMember } from "./unknown-member.ts";
import { valid } from "./valid.ts";
import { wrongType } from "./wrong-type.ts";

export const families: readonly Family[] = [
  valid,
  sample,
  boundary,
  illegalCharset,
  duplicate,
  missingMember,
  situation,
  listing,
  idempotency,
  wrongType,
  enumFamily,
  unknownMember,
  protocol,
  signature,
  repeatedKey,
  precedence,
  concurrency,
  equivalence,
  fuzz,
];
