/**
 * The address, or null where it is none. `URL.canParse` of Node 20 is not asked: once it is called often it takes its quick
 * way, which finds no address in anything with an umlaut.
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
