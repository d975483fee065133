const isRagged = /[^\S ]|\p{Cc}| {2}/u;

/** No text can begin a new header: every run of white space and control characters is one space. */
export const oneLine = (text: string) => (isRagged.test(text) ? text.replace(/[\s\p{Cc}]+/gu, " ") : text).trim();
