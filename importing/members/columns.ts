import { z } from "zod";
import { textCell } from "../cells/cell.ts";
import { birthDayCell, contractDayCell } from "../cells/day.ts";
import { emailCell } from "../cells/email.ts";
import { phoneCell } from "../cells/phone.ts";
import { consentCell, languageCell, listCell, statusCell, timeZoneCell } from "../cells/words.ts";
import type { ImportContext } from "../kind.ts";

export function memberColumns(context: ImportContext) {
  const { dates, today, countryCode } = context;
  return z
    .object({
      external_id: textCell(200),
      email: emailCell(),
      first_name: textCell(100),
      last_name: textCell(100),
      phone: phoneCell(countryCode),
      birth_date: birthDayCell(dates, today),
      join_date: contractDayCell(dates),
      status: statusCell(),
      membership_level: textCell(100),
      membership_start: contractDayCell(dates),
      membership_end: contractDayCell(dates),
      language: languageCell(),
      time_zone: timeZoneCell(),
      primary_trainer_email: emailCell(),
      email_consent: consentCell(),
      sms_consent: consentCell(),
      location: textCell(100),
      tags: listCell(50),
    })
    .partial();
}

export type MemberRow = z.output<ReturnType<typeof memberColumns>>;
