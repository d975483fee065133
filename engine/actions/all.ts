export { addTag } from "./add-tag.ts";
export { assignTaskToStaff } from "./assign-task-to-staff.ts";
export { grantCredits } from "./grant-credits.ts";
export { offerDiscount } from "./offer-discount.ts";
export { removeTag } from "./remove-tag.ts";
export { sendEmail } from "./send-email.ts";
export { sendInAppNotification } from "./send-in-app-notification.ts";
export { sendSms } from "./send-sms.ts";
