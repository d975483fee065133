import { asciiDomain } from "#lib/plain-address";
import { cell, Refusal } from "./cell.ts";

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+([A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59})$/;

/**
 * One plain address. Mail libraries read more into a string than one address: commas, angle brackets, quotes and line
 * breaks would each let somebody else be written to.
 */
export function emailCell() {
  return cell((raw) => readEmail(raw.replace(/^[ \u00a0\t]+|[ \u00a0\t]+$/g, "")));
}

function readEmail(text: string): string | Refusal {
  const at = text.lastIndexOf("@");
  const host = text.slice(at + 1);
  const asciiHost = asciiDomain(host);
  const address = `${text.slice(0, at)}@${asciiHost}`;
  return at <= 64 && address.length <= 254 && localPart.test(text.slice(0, at)) && domain.test(asciiHost)
    ? address
    : new Refusal("one address like name@example.ch");
}
