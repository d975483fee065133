/** One email address and nothing beside it: some mail programs read a comma or a line break as the next recipient. */
export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@,;:<>"()[\]\\\p{Cc}]+@[^\s@,;:<>"()[\]\\\p{Cc}]+\.[^\s@,;:<>"()[\]\\\p{Cc}]+$/u.test(text);

/** A telephone number that means the same from everywhere: E.164. */
export const isPhoneNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text);
