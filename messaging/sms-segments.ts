import { SegmentedMessage } from "sms-segments-calculator";

export type SmsSize = {
  encoding: "GSM-7" | "UCS-2";
  segments: number;
  characters: number;
  /** What is not in the networks' own alphabet, each once: one of them more than halves what fits into a part. */
  nonGsm: string[];
};

/** In how many parts a text travels. A millisecond or more, and with the square of the length: not for long texts. */
export function measureSms(text: string): SmsSize {
  const message = new SegmentedMessage(text);
  return {
    encoding: message.encodingName,
    segments: message.segmentsCount,
    characters: message.numberOfCharacters,
    nonGsm: [...new Set(message.getNonGsmCharacters())],
  };
}
