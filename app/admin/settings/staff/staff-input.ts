import { z } from "zod";
import { describeUnstorable } from "#lib/storable";
import { mailAddress } from "#messaging/addresses";

const userId = z.int().positive();
const role = z.enum(["staff", "admin"], "Choose a role");
const addressMessage = "One address like name@your-gym.ch";

const name = z
  .string("Type a name")
  .trim()
  .max(100, "100 characters at most")
  .refine((text) => describeUnstorable(text) === null && !/\p{Cc}/u.test(text), "One line, without control characters");

export const newPerson = z.strictObject({
  token: z.uuid(),
  firstName: name.min(1, "Type their first name"),
  lastName: name,
  email: z
    .string(addressMessage)
    .trim()
    .toLowerCase()
    .refine((address) => mailAddress(address) !== null, addressMessage),
  role,
});

export const roleChange = z.strictObject({ userId, from: role, to: role });

export const removal = z.strictObject({ userId, tasksTo: userId.nullable() });
