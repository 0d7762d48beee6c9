/** The name of a member -> what kind of value it holds, as far as the name shows. */

/** `Message`, `ErrorInfo`: a text for people, which no program may evaluate. */
export const isMessageName = (name: string): boolean =>
  /^(?:message|error-?message|errmsg|msg|errorinfo|resultinfo)$/i.test(name);

export const isRequestIdName = (name: string): boolean => /^(?:x-[a-z]+-)?request-?id$/i.test(name);

/** `NextToken`: an opaque value that only the target can read. */
export const isTokenName = (name: string): boolean => /token$/i.test(name);

/** `GroupId`, `FaceIds`, `CollectionARN`: an id, chosen by the creator of the resource. `Grid` is no id. */
export const isIdName = (name: string): boolean =>
  /(?:^|[a-z0-9_.-])(?:Id|ID|Arn|ARN)s?$|(?:^|[._-])(?:id|arn)s?$/.test(name);

/** `GroupName`, `Description`, `Email`: free text, written by the creator of the resource. */
export const isProseName = (name: string): boolean =>
  /(?:name|description|title|remark|tag|label|nick|introduction|notification|email|phone|url)s?$/i.test(name);

export const isTimeName = (name: string): boolean => /time|date|stamp/i.test(name);

/** `TotalCounts`, `GroupNum`: a number of things. `Account` is no count. */
export const isCountName = (name: string): boolean =>
  /(?:Counts?|Num|Number|Total)$|(?:^|_)(?:counts?|num|number|total)$/.test(name);
