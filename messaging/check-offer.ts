import type { Finding } from "#lib/templates/check-source";

/** What an offer's facts are called. */
const offerName = /\{\{-?\s*(\w*(?:offer|discount|coupon|voucher)\w*)/i;

const priceWords = [
  ...["discount", "off", "save", "saving", "cheaper"],
  ...["rabatt", "ermässigung", "ermäßigung", "vergünstigung", "günstiger", "sparen", "spare", "sparst"],
  ...["remise", "rabais", "réduction", "promotion", "économisez", "économise"],
  ...["sconto", "sconti", "ribasso", "riduzione", "risparmia", "risparmi"],
];
/** No full stop in between, and not half a page. */
const near = "[^.!?\\n]{0,40}";
const price = `(?<!\\p{L})(?:${priceWords.join("|")})(?!\\p{L})`;
const percent = "\\d\\s?%";
const offerText = new RegExp(`${percent}${near}${price}|${price}${near}${percent}`, "iu");

/**
 * A service message that offers something needs the consent that marketing needs. Told by two signs that anybody can
 * check: a placeholder called after an offer, or a percentage in one sentence with a word for a lower price.
 */
export function checkOffer(text: string): Finding[] {
  const [sign = ""] = offerName.exec(text) ?? offerText.exec(text) ?? [];
  const said = sign.replace(/^\{\{-?\s*/, "");
  return sign
    ? [
        {
          line: 1,
          column: 1,
          severity: "warning",
          message: `An offer makes this marketing: '${said}'. Choose the class marketing, or take the offer out.`,
        },
      ]
    : [];
}
