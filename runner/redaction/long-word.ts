/** Text → whether it has a word that is long enough to be a signature. Called for every response, so it reads the text once. */

/** The characters of signatures, of UserSigs and of base64. */
const isWordCharacter = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=*-")
  isWordCharacter[char.charCodeAt(0)] = 1;

/** In UTF-16 units: the base64 of an HMAC-SHA1, the shortest signature, without its padding. */
const MIN_LENGTH = 27;
/** Most responses have one, as their request id. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const UUID_LENGTH = 36;

export function hasLongWord(text: string): boolean {
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && isWordCharacter[text.charCodeAt(at)] === 1) length++;
    else {
      if (length >= MIN_LENGTH && !(length === UUID_LENGTH && UUID.test(text.slice(at - length, at)))) return true;
      length = 0;
    }
  }
  return false;
}

/** True for a value of which every encoded form is a long word; a `+` would become a blank in a form. */
export const isLongWord = (value: string): boolean => /^[\w/=*-]{27,}$/.test(value) && !UUID.test(value);
