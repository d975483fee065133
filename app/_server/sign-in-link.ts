/**
 * Where an emailed link leads: a page with a button. Mail scanners open every link they see, and one that signed in by
 * itself would be used up before its owner reads the mail.
 */
export function signInLinkUrl(appUrl: string, token: string): string {
  const url = new URL("/sign-in/link", appUrl);
  url.searchParams.set("token", token);
  return url.href;
}
