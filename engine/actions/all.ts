export { addTag } from "./add-tag.ts";
export { sendEmail } from "./send-email.ts";
export { sendInAppNotification } from "./send-in-app-notification.ts";
