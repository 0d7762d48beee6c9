/** The name of a member → what kind of value stands there, where the name tells. */

/** Prose for people, which no program may read. */
export const isMessageName = (name: string): boolean =>
  /^(?:message|error-?message|errmsg|msg|errorinfo|resultinfo)$/i.test(name);

export const isRequestIdName = (name: string): boolean => /^(?:x-[a-z]+-)?request-?id$/i.test(name);

/** `NextToken`: it means nothing but to its maker. */
export const isTokenName = (name: string): boolean => /token$/i.test(name);

/** `GroupId`, `FaceIds`, `CollectionARN`: whoever made the thing chose it. `Grid` is no id. */
export const isIdName = (name: string): boolean =>
  /(?:^|[a-z0-9_.-])(?:Id|ID|Arn|ARN)s?$|(?:^|[._-])(?:id|arn)s?$/.test(name);

/** `GroupName`, `Description`, `Email`: whoever made the thing wrote it. */
export const isProseName = (name: string): boolean =>
  /(?:name|description|title|remark|tag|label|nick|introduction|notification|email|phone|url)s?$/i.test(name);

export const isTimeName = (name: string): boolean => /time|date|stamp/i.test(name);

/** `TotalCounts`, `GroupNum`: how many there are. An `Account` is no count. */
export const isCountName = (name: string): boolean =>
  /(?:Counts?|Num|Number|Total)$|(?:^|_)(?:counts?|num|number|total)$/.test(name);
