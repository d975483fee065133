import { isIPv4, isIPv6 } from "node:net";

/**
 * The network an address counts under: an IPv4 address itself, an IPv6 one its /64, which is what a single customer
 * gets. However it is spelled – in capitals, with zeros, with a zone, as IPv4 inside IPv6 – the answer is one.
 */
export function networkOf(address: string | null | undefined): string {
  const plain = stripDecoration(address ?? "");
  if (isIPv4(plain)) {
    return plain;
  }
  if (!isIPv6(plain)) {
    return "unknown";
  }
  const groups = expand(plain);
  return embeddedIPv4(groups) ?? `${groups.slice(0, 4).join(":")}::/64`;
}

/** `[::1]`, `fe80::1%eth0`. */
const stripDecoration = (address: string) =>
  address
    .trim()
    .replace(/^\[|\]$/g, "")
    .replace(/%.*$/, "");

/** Eight groups without leading zeros; URL does the parsing. */
function expand(address: string): string[] {
  const [left = "", right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const head = left ? left.split(":") : [];
  const tail = right ? right.split(":") : [];
  return right === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
}

/** IPv4-mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96) addresses are IPv4 ones. */
function embeddedIPv4(groups: string[]): string | null {
  const prefix = groups.slice(0, 6).join(":");
  if (prefix !== "0:0:0:0:0:ffff" && prefix !== "64:ff9b:0:0:0:0") {
    return null;
  }
  return groups
    .slice(6)
    .flatMap((group) => {
      const number = Number.parseInt(group, 16);
      return [number >> 8, number & 0xff];
    })
    .join(".");
}
